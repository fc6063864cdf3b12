import type { Heard } from '../../flows/heard';
import type { Wish } from '../../flows/vocabulary';
import { at, rows, type Tx } from './sql';

const WISH = `e.id, e.student_id as "studentId", e.lesson_type_id as "lessonTypeId", e.instructor_id as "instructorId", e.wish, e.created_at as "createdAt"`;

export type NewEntry = {
  studentId: string;
  lessonTypeId: string;
  instructorId: string | null;
  wish: Heard;
  endsAt: number;
};

/** Puts a wish on the list; one that is there already stays in its place in the order. */
export async function insertEntry(tx: Tx, schoolId: string, entry: NewEntry, now: number): Promise<void> {
  await rows(
    tx,
    `insert into waitlist_entries (school_id, student_id, lesson_type_id, instructor_id, wish, status, ends_at, created_at)
     values (?, ?, ?, ?, ?, 'waiting', ?, ?)
     on conflict (school_id, student_id, lesson_type_id, md5(wish::text)) where status = 'waiting'
     do update set ends_at = greatest(waitlist_entries.ends_at, excluded.ends_at)`,
    [
      schoolId,
      entry.studentId,
      entry.lessonTypeId,
      entry.instructorId,
      JSON.stringify(entry.wish),
      at(entry.endsAt),
      at(now),
    ],
  );
}

/** What a student waits for, in the order of entry. */
export function wishesOfStudent(tx: Tx, schoolId: string, studentId: string, now: number): Promise<Wish[]> {
  return rows<Wish>(
    tx,
    `select ${WISH} from waitlist_entries e where e.school_id = ? and e.student_id = ? and e.status = 'waiting' and e.ends_at > ?
     order by e.seq`,
    [schoolId, studentId, at(now)],
  );
}

/** One who waits and can be asked by text, with their phone and where they are picked up. */
export type Waiting = Wish & { phone: string; pickup: string | null; suburb: string | null };

/**
 * Who waits, in the order of entry, and may be asked of this freed slot: not asked of it before, not opted out, not with
 * a person of the office, and not a phone that speaks as instructor or owner first.
 */
export function waitingFor(tx: Tx, schoolId: string, freedEventId: string, now: number): Promise<Waiting[]> {
  return rows<Waiting>(
    tx,
    `select ${WISH}, st.phone, st.pickup, st.suburb from waitlist_entries e
       join students st on st.school_id = e.school_id and st.id = e.student_id
       join schools s on s.id = e.school_id
     where e.school_id = ? and e.status = 'waiting' and e.ends_at > ? and st.phone <> s.owner_phone
       and not exists (select 1 from instructors i where i.school_id = e.school_id and i.phone = st.phone and i.active)
       and not exists (select 1 from conversations c where c.school_id = e.school_id and c.phone = st.phone
         and (c.opted_out_at is not null or c.taken_over_at is not null))
       and not exists (select 1 from waitlist_offers o where o.school_id = e.school_id and o.freed_event_id = ? and o.student_id = e.student_id)
     order by e.seq`,
    [schoolId, at(now), freedEventId],
  );
}

/** Entries are closed: met by a lesson, or left by their student; only those that still wait. */
export async function closeEntries(
  tx: Tx,
  schoolId: string,
  ids: string[],
  status: 'met' | 'left',
  now: number,
): Promise<void> {
  await rows(
    tx,
    `update waitlist_entries set status = ?, closed_at = ? where school_id = ? and id = any(?) and status = 'waiting'`,
    [status, at(now), schoolId, ids],
  );
}

export type OnTheList = Waiting & {
  name: string;
  endsAt: number;
  instructor: string | null;
  lessonType: string;
  /** Until when an offer that is out waits for their answer. */
  askedUntil: number | null;
};

/** Everybody who waits, for the office, in the order of entry. */
export function waitlistOf(tx: Tx, schoolId: string, now: number): Promise<OnTheList[]> {
  return rows(
    tx,
    `select ${WISH}, st.phone, st.pickup, st.suburb, st.name, e.ends_at as "endsAt", i.name as instructor, t.name as "lessonType"
,
       (select max(o.expires_at) from waitlist_offers o where o.school_id = e.school_id and o.entry_id = e.id and o.status = 'asked') as "askedUntil"
     from waitlist_entries e
       join students st on st.school_id = e.school_id and st.id = e.student_id
       join lesson_types t on t.school_id = e.school_id and t.id = e.lesson_type_id
       left join instructors i on i.school_id = e.school_id and i.id = e.instructor_id
     where e.school_id = ? and e.status = 'waiting' and e.ends_at > ? order by e.seq`,
    [schoolId, at(now)],
  );
}
