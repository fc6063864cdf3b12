import { randomBytes } from 'node:crypto';
import express, { type ErrorRequestHandler, type Response, Router } from 'express';
import type { World } from '../world';
import { carrierBody, clockBody, creditBody, faultBody, phoneNumber, read, textBody, Unusable } from './asked';
import { payIn } from './bank';
import type { Clock } from './clock';
import type { Onlooker } from './page/page';
import { type School, schoolAt, typeText } from './phone';
import { type DueWork, settling } from './settle';
import { askFault } from './twilio/faults';
import { setCarrier } from './twilio/opt-outs';
import { newestSeq, repliesSince, type SimText, textsOfPhone } from './twilio/texts';

/** While a long advance works, a blank (which JSON allows) goes out this often, so that nobody's time-out strikes. */
const SIGN_OF_LIFE_MS = 15_000;
/** A `set` this little behind a running clock means now. */
const SLACK_MS = 1_000;

/** `page` looks on, where the phones page is served. */
type Parts = { world: World; clock: Clock; due: DueWork; page?: Onlooker };

/** `/sim/api` as CONTRACT.md has it: phones, clock, bank and faults, in JSON; 400 with a remedy for what cannot be used. */
export function simulatorRouter({ world, clock, due, page }: Parts): Router {
  const router = Router();
  const { db } = world;
  const { settle, advance } = settling(world, clock, due);
  router.use(express.json({ limit: '1mb' }));

  router.post('/texts', async (request, response) => {
    const asked = read(textBody, request.body);
    const school = await schoolOf(world, asked.to);
    const before = await newestSeq(db);
    const began = performance.now();
    const { sid, status } = await typeText(world, { ...asked, to: school.phone }, await clock.now());
    page?.answered(sid, performance.now() - began);
    if (status !== 200) throw new Unusable(502, `the webhook for texts answered ${status || 'nothing'}: see the log`);
    await settle();
    const replies = await repliesSince(db, asked.from, before);
    response.json({
      sid,
      replies: replies.map(({ sid, to, body, segments, at }) => ({ sid, to, body, segments, at: iso(at) })),
    });
  });

  router.get('/phones/:number', async (request, response) => {
    const texts = await textsOfPhone(db, read(phoneNumber, request.params.number));
    response.json({ texts: texts.map(shown) });
  });

  router.get('/clock', async (_request, response) => void response.json({ now: iso(await clock.now()) }));

  router.post('/clock', async (request, response) => {
    const asked = read(clockBody, request.body);
    const now = await clock.now();
    const target = 'set' in asked ? asked.set : now + asked.advance;
    if (target < now - SLACK_MS)
      throw new Unusable(400, `the clock only goes forward and shows ${iso(now)}: give a later instant`);
    await page?.doing({ kind: 'clock', to: target });
    await withSignsOfLife(response, async () => {
      await advance(target);
      return { now: iso(await clock.now()) };
    });
  });

  router.post('/bank-credits', async (request, response) => {
    const { to, id = `sim-${randomBytes(8).toString('hex')}`, ...asked } = read(creditBody, request.body);
    const school = await schoolOf(world, to);
    const words = [asked.description, asked.reference, asked.payer].join(' ');
    await page?.doing({ kind: 'credit', to: school.phone, id, amountCents: asked.amountCents, words });
    const answer = await payIn(world, school.id, { id, ...asked, receivedAt: iso(await clock.now()) });
    if (answer.kind === 'refused') {
      throw new Unusable(
        answer.status === 400 ? 400 : 502,
        `the bank webhook answered ${answer.status || 'nothing'}: ${answer.why}`,
      );
    }
    await settle();
    response.json({ id, outcome: answer.outcome });
  });

  router.post('/faults', async (request, response) => {
    const { mode, count, code = null } = read(faultBody, request.body);
    await askFault(db, { mode, code }, count);
    await page?.doing({ kind: 'fault', mode, count: count ?? 1 });
    response.json({ mode, ...(mode === 'ok' && count === undefined ? {} : { count: count ?? 1 }) });
  });

  router.post('/carrier', async (request, response) => {
    const { to, ...setting } = read(carrierBody, request.body);
    await setCarrier(db, (await schoolOf(world, to)).phone, setting);
    response.json(setting);
  });

  if (page) router.use(page.calls);
  router.use(
    (_request, response) =>
      void response.status(404).json({ error: 'there is nothing at this address of the simulator' }),
  );
  router.use(faultsAsJson(world));
  return router;
}

async function schoolOf({ db }: World, to: string | undefined): Promise<School> {
  const school = await schoolAt(db, to);
  if (school) return school;
  if (to !== undefined)
    throw new Unusable(404, `no school has the number ${to}: see "dss school list", or leave "to" out`);
  throw new Unusable(400, 'there is no demo school: give "to", a school\'s number (see "dss school list")');
}

function shown({ sid, direction, from, to, body, at, status, segments, errorCode, byCarrier }: SimText) {
  return { sid, direction, from, to, body, at: iso(at), status, segments, errorCode, byCarrier };
}

const iso = (at: number) => new Date(at).toISOString();

/** Answers with what `work` gives. Once blanks have gone out the status is 200, and a failure is `{error}` all the same. */
async function withSignsOfLife(response: Response, work: () => Promise<object>): Promise<void> {
  const timer = setInterval(() => {
    if (!response.headersSent) response.status(200).type('application/json');
    response.write(' ');
  }, SIGN_OF_LIFE_MS);
  try {
    const answer = await work();
    if (response.headersSent) response.end(JSON.stringify(answer));
    else response.json(answer);
  } catch (error) {
    if (!response.headersSent) throw error;
    response.end(JSON.stringify({ error: 'the clock stopped on its way: see the log' }));
  } finally {
    clearInterval(timer);
  }
}

function faultsAsJson({ log }: World): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) return next(error);
    if (error instanceof Unusable) return void response.status(error.status).json({ error: error.message });
    const { status, type } = error as { status?: unknown; type?: unknown };
    if (typeof status === 'number' && status >= 400 && status < 500) {
      const remedy = type === 'entity.too.large' ? 'at most 1 MB can be read' : 'send one JSON object in UTF-8';
      return void response.status(status).json({ error: `the request cannot be read: ${remedy}` });
    }
    log.error({ err: error, route: request.path.replace(/\d{6,}/, '\u2026') }, 'the simulator failed');
    response.status(500).json({ error: 'the simulator failed: see the log' });
  };
}
