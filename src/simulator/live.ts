import type { Response } from 'express';
import type { Logger } from 'pino';
import type { Knex } from '../store/database';
import { rows } from '../store/sql';
import type { PageState } from './page/state';
import { tracesAfter } from './traces';

/** Whoever looks on hears of each text, turn and change within `EVERY_MS`, from whichever process it came. */
export type Live = {
  /** Makes the answer a stream of server-sent events until either side ends it. */
  attach(response: Response): void;
  /** Something has happened here: look now. */
  nudge(): void;
  /** Ends every stream; those who look on come again by themselves. */
  close(): void;
};

const EVERY_MS = 400;
/** State without a text or turn (a fault used up, a hold run out) is looked at this often. */
const STATE_EVERY = 3;
/** Proxies and browsers drop a line that says nothing for long. */
const SIGN_OF_LIFE_MS = 15_000;
/** Texts whose status may still change. */
const RECENT = 200;
/** The browser comes again after this. */
const RETRY_MS = 1_500;

type Seen = { sid: string; direction: 'in' | 'out'; from: string; to: string; status: string; seq: number };

export function livePage(db: Knex, state: () => Promise<PageState>, log: Logger): Live {
  const streams = new Set<Response>();
  let known: Map<string, string> | null = null;
  let lastTrace = 0;
  let lastState = '';
  let round = 0;
  let looking = false;
  let wanted = false;
  let timer: NodeJS.Timeout | undefined;

  const tell = (event: string, what: unknown) => {
    const words = `event: ${event}\ndata: ${JSON.stringify(what)}\n\n`;
    for (const stream of streams) stream.write(words);
  };

  async function look(): Promise<void> {
    const texts = await recentTexts(db);
    const before = known;
    known = new Map(texts.map((text) => [text.sid, text.status]));
    const fresh = before ? texts.filter((text) => before.get(text.sid) !== text.status) : [];
    const turns = await tracesAfter(db, lastTrace, before ? 50 : 1);
    lastTrace = turns.at(-1)?.seq ?? lastTrace;
    const moved = fresh.length > 0 || (before !== null && turns.length > 0);
    if (fresh.length > 0) tell('texts', { phones: [...new Set(fresh.map(phoneOf))] });
    if (before && turns.length > 0) tell('traces', turns);
    if (!moved && round++ % STATE_EVERY > 0) return;
    const { now, ...rest } = await state();
    const print = JSON.stringify(rest);
    // The clock is told each time: a page follows a move at once, and a drift within seconds.
    tell(print === lastState ? 'clock' : 'state', print === lastState ? { now } : { now, ...rest });
    lastState = print;
  }

  /** One look at a time; asked for meanwhile, one more follows. */
  async function lookOn(): Promise<void> {
    wanted = true;
    if (looking) return;
    looking = true;
    while (wanted && streams.size > 0) {
      wanted = false;
      await look().catch((fault: unknown) => log.debug({ err: fault }, 'the phones page could not look'));
    }
    looking = false;
  }
  const nudge = () => void (streams.size > 0 && lookOn());

  return {
    attach(response) {
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
      });
      response.write(`retry: ${RETRY_MS}\nevent: hello\ndata: {}\n\n`);
      streams.add(response);
      const alive = setInterval(() => response.write(': still here\n\n'), SIGN_OF_LIFE_MS).unref();
      timer ??= setInterval(nudge, EVERY_MS).unref();
      lastState = '';
      response.on('close', () => {
        clearInterval(alive);
        streams.delete(response);
        if (streams.size > 0) return;
        clearInterval(timer);
        timer = undefined;
        known = null;
      });
      nudge();
    },
    nudge,
    close() {
      clearInterval(timer);
      for (const stream of streams) stream.end();
      streams.clear();
    },
  };
}

/** The newest texts without their words: the page asks for the threads that it shows. */
function recentTexts(db: Knex): Promise<Seen[]> {
  return rows<Seen>(
    db,
    `select seq, sid, direction, from_number as "from", to_number as "to", status from sim.texts order by seq desc limit ${RECENT}`,
  );
}

const phoneOf = ({ direction, from, to }: Seen) => (direction === 'in' ? from : to);
