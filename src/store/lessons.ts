import type { LessonFact, Offer } from '../../flows/vocabulary';
import { MINUTE } from '../domain/time';
import { at, atOrNull, row, rows, type Tx } from './sql';

/** The columns of a `LessonFact`. */
export const LESSON = `l.id, l.student_id as "studentId", coalesce(le.name, st.name) as student, st.phone as "studentPhone", st.suburb,
  l.learner_id as "learnerId", le.name as learner,
  coalesce(l.pickup, st.pickup) as pickup,
  l.instructor_id as "instructorId", i.name as instructor, i.phone as "instructorPhone", l.lesson_type_id as "lessonTypeId",
  t.name as "lessonType", l.start_time as "startsAt", l.end_time as "endsAt", l.status, l.reason,
  l.hold_expires_at as "holdExpiresAt", l.price_cents as "priceCents", coalesce(d.amount_cents, 0) as "depositCents", d.status as "depositStatus",
  d.payid_reference as reference, (l.attending_at is not null and l.reminded_for = l.start_time) is true as attending`;
export const FROM = `from lessons l
  join students st on st.school_id = l.school_id and st.id = l.student_id
  join instructors i on i.school_id = l.school_id and i.id = l.instructor_id
  join lesson_types t on t.school_id = l.school_id and t.id = l.lesson_type_id
  left join learners le on le.school_id = l.school_id and le.id = l.learner_id
  left join lateral (select amount_cents, status, payid_reference from payment_deposits p
    where p.school_id = l.school_id and p.lesson_id = l.id order by p.created_at desc limit 1) d on true`;

/** A student's lessons that are under way or lie ahead, lapsed holds left out, earliest first. */
export function lessonsAheadOfStudent(tx: Tx, schoolId: string, studentId: string, now: number): Promise<LessonFact[]> {
  return rows<LessonFact>(
    tx,
    `select ${LESSON} ${FROM} where l.school_id = ? and l.student_id = ? and l.end_time > ?
       and (l.status in ('confirmed', 'in_progress') or (l.status = 'pending' and l.hold_expires_at > ?))
     order by l.start_time, student limit 60`,
    [schoolId, studentId, at(now), at(now)],
  );
}

/** Live lessons that start in the span, of one instructor or of the whole school, earliest first. */
export function lessonsBetween(
  tx: Tx,
  schoolId: string,
  instructorId: string | null,
  from: number,
  to: number,
  now: number,
): Promise<LessonFact[]> {
  return rows<LessonFact>(
    tx,
    `select ${LESSON} ${FROM} where l.school_id = ? and l.start_time >= ? and l.start_time < ?
       and (?::uuid is null or l.instructor_id = ?::uuid)
       and (l.status in ('confirmed', 'in_progress', 'completed') or (l.status = 'pending' and l.hold_expires_at > ?))
     order by l.start_time, i.name limit 200`,
    [schoolId, at(from), at(to), instructorId, instructorId, at(now)],
  );
}

/** One lesson with its names, locked when it is about to change; null when it is not of this school. */
export async function lessonById(tx: Tx, schoolId: string, id: string, lock = false): Promise<LessonFact | null> {
  return row<LessonFact>(
    tx,
    `select ${LESSON} ${FROM} where l.school_id = ? and l.id = ? ${lock ? 'for no key update of l' : ''}`,
    [schoolId, id],
  );
}

/** Takes the diary's locks in the order that cannot deadlock: instructors by id, then the student. */
export async function lockDiaries(
  tx: Tx,
  schoolId: string,
  instructorIds: string[],
  studentId: string | null,
): Promise<void> {
  for (const id of [...instructorIds].sort()) {
    await rows(tx, 'select 1 from instructors where school_id = ? and id = ? for no key update', [schoolId, id]);
  }
  if (studentId)
    await rows(tx, 'select 1 from students where school_id = ? and id = ? for no key update', [schoolId, studentId]);
}

export type NewLesson = {
  id: string;
  studentId: string;
  learnerId: string | null;
  slot: Offer;
  status: 'pending' | 'confirmed';
  priceCents: number;
  bufferMinutes: number;
  holdExpiresAt: number | null;
  /** For this lesson only; without it the student's own. */
  pickup?: string | null;
};

/** Writes the lesson unless the diary refuses it (`instructor_is_free`, `student_is_free`): then false. */
export async function insertLesson(tx: Tx, schoolId: string, lesson: NewLesson, now: number): Promise<boolean> {
  const { slot } = lesson;
  const made = await rows(
    tx,
    `insert into lessons (school_id, id, student_id, learner_id, instructor_id, lesson_type_id, start_time, end_time, busy, status,
       price_cents, hold_expires_at, pickup, created_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, tstzrange(?::timestamptz, ?::timestamptz), ?, ?, ?, ?, ?) on conflict do nothing returning id`,
    [
      schoolId,
      lesson.id,
      lesson.studentId,
      lesson.learnerId,
      slot.instructorId,
      slot.lessonTypeId,
      at(slot.startsAt),
      at(slot.endsAt),
      at(slot.startsAt),
      at(slot.endsAt + lesson.bufferMinutes * MINUTE),
      lesson.status,
      lesson.priceCents,
      atOrNull(lesson.holdExpiresAt),
      lesson.pickup ?? null,
      at(now),
    ],
  );
  return made.length === 1;
}

/** Ends holds that have lapsed and lie in the way of a slot; what follows from it is their own events' business. */
export async function endLapsedHolds(
  tx: Tx,
  schoolId: string,
  slot: Offer,
  bufferMinutes: number,
  studentId: string,
  now: number,
): Promise<{ id: string; instructorId: string; startsAt: number; endsAt: number }[]> {
  const before = at(slot.startsAt - 24 * 60 * MINUTE);
  const lapsed = await rows<{ id: string; instructorId: string; startsAt: number; endsAt: number }>(
    tx,
    `select id, instructor_id as "instructorId", start_time as "startsAt", end_time as "endsAt" from lessons where school_id = ? and status = 'pending' and hold_expires_at <= ?
       and (instructor_id = ? or student_id = ?) and start_time > ? and start_time < ? and upper(busy) > ? for no key update`,
    [
      schoolId,
      at(now),
      slot.instructorId,
      studentId,
      before,
      at(slot.endsAt + bufferMinutes * MINUTE),
      at(slot.startsAt),
    ],
  );
  for (const { id } of lapsed) await cancelLesson(tx, schoolId, id, 'hold_expired', now);
  return lapsed;
}

/** Pending or confirmed becomes cancelled, its unpaid deposit failed; false when it was neither. */
export async function cancelLesson(
  tx: Tx,
  schoolId: string,
  id: string,
  reason: string,
  now: number,
): Promise<boolean> {
  const done = await rows(
    tx,
    `update lessons set status = 'cancelled', reason = ?, cancelled_at = ? where school_id = ? and id = ?
       and status in ('pending', 'confirmed') returning id`,
    [reason, at(now), schoolId, id],
  );
  if (done.length === 0) return false;
  await rows(
    tx,
    `update payment_deposits set status = 'failed', reason = ? where school_id = ? and lesson_id = ? and status = 'pending'`,
    [reason, schoolId, id],
  );
  return true;
}

/** Confirmed becomes in progress; false when it no longer stands so. */
export async function startLesson(
  tx: Tx,
  schoolId: string,
  id: string,
  by: 'code' | 'instructor',
  now: number,
): Promise<boolean> {
  const done = await rows(
    tx,
    `update lessons set status = 'in_progress', started_at = ?, started_by = ? where school_id = ? and id = ? and status = 'confirmed' returning id`,
    [at(now), by, schoolId, id],
  );
  return done.length === 1;
}

/** In progress becomes completed; a note is added also later. False when it was in neither state. */
export async function completeLesson(
  tx: Tx,
  schoolId: string,
  id: string,
  note: string | null,
  now: number,
): Promise<boolean> {
  const done = await rows(
    tx,
    `update lessons set status = 'completed', completed_at = coalesce(completed_at, ?), note = coalesce(?, note)
     where school_id = ? and id = ? and status in ('in_progress', 'completed') returning id`,
    [at(now), note, schoolId, id],
  );
  return done.length === 1;
}

/** The same lesson at another time or with another instructor; false when it no longer stands. The diary may refuse (23P01). */
export async function moveLesson(
  tx: Tx,
  schoolId: string,
  id: string,
  to: { slot: Offer; bufferMinutes: number; holdExpiresAt: number | null },
): Promise<boolean> {
  const { slot } = to;
  const done = await rows(
    tx,
    `update lessons set instructor_id = ?, start_time = ?, end_time = ?, busy = tstzrange(?::timestamptz, ?::timestamptz),
       hold_expires_at = coalesce(?, hold_expires_at)
     where school_id = ? and id = ? and status in ('pending', 'confirmed') returning id`,
    [
      slot.instructorId,
      at(slot.startsAt),
      at(slot.endsAt),
      at(slot.startsAt),
      at(slot.endsAt + to.bufferMinutes * MINUTE),
      atOrNull(to.holdExpiresAt),
      schoolId,
      id,
    ],
  );
  return done.length === 1;
}
