import type { Knex } from '../../store/database';
import { row, rows } from '../../store/sql';

/**
 * What the pretend Twilio does with a text that is sent: refuse it with 500 before or after it was accepted, with 429,
 * accept it and never answer, or accept it and post no status, or each twice.
 */
export const FAULT_MODES = [
  ...(['ok', '500-before', '500-after', '429', 'timeout', 'drop-callback', 'duplicate-callback'] as const),
] as const;
export type FaultMode = (typeof FAULT_MODES)[number];

/** The next `count` texts go so, after those that were asked for before. `ok` without a count forgets all of them. */
export async function askFault(db: Knex, mode: FaultMode, count?: number): Promise<void> {
  if (mode === 'ok' && count === undefined) await rows(db, 'delete from sim.faults');
  else await rows(db, 'insert into sim.faults (mode, remaining) values (?, ?)', [mode, count ?? 1]);
}

/** What happens to the text at hand; of texts sent at once each takes its own. */
export async function takeFault(db: Knex): Promise<FaultMode> {
  if (!(await row(db, 'select 1 from sim.faults limit 1'))) return 'ok';
  return db.transaction(async (tx) => {
    const next = 'select seq, mode from sim.faults where remaining > 0 order by seq limit 1 for update';
    const fault = await row<{ seq: number; mode: FaultMode }>(tx, next);
    if (!fault) return 'ok';
    await rows(tx, 'update sim.faults set remaining = remaining - 1 where seq = ?', [fault.seq]);
    await rows(tx, 'delete from sim.faults where remaining <= 0');
    return fault.mode;
  });
}
