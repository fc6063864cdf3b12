import { asSweep, type Knex } from './database';
import { at, row, rows, type Tx } from './sql';

/** Lessons of all schools that were written or changed and have not been planned since. */
export function lessonsToPlan(db: Knex, limit: number): Promise<{ schoolId: string; lessonId: string }[]> {
  return asSweep(db, (tx) =>
    rows(tx, 'select school_id as "schoolId", lesson_id as "lessonId" from lessons_to_plan limit ?', [limit]),
  );
}

/** The lesson is being planned as it stands; what changes it afterwards asks for it again. */
export async function takePlan(tx: Tx, schoolId: string, lessonId: string): Promise<void> {
  await rows(tx, 'delete from lessons_to_plan where school_id = ? and lesson_id = ?', [schoolId, lessonId]);
}

/** The school's rules have changed: whatever lies ahead is planned again. */
export async function planAllAgain(tx: Tx, schoolId: string, now: number): Promise<void> {
  await rows(
    tx,
    `insert into lessons_to_plan (school_id, lesson_id) select school_id, id from lessons
     where school_id = ? and status in ('pending', 'confirmed') and start_time > ? on conflict do nothing`,
    [schoolId, at(now)],
  );
}

/** An event that was planned before for the same thing moves to when it is due now. */
export async function moveOpenEvent(tx: Tx, schoolId: string, key: string, dueAt: number): Promise<void> {
  await rows(
    tx,
    'update events set due_at = ? where school_id = ? and key = ? and done_at is null and due_at <> ? and put_off_since is null',
    [at(dueAt), schoolId, key, at(dueAt)],
  );
}

/** Which of these reminders are still to come, and until when each is of use. */
export async function openAmong(
  tx: Tx,
  schoolId: string,
  keys: string[],
): Promise<{ id: string; key: string; until: number }[]> {
  return rows(
    tx,
    `select id, key, (payload->>'until')::float8 as until from events where school_id = ? and key = any(?) and done_at is null`,
    [schoolId, keys],
  );
}

/** A lesson that a text tells with others, and the reminder that was due of it. */
export type Told = { eventId: string; lesson: { id: string; startsAt: number } };

/** The text speaks of all these lessons: it is of no use once one of them has moved or gone. */
export async function insertTold(tx: Tx, schoolId: string, messageId: string, told: Told[]): Promise<void> {
  await rows(
    tx,
    `insert into message_lessons (school_id, message_id, lesson_id, lesson_start, event_id)
     select ?, ?, told.lesson, told.start, told.event
     from unnest(?::uuid[], ?::timestamptz[], ?::uuid[]) as told (lesson, start, event)`,
    [
      ...[schoolId, messageId, told.map((one) => one.lesson.id), told.map((one) => at(one.lesson.startsAt))],
      told.map((one) => one.eventId),
    ],
  );
}

/** A text of several lessons does not go out: what it stood for is due again, each reminder for itself. Ids of those. */
export async function remindAnew(tx: Tx, schoolId: string, messageId: string, now: number): Promise<string[]> {
  const told = await rows<{ id: string }>(
    tx,
    `update events set done_at = null, outcome = null, due_at = ? where school_id = ? and id in (
       select event_id from message_lessons where school_id = ? and message_id = ?) returning id`,
    [at(now), schoolId, schoolId, messageId],
  );
  if (told.length > 0)
    await rows(tx, 'delete from message_keys where school_id = ? and message_id = ?', [schoolId, messageId]);
  return told.map((one) => one.id);
}

/** The student has now been reminded of these lessons, as they stand. */
export async function markReminded(tx: Tx, schoolId: string, ids: string[], now: number): Promise<void> {
  await rows(tx, 'update lessons set reminded_at = ?, reminded_for = start_time where school_id = ? and id = any(?)', [
    at(now),
    schoolId,
    ids,
  ]);
}

/** A lesson ahead of which a reminder has spoken, as it still stands. */
export type Reminded = { id: string; startsAt: number; remindedAt: number; attending: boolean };

/** Those of the last reminder of this student, earliest lesson first; empty when none of them stands. */
export async function lastReminded(tx: Tx, schoolId: string, studentId: string, now: number): Promise<Reminded[]> {
  const found = await rows<Reminded>(
    tx,
    `select id, start_time as "startsAt", reminded_at as "remindedAt", coalesce(attending_at >= reminded_at, false) as attending
     from lessons where school_id = ? and student_id = ? and status = 'confirmed' and start_time > ? and reminded_for = start_time
     order by start_time`,
    [schoolId, studentId, at(now)],
  );
  const last = Math.max(...found.map((one) => one.remindedAt));
  return found.filter((one) => one.remindedAt === last);
}

/** The student has said that they are coming. */
export async function markAttending(tx: Tx, schoolId: string, ids: string[], now: number): Promise<void> {
  await rows(tx, 'update lessons set attending_at = ? where school_id = ? and id = any(?)', [at(now), schoolId, ids]);
}

export async function lessonIsWaiting(tx: Tx, schoolId: string, lessonId: string): Promise<boolean> {
  const sql = 'select 1 from lessons_to_plan where school_id = ? and lesson_id = ?';
  return (await row(tx, sql, [schoolId, lessonId])) !== null;
}
