import type { Knex } from '../store/database';
import { row, rows } from '../store/sql';

/** The simulated time of a database, ms since epoch. Every process that reads it sees the same; it never goes back. */
export type Clock = {
  now(): Promise<number>;
  /** Moves forward to `target` at least; one that has passed changes nothing. */
  advanceTo(target: number): Promise<void>;
};

/** How much of a clock that runs by itself may be lost when the machine's clock steps back while we are down. */
const KEPT_EVERY_MS = 10_000;

/** The clock of this database (`prepareSimulator` made its table). In a new one it starts at `startAt`, by default now, and runs on. */
export async function databaseClock(db: Knex, startAt?: number): Promise<Clock> {
  const real = Date.now();
  const start = startAt ?? real;
  const made = 'insert into sim.clock (offset_ms, last_ms) values (?, ?) on conflict do nothing';
  await rows(db, made, [start - real, start]);
  let seen = 0;
  return {
    async now() {
      const clock = await row<{ offset_ms: number; last_ms: number }>(db, 'select offset_ms, last_ms from sim.clock');
      if (!clock) throw new Error('the simulator has lost its clock: delete the data folder to begin anew');
      seen = Math.max(seen, Date.now() + clock.offset_ms, clock.last_ms);
      if (seen - clock.last_ms > KEPT_EVERY_MS) {
        await rows(db, 'update sim.clock set last_ms = greatest(last_ms, ?)', [seen]);
      }
      return seen;
    },
    async advanceTo(target) {
      const moved = 'update sim.clock set offset_ms = greatest(offset_ms, ?), last_ms = greatest(last_ms, ?)';
      await rows(db, moved, [target - Date.now(), target]);
    },
  };
}
