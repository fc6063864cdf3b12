import { inSchool, type Knex } from '../../store/database';
import { at, rows } from '../../store/sql';

/** A row that a turn added: the table, and what it is in a few words. */
export type Written = { table: string; what: string };

/** The rows that the turn of that moment added: `created_at` is the turn's now. Rows that it changed are its commands' affair. */
export function writtenAt(db: Knex, schoolId: string, moment: number): Promise<Written[]> {
  const pair = [schoolId, at(moment)];
  return inSchool(db, schoolId, (tx) =>
    rows<Written>(
      tx,
      `select 'students' as "table", name as what from students where school_id = ? and created_at = ?
       union all select 'lessons', status from lessons where school_id = ? and created_at = ?
       union all select 'payment_deposits', payid_reference || ', ' || status from payment_deposits
         where school_id = ? and created_at = ?
       union all select 'otp_events', 'a keyed hash, never the code' from otp_events where school_id = ? and created_at = ?
       union all select 'credits', reason from credits where school_id = ? and created_at = ?
       union all select 'alerts', kind from alerts where school_id = ? and created_at = ?
       union all select 'events', kind from events where school_id = ? and created_at = ?
       union all (select 'sms_logs', direction || ', ' || message_type || ', ' || status from sms_logs
         where school_id = ? and created_at = ? order by seq)`,
      Array.from({ length: 8 }, () => pair).flat(),
    ),
  );
}
