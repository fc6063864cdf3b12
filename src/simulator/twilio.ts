import { timingSafeEqual } from 'node:crypto';
import express, { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { World } from '../world';
import type { Clock } from './clock';
import { takeFault } from './twilio/faults';
import { whileInFlight } from './twilio/in-flight';
import { mannerOf, travel } from './twilio/journey';
import { isOptedOut } from './twilio/opt-outs';
import { listOf, resourceOf } from './twilio/resources';
import { keepText, newSid, textBySid, textsUnderway } from './twilio/texts';

/** How long a text that gets no answer is kept waiting before the connection is cut. */
const SILENCE_MS = 600;
/** A slow answer, still within any sender's patience. */
const SLOW_MS = 3_000;
const MESSAGES = '/2010-04-01/Accounts/:account/Messages';

/**
 * The messages part of Twilio's REST API, to be mounted at `/sim/twilio`, as the real library calls it. What it accepts
 * goes to the phone, with signed status callbacks; texts that a stop interrupted are taken on.
 */
export function pretendTwilio({ world, clock }: { world: World; clock: Clock }): Router {
  const router = Router();
  const form = express.urlencoded({ extended: false, limit: '64kb', parameterLimit: 200 });
  router.use('/2010-04-01/Accounts/:account', accountOnly(world));
  router.post(`${MESSAGES}.json`, form, (request, response) =>
    whileInFlight(world.db, () => create(world, clock, request, response)),
  );
  router.get(`${MESSAGES}.json`, async (request, response) => void response.json(await listOf(world, request.query)));
  router.get(`${MESSAGES}/:sid.json`, async (request, response) => {
    const text = await textBySid(world.db, String(request.params.sid));
    if (text) response.json(resourceOf(text, world.keys.twilioAccountSid));
    else refuse(response, 404, 20404, 'The requested resource was not found');
  });
  router.use((_request, response) => void refuse(response, 404, 20404, 'The requested resource was not found'));
  void takeOn(world);
  return router;
}

async function create(world: World, clock: Clock, request: Request, response: Response): Promise<void> {
  const fault = await takeFault(world.db);
  switch (fault.mode) {
    case '429':
      response.set('retry-after', '1');
      return refuse(response, 429, 20429, 'Too Many Requests');
    case '500-before':
      return refuse(response, 500, 20500, 'An internal server error has occurred');
    case 'timeout-before':
      return neverAnswer(response);
    case 'slow-before':
      await slowly();
      break;
    case 'refused':
      return refuse(response, 400, fault.code ?? 21614, REFUSALS[fault.code ?? 21614] ?? 'Refused');
  }
  const asked = newMessage.safeParse(request.body ?? {});
  if (!asked.success) {
    const code = Number(asked.error.issues[0]?.message);
    return refuse(response, 400, code || 20001, REFUSALS[code] ?? 'Bad request');
  }
  const { From, To, Body, StatusCallback } = asked.data;
  if (await isOptedOut(world.db, From, To)) return refuse(response, 400, 21610, REFUSALS[21610]!);

  const text = await keepText(world.db, {
    ...{ sid: newSid(), direction: 'out', from: From, to: To, body: Body, status: 'queued', at: await clock.now() },
    ...{ statusCallback: StatusCallback ?? null, manner: mannerOf(fault), underway: true },
    failsWith: fault.mode === 'undelivered' ? (fault.code ?? 30003) : null,
  });
  const journey = travel(world, text);
  switch (fault.mode) {
    case 'early-callback':
      await journey;
      break;
    case 'slow':
      await slowly();
      break;
    case '500-after':
      return refuse(response, 500, 20500, 'An internal server error has occurred');
    case 'lost-answer':
    case 'silent':
      return void response.destroy();
    case 'timeout':
      return neverAnswer(response);
  }
  response.status(201).json(resourceOf(text, world.keys.twilioAccountSid));
}

const slowly = () => new Promise((resolve) => setTimeout(resolve, SLOW_MS));

/** The connection is cut in the end, as nobody waits for ever. */
function neverAnswer(response: Response): void {
  setTimeout(() => response.destroy(), SILENCE_MS).unref();
}

/** Twilio's code stands where a message would. */
const newMessage = z.object({
  To: z.string({ error: '21604' }).regex(/^(whatsapp:)?\+[1-9]\d{6,14}$/, '21211'),
  From: z.string({ error: '21603' }).regex(/^(whatsapp:)?\+[1-9]\d{6,14}$|^\d{3,8}$|^[A-Za-z0-9 ]{1,11}$/, '21212'),
  Body: z.string({ error: '21602' }).min(1, '21602').max(1600, '21617'),
  StatusCallback: z.url({ error: '21609' }).optional(),
  ValidityPeriod: z.coerce.number().int().min(1).max(36_000).optional(),
});
const REFUSALS: Record<number, string> = {
  21211: "Invalid 'To' Phone Number",
  21212: "Invalid 'From' Phone Number",
  21602: 'Message body is required',
  21603: "A 'From' phone number is required",
  21604: "A 'To' phone number is required",
  21609: "Invalid 'StatusCallback' URL",
  21610: 'Attempt to send to unsubscribed recipient',
  21614: "'To' number is not a valid mobile number",
  21617: 'The concatenated message body exceeds the 1600 character limit',
};

function accountOnly({ keys }: World) {
  const expected = Buffer.from(
    `Basic ${Buffer.from(`${keys.twilioAccountSid}:${keys.twilioAuthToken}`).toString('base64')}`,
  );
  return (request: Request, response: Response, next: () => void) => {
    const given = Buffer.from(request.get('authorization') ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      refuse(response, 401, 20003, 'Authenticate');
    else if (request.params.account !== keys.twilioAccountSid)
      refuse(response, 404, 20404, 'The account was not found');
    else next();
  };
}

function refuse(response: Response, status: number, code: number, message: string): void {
  response.status(status).json({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status });
}

async function takeOn(world: World): Promise<void> {
  try {
    for (const text of await textsUnderway(world.db)) await travel(world, text);
  } catch (error) {
    world.log.warn({ err: error }, 'texts of the simulator that were underway stay so until the next start');
  }
}
