import { CLAIM_MS } from '../../jobs/claim';
import { inSchool, type Knex } from '../../store/database';
import { at, row, rows, type Tx } from '../../store/sql';

/** One school as the page shows it. Instants are ms since epoch. */
export type SchoolView = {
  id: string;
  name: string;
  phone: string;
  zone: string;
  people: { phone: string; name: string; role: 'student' | 'instructor' | 'owner' }[];
  /** Lessons ahead, earliest first. */
  lessons: { at: number; student: string; phone: string; instructor: string; status: string }[];
  /** Holds that wait for their deposit. */
  holds: { phone: string; student: string; reference: string; amountCents: number; until: number; at: number }[];
  /** Texts that have not gone, or never will. */
  stuck: { id: string; phone: string; body: string; status: string; reason: string | null; dueAt: number }[];
};

/** `phones`: those on the page or in a thread, whose names are wanted however many students there are. */
export function schoolView(db: Knex, schoolId: string, phones: string[], now: number): Promise<SchoolView> {
  return inSchool(db, schoolId, async (tx) => {
    const school = (await row<{ name: string; phone: string; zone: string; owner: string }>(
      tx,
      'select name, phone, timezone as zone, owner_phone as owner from schools where id = ?',
      [schoolId],
    ))!;
    const { owner, ...shown } = school;
    return {
      id: schoolId,
      ...shown,
      people: [...(await peopleOf(tx, schoolId, phones)), { phone: owner, name: 'Owner', role: 'owner' as const }],
      lessons: await rows(
        tx,
        `select l.start_time as at, coalesce(le.name, st.name) as student, st.phone, i.name as instructor, l.status
         from lessons l
           join students st on st.school_id = l.school_id and st.id = l.student_id
           join instructors i on i.school_id = l.school_id and i.id = l.instructor_id
           left join learners le on le.school_id = l.school_id and le.id = l.learner_id
         where l.school_id = ? and l.start_time > ?
           and (l.status = 'confirmed' or (l.status = 'pending' and l.hold_expires_at > ?))
         order by l.start_time limit 20`,
        [schoolId, at(now), at(now)],
      ),
      holds: await rows(
        tx,
        `select st.phone, st.name as student, d.payid_reference as reference, d.amount_cents as "amountCents",
           l.hold_expires_at as until, l.start_time as at
         from payment_deposits d
           join lessons l on l.school_id = d.school_id and l.id = d.lesson_id
           join students st on st.school_id = l.school_id and st.id = l.student_id
         where d.school_id = ? and d.status = 'pending' and l.status = 'pending' and l.hold_expires_at > ?
         order by d.created_at desc limit 20`,
        [schoolId, at(now)],
      ),
      stuck: await rows(
        tx,
        `select id, phone, body, status, status_reason as reason,
           case status when 'sending' then claimed_at + make_interval(secs => ?) else coalesce(retry_at, due_at) end as "dueAt" from sms_logs
         where school_id = ? and direction = 'out' and phone = any(?)
           and (status in ('failed', 'undelivered', 'skipped') or (status = 'queued' and attempts > 0)
             or (status = 'sending' and claimed_at < ?))
         order by seq desc limit 20`,
        [CLAIM_MS / 1000, schoolId, phones, at(now - 3_000)],
      ),
    };
  });
}

function peopleOf(tx: Tx, schoolId: string, phones: string[]): Promise<SchoolView['people']> {
  return rows(
    tx,
    `(select phone, name, 'instructor' as role from instructors where school_id = ? and active order by created_at limit 50)
     union all
     (select phone, name, 'student' from students where school_id = ? order by phone = any(?) desc, created_at limit 50)`,
    [schoolId, schoolId, phones],
  );
}
