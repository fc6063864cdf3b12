import { asSweep, type Knex } from '../store/database';
import { at, row } from '../store/sql';
import type { World } from '../world';
import type { Clock } from './clock';
import { anyInFlight } from './twilio/in-flight';
import { anyUnderway } from './twilio/texts';

/** The program's own work that falls due, as its sweep does it. */
export type DueWork = {
  /** When the next thing after now falls due; null when nothing is to come. */
  nextDueAt(): Promise<number | null>;
  /** Does all that is due now, once; how many rows it did. */
  runDue(): Promise<number>;
  /** What the program does from time to time, whatever falls due; done when the clock has arrived. */
  afterwards?(): Promise<void>;
};

export type Settling = {
  /** Resolves when nothing is due, being sent or on its way to a phone, at most after 10 s. */
  settle(): Promise<void>;
  /** Goes to `target`, stopping at each instant at which something falls due; one advance at a time. */
  advance(target: number): Promise<void>;
};

const PATIENCE_MS = 10_000;
/** A text being sent for longer than this got no answer; its claim runs out by itself. */
const SENDING_MS = 2_000;
const PAUSE_MS = 8;

export function settling(world: World, clock: Clock, due: DueWork): Settling {
  const runDue = together(() => due.runDue());
  let unanswered = 0;
  let last: Promise<void> = Promise.resolve();

  async function settle(): Promise<void> {
    const begun = performance.now();
    let waitedFrom: number | undefined;
    while (performance.now() - begun < PATIENCE_MS) {
      const did = await runDue();
      const sending = did > 0 ? null : await newestClaim(world.db, unanswered);
      if (did > 0) waitedFrom = undefined;
      else if (anyInFlight(world.db)) waitedFrom = undefined;
      else if (sending === null && !(await anyUnderway(world.db))) return;
      else if (sending !== null) {
        waitedFrom ??= performance.now();
        if (performance.now() - waitedFrom > SENDING_MS) unanswered = Math.max(unanswered, sending);
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  async function go(target: number): Promise<void> {
    await settle();
    for (;;) {
      const next = await due.nextDueAt();
      if (next === null || next >= target) break;
      await clock.advanceTo(next);
      await settle();
    }
    await clock.advanceTo(target);
    await settle();
    await due.afterwards?.();
    await settle();
  }

  return {
    settle,
    advance(target) {
      const mine = last.then(() => go(target));
      last = mine.catch(() => {});
      return mine;
    },
  };
}

/** Those who ask while a run is going on share the next one: it sees what they have written. */
function together(run: () => Promise<number>): () => Promise<number> {
  let current: Promise<number> | undefined;
  let next: Promise<number> | undefined;
  const begin = () => {
    next = undefined;
    const mine = run().finally(() => {
      if (current === mine) current = undefined;
    });
    current = mine;
    return mine;
  };
  return () => {
    if (!current) return begin();
    next ??= current.then(begin, begin);
    return next;
  };
}

/** When the newest text that is being sent was claimed, after `since`; null when none is. */
async function newestClaim(db: Knex, since: number): Promise<number | null> {
  const sql = "select max(claimed_at) as newest from sms_logs where status = 'sending' and claimed_at > ?";
  return (await asSweep(db, (tx) => row<{ newest: number | null }>(tx, sql, [at(since)])))?.newest ?? null;
}
