import { asSweep, type Knex } from '../store/database';
import { NOT_HELD } from '../store/held';
import { row } from '../store/sql';
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
  /** Whether somebody else, also of another process, is just doing some of it. */
  isAtWork(): Promise<boolean>;
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
const PAUSE_MS = 8;

export function settling(world: World, clock: Clock, due: DueWork): Settling {
  const runDue = together(() => due.runDue());
  let last: Promise<void> = Promise.resolve();

  async function settle(): Promise<void> {
    const begun = performance.now();
    while (performance.now() - begun < PATIENCE_MS) {
      // Asked before and after: what a sender leaves behind between the two would be seen by neither.
      const idle = !(await anyHeld(world.db));
      const did = await runDue();
      const alone = did === 0 && !(await due.isAtWork());
      const quiet = idle && alone && !anyInFlight(world.db) && !(await anyHeld(world.db));
      if (quiet && !(await anyUnderway(world.db))) return;
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

/** Whether a sender waits for what becomes of a text. One whose answer is known to be lost is held by nobody. */
async function anyHeld(db: Knex): Promise<boolean> {
  const sql = `select 1 from sms_logs m where m.status = 'sending' and not ${NOT_HELD('m')} limit 1`;
  return (await asSweep(db, (tx) => row(tx, sql))) !== null;
}
