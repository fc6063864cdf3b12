import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import express, { type Express, Router } from 'express';
import type { World } from '../../world';
import type { Clock } from '../clock';
import { type Live, livePage } from '../live';
import { type TraceKeeper, tracesAfter } from '../traces';
import { type Act, keepAct } from './acts';
import { dialogueOf } from './dialogue';
import { pageState } from './state';
import { storyOf } from './story';
import { whyOf, whyOfTurn } from './why';

/** What `/sim/api` lets the page know of, and the page's own calls there. */
export type Onlooker = {
  calls: Router;
  /** Before it is done. Never throws. */
  doing(act: Act): Promise<void>;
  answered(sid: string, ms: number): void;
};

export type PhonesPage = Onlooker & {
  /** The app with the page at `/sim` before it. */
  before(app: Express): Express;
  close(): void;
};

export function openPhonesPage(world: World, clock: Clock, traces: TraceKeeper): PhonesPage {
  const { db, log } = world;
  const live = livePage(db, () => pageState(db, clock), log);
  return {
    calls: calls(world, clock, live),
    async doing(act) {
      await keepAct(db, act, await clock.now()).catch((fault: unknown) =>
        log.warn({ err: fault }, 'a saved dialogue will lack a step'),
      );
      live.nudge();
    },
    answered(sid, ms) {
      traces.answered(sid, ms);
      live.nudge();
    },
    before: (app) => express().disable('x-powered-by').use('/sim', files()).use(app),
    close: () => live.close(),
  };
}

function calls({ db }: World, clock: Clock, live: Live): Router {
  const router = Router();
  router.get('/stream', (_request, response) => live.attach(response));
  router.get('/state', async (_request, response) => void response.json(await pageState(db, clock)));
  router.get('/traces', async (_request, response) => void response.json({ traces: await tracesAfter(db, 0, 30) }));
  router.get('/traces/:id', async (request, response) => {
    const id = String(request.params.id);
    const why = await (/^\d{1,15}$/.test(id) ? whyOfTurn(db, Number(id)) : whyOf(db, id));
    if (why) response.json(why);
    else response.status(404).json({ error: 'there is no text or turn of that name' });
  });
  router.get('/dialogue', async (_request, response) => {
    const words = dialogueOf(await storyOf(db));
    const day = new Date(await clock.now()).toISOString().slice(0, 10);
    response.attachment(`dialogue-${day}.txt`).type('text/plain; charset=utf-8').send(words);
  });
  return router;
}

/** Everything from this address, nothing inline, nowhere framed. */
const POLICY = [
  "default-src 'none'",
  ...["script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'", "font-src 'self'"],
  ...["manifest-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
].join('; ');

function files(): Router {
  const router = Router();
  const folder = publicFolder();
  router.use((_request, response, next) => {
    response.set({
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-cache',
    });
    next();
  });
  router.get('/', (_request, response) => response.sendFile(join(folder, 'index.html')));
  router.use(express.static(folder, { index: false, redirect: false, cacheControl: false }));
  // What is no file of the page goes on to the app, whose own headers count.
  router.use((_request, response, next) => {
    for (const name of ['content-security-policy', 'cache-control']) response.removeHeader(name);
    next();
  });
  return router;
}

/** Beside this file when it runs from its source; a build that copies no files finds them in the source beside it. */
function publicFolder(): string {
  const near = join(__dirname, 'public');
  if (existsSync(near)) return near;
  let root = __dirname;
  while (!existsSync(join(root, 'package.json')) && dirname(root) !== root) root = dirname(root);
  return join(root, 'src', 'simulator', 'page', 'public');
}
