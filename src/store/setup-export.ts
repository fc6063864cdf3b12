import { at, rows, type Tx } from './sql';

export type Exported = 'lessons' | 'students' | 'deposits' | 'messages';
export type Line = Record<string, string | number | boolean | null>;

/** Instants leave as the school's wall clock with its offset, so that a spreadsheet shows what the school saw. */
const local = (column: string) => `to_char(${column} at time zone s.timezone, 'YYYY-MM-DD"T"HH24:MI:SS')`;

/** Lines of one kind, oldest first; of students those made, of lessons those starting, within [from, to). */
export function exportLines(tx: Tx, schoolId: string, what: Exported, from: number, to: number): Promise<Line[]> {
  const span = [schoolId, at(from), at(to)];
  switch (what) {
    case 'lessons':
      return rows<Line>(
        tx,
        `select l.id, ${local('l.start_time')} as start, ${local('l.end_time')} as end, l.status, l.reason, st.name as student,
           st.phone as student_phone, i.name as instructor, t.name as lesson_type, l.price_cents, l.started_by, l.pickup, l.note
         from lessons l join schools s on s.id = l.school_id
           join students st on st.school_id = l.school_id and st.id = l.student_id
           join instructors i on i.school_id = l.school_id and i.id = l.instructor_id
           join lesson_types t on t.school_id = l.school_id and t.id = l.lesson_type_id
         where l.school_id = ? and l.start_time >= ? and l.start_time < ? order by l.start_time, l.id`,
        span,
      );
    case 'students':
      return rows<Line>(
        tx,
        `select x.id, x.name, x.phone, x.suburb, x.transmission, x.otp_verified, ${local('x.created_at')} as created
         from students x join schools s on s.id = x.school_id
         where x.school_id = ? and x.created_at >= ? and x.created_at < ? order by x.created_at, x.id`,
        span,
      );
    case 'deposits':
      return rows<Line>(
        tx,
        `select d.id, d.payid_reference as reference, d.amount_cents, d.status, d.reason, ${local('d.matched_at')} as matched,
           ${local('d.created_at')} as asked, d.lesson_id, ${local('l.start_time')} as lesson_start, st.name as student, st.phone as student_phone
         from payment_deposits d join schools s on s.id = d.school_id
           join lessons l on l.school_id = d.school_id and l.id = d.lesson_id
           join students st on st.school_id = l.school_id and st.id = l.student_id
         where d.school_id = ? and d.created_at >= ? and d.created_at < ? order by d.created_at, d.id`,
        span,
      );
    case 'messages':
      return rows<Line>(
        tx,
        `select m.id, ${local('m.created_at')} as written, ${local('m.sent_at')} as sent, m.direction, m.phone, m.message_type, m.status,
           m.status_reason as reason, m.error_code, m.segments, m.body
         from sms_logs m join schools s on s.id = m.school_id
         where m.school_id = ? and m.created_at >= ? and m.created_at < ? order by m.seq`,
        span,
      );
  }
}

export type StatRow = { date: string; lessonsCompleted: number; revenueCents: number; cancellations: number };

/** The counted days from `from` to `to`, both included. */
export function statRows(tx: Tx, schoolId: string, from: string, to: string): Promise<StatRow[]> {
  return rows<StatRow>(
    tx,
    `select stat_date as date, lessons_completed as "lessonsCompleted", revenue_cents as "revenueCents", cancellations
     from daily_stats where school_id = ? and stat_date between ?::date and ?::date order by stat_date`,
    [schoolId, from, to],
  );
}
