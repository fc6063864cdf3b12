import { addDays, instantOf } from '../domain/time';
import { at, rows, type Tx } from './sql';

/**
 * Counts one school-local day anew: lessons completed and their prices belong to the day of the start, cancellations to
 * the day of the cancelling. An ended hold is no cancellation; a no-show is one.
 */
export async function recomputeDay(tx: Tx, schoolId: string, date: string, zone: string, now: number): Promise<void> {
  const from = at(instantOf(date, '00:00', zone));
  const to = at(instantOf(addDays(date, 1), '00:00', zone));
  await rows(
    tx,
    `insert into daily_stats (school_id, stat_date, lessons_completed, revenue_cents, cancellations, computed_at)
     select ?, ?::date,
       (select count(*) from lessons where school_id = ? and status = 'completed' and start_time >= ? and start_time < ?),
       (select coalesce(sum(price_cents), 0) from lessons where school_id = ? and status = 'completed' and start_time >= ? and start_time < ?),
       (select count(*) from lessons where school_id = ? and status = 'cancelled' and reason <> 'hold_expired' and cancelled_at >= ? and cancelled_at < ?),
       ?
     on conflict (school_id, stat_date) do update set lessons_completed = excluded.lessons_completed,
       revenue_cents = excluded.revenue_cents, cancellations = excluded.cancellations, computed_at = excluded.computed_at`,
    [schoolId, date, schoolId, from, to, schoolId, from, to, schoolId, from, to, at(now)],
  );
}
