import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { addDays, DAY, instantOf, localDateOf, MINUTE, weekdayOf } from './domain/time';
import { asSweep, inSchool } from './store/database';
import { at, row, rows, type Tx } from './store/sql';
import { recomputeDay } from './store/stats';

const ZONE = 'Australia/Sydney';
const NUMBER = '+61491570006';
const HISTORY_DAYS = 28;

/** The demo school of a new simulator: its people, lesson types, three students with a history. Nothing when any school is there. */
export async function seedDemo(db: Knex, now: number): Promise<{ schoolId: string } | null> {
  if (await asSweep(db, (tx) => row(tx, 'select 1 from schools limit 1'))) return null;
  const schoolId = randomUUID();
  try {
    await inSchool(db, schoolId, (tx) => seedSchool(tx, schoolId, now));
  } catch (fault) {
    if ((fault as { constraint?: string }).constraint === 'school_has_its_own_number') return null; // another starter was first
    throw fault;
  }
  return { schoolId };
}

async function seedSchool(tx: Tx, schoolId: string, now: number): Promise<void> {
  await rows(
    tx,
    `insert into schools (id, name, timezone, state, phone, owner_phone, payid, created_at) values (?, 'Bayside Driving', ?, 'NSW', ?, '+61491570737', 'pay@bayside.example', ?)`,
    [schoolId, ZONE, NUMBER, at(now)],
  );
  const sam = await instructor(tx, schoolId, 'Sam', '+61491570110', now);
  const priya = await instructor(tx, schoolId, 'Priya', '+61491570313', now + 1);
  const hour = await lessonType(tx, schoolId, ['60 min lesson', 60, 7500, 2000], 1, now);
  await lessonType(tx, schoolId, ['90 min lesson', 90, 11000, 3000], 2, now);
  await lessonType(tx, schoolId, ['Test package', 120, 22000, 5000], 3, now);
  const saturday = firstSaturday(now);
  const students: [string, string, string, string, string][] = [
    ['Leo Nguyen', '+61491571491', 'Brighton', sam, '09:00'],
    ['Ava Rossi', '+61491572549', 'Sandringham', priya, '09:00'],
    ['Noah Patel', '+61491570160', 'Hampton', sam, '10:30'],
  ];
  for (const [index, [name, phone, suburb, instructorId, time]] of students.entries()) {
    const student = await row<{ id: string }>(
      tx,
      `insert into students (school_id, phone, name, suburb, otp_verified, created_at) values (?, ?, ?, ?, true, ?) returning id`,
      [schoolId, phone, name, suburb, at(now - HISTORY_DAYS * DAY)],
    );
    const teaches = { studentId: student!.id, instructorId, typeId: hour };
    await lesson(tx, schoolId, teaches, instantOf(saturday, time, ZONE), 'confirmed', now);
    for (let week = 1; week <= 3; week += 1) {
      const startsAt = instantOf(addDays(saturday, -7 * (week + 1) - index), time, ZONE);
      await lesson(tx, schoolId, teaches, startsAt, week === 3 && index === 2 ? 'cancelled' : 'completed', now);
    }
  }
  await fillStats(tx, schoolId, now);
}

/** The first Saturday at least three days ahead. */
function firstSaturday(now: number): string {
  let date = addDays(localDateOf(now, ZONE), 3);
  while (weekdayOf(date) !== 6) date = addDays(date, 1);
  return date;
}

async function instructor(tx: Tx, schoolId: string, name: string, phone: string, createdAt: number): Promise<string> {
  const made = await row<{ id: string }>(
    tx,
    'insert into instructors (school_id, name, phone, created_at) values (?, ?, ?, ?) returning id',
    [schoolId, name, phone, at(createdAt)],
  );
  await rows(
    tx,
    `insert into working_hours (school_id, instructor_id, weekday, from_time, to_time) select ?, ?, day, '08:00', '18:00' from generate_series(1, 6) day`,
    [schoolId, made!.id],
  );
  return made!.id;
}

async function lessonType(
  tx: Tx,
  schoolId: string,
  [name, minutes, price, deposit]: [string, number, number, number],
  position: number,
  now: number,
): Promise<string> {
  const made = await row<{ id: string }>(
    tx,
    `insert into lesson_types (school_id, name, duration_minutes, price_cents, deposit_cents, position, created_at) values (?, ?, ?, ?, ?, ?, ?) returning id`,
    [schoolId, name, minutes, price, deposit, position, at(now)],
  );
  return made!.id;
}

async function lesson(
  tx: Tx,
  schoolId: string,
  { studentId, instructorId, typeId }: { studentId: string; instructorId: string; typeId: string },
  startsAt: number,
  status: 'confirmed' | 'completed' | 'cancelled',
  now: number,
): Promise<void> {
  const endsAt = startsAt + 60 * MINUTE;
  await rows(
    tx,
    `insert into lessons (school_id, student_id, instructor_id, lesson_type_id, start_time, end_time, busy, status, reason, price_cents,
       started_by, started_at, completed_at, cancelled_at, created_at)
     values (?, ?, ?, ?, ?, ?, tstzrange(?::timestamptz, ?::timestamptz), ?, ?, 7500, ?, ?, ?, ?, ?)`,
    [
      schoolId,
      studentId,
      instructorId,
      typeId,
      at(startsAt),
      at(endsAt),
      at(startsAt),
      at(endsAt + 15 * MINUTE),
      status,
      status === 'cancelled' ? 'student' : null,
      status === 'completed' ? 'code' : null,
      status === 'completed' ? at(startsAt) : null,
      status === 'completed' ? at(endsAt) : null,
      status === 'cancelled' ? at(startsAt - 2 * DAY) : null,
      at(Math.min(now, startsAt - 7 * DAY)),
    ],
  );
}

/** The figures of the seeded history, by the same rule as the daily job. */
async function fillStats(tx: Tx, schoolId: string, now: number): Promise<void> {
  const today = localDateOf(now, ZONE);
  for (let back = HISTORY_DAYS + 7; back >= 0; back -= 1)
    await recomputeDay(tx, schoolId, addDays(today, -back), ZONE, now);
}
