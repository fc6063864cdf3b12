import type { Knex } from '../../store/database';
import { row, rows } from '../../store/sql';

/**
 * What the pretend Twilio does with a text that is sent. Not accepted: `500-before`, `429`, `timeout-before` (no answer),
 * `refused` (400 with a code). Accepted all the same: `500-after`, `timeout` (no answer), `lost-answer` (the connection breaks),
 * `silent` (the connection breaks and no status is told), `slow` (answers after 3 s), `slow-before` (takes it only after 3 s). Accepted, and its statuses are posted not at all (`drop-callback`), each twice
 * (`duplicate-callback`), before the answer (`early-callback`), the last first and all again (`shuffled-callback`), once more
 * later (`delayed-callback`), or end in `undelivered` with a code.
 */
export const FAULT_MODES = [
  ...(['ok', '500-before', '500-after', '429', 'timeout', 'drop-callback', 'duplicate-callback'] as const),
  ...(['timeout-before', 'lost-answer', 'silent', 'slow', 'slow-before', 'refused', 'undelivered'] as const),
  ...(['early-callback', 'shuffled-callback', 'delayed-callback'] as const),
] as const;
export type FaultMode = (typeof FAULT_MODES)[number];
/** `code`: Twilio's, of a refusal or a failed delivery. */
export type Fault = { mode: FaultMode; code: number | null };

const NONE: Fault = { mode: 'ok', code: null };

/** The next `count` texts go so, after those that were asked for before. `ok` without a count forgets all of them. */
export async function askFault(db: Knex, { mode, code }: Fault, count?: number): Promise<void> {
  if (mode === 'ok' && count === undefined) await rows(db, 'delete from sim.faults');
  else await rows(db, 'insert into sim.faults (mode, code, remaining) values (?, ?, ?)', [mode, code, count ?? 1]);
}

/** What happens to the text at hand; of texts sent at once each takes its own. */
export async function takeFault(db: Knex): Promise<Fault> {
  if (!(await row(db, 'select 1 from sim.faults limit 1'))) return NONE;
  return db.transaction(async (tx) => {
    const next = 'select seq, mode, code from sim.faults where remaining > 0 order by seq limit 1 for update';
    const fault = await row<Fault & { seq: number }>(tx, next);
    if (!fault) return NONE;
    await rows(tx, 'update sim.faults set remaining = remaining - 1 where seq = ?', [fault.seq]);
    await rows(tx, 'delete from sim.faults where remaining <= 0');
    return fault;
  });
}
