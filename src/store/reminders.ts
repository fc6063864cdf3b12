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

/** Which of these events are still to come. */
export async function openAmong(tx: Tx, schoolId: string, keys: string[]): Promise<{ id: string; key: string }[]> {
  return rows(tx, 'select id, key from events where school_id = ? and key = any(?) and done_at is null', [
    schoolId,
    keys,
  ]);
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
