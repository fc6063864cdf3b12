import type { Knex } from 'knex';
import { at, row, rows, type Tx } from './sql';

/** One line of `dss school list`. */
export type SchoolRow = { id: string; name: string; phone: string; timezone: string; state: string };

/** Every school that the role may see, the first made first (`adminUrl` sees all). */
export function allSchools(admin: Knex | Tx): Promise<SchoolRow[]> {
  return rows<SchoolRow>(admin, 'select id, name, phone, timezone, state from schools order by created_at, name');
}

export type NewSchool = {
  name: string;
  zone: string;
  state: string;
  phone: string;
  ownerPhone: string;
  payid: string;
};

/** Throws 23505 `school_has_its_own_number` when another school has the number. */
export async function insertSchool(tx: Tx, id: string, school: NewSchool, now: number): Promise<void> {
  await rows(
    tx,
    `insert into schools (id, name, timezone, state, phone, owner_phone, payid, created_at) values (?, ?, ?, ?, ?, ?, ?, ?)`,
    [id, school.name, school.zone, school.state, school.phone, school.ownerPhone, school.payid, at(now)],
  );
}

export type WorkingHours = { weekday: number; from: string; to: string };
export type InstructorRow = {
  id: string;
  name: string;
  phone: string;
  maxHoursPerWeek: number;
  active: boolean;
  hours: WorkingHours[];
};

/** Throws 23505 `phone_is_one_instructor` when the school has an instructor on that phone. */
export async function insertInstructor(
  tx: Tx,
  schoolId: string,
  instructor: { name: string; phone: string; maxHoursPerWeek: number; hours: WorkingHours[] },
  now: number,
): Promise<string> {
  const made = await row<{ id: string }>(
    tx,
    'insert into instructors (school_id, name, phone, max_hours_per_week, created_at) values (?, ?, ?, ?, ?) returning id',
    [schoolId, instructor.name, instructor.phone, instructor.maxHoursPerWeek, at(now)],
  );
  await rows(
    tx,
    `insert into working_hours (school_id, instructor_id, weekday, from_time, to_time)
     select ?, ?, h.weekday, h."from"::time, h."to"::time
     from json_to_recordset(?::json) as h (weekday smallint, "from" text, "to" text)`,
    [schoolId, made!.id, JSON.stringify(instructor.hours)],
  );
  return made!.id;
}

export function listInstructors(tx: Tx, schoolId: string): Promise<InstructorRow[]> {
  return rows<InstructorRow>(
    tx,
    `select i.id, i.name, i.phone, i.max_hours_per_week as "maxHoursPerWeek", i.active,
       coalesce((select json_agg(json_build_object('weekday', w.weekday, 'from', to_char(w.from_time, 'HH24:MI'),
         'to', to_char(w.to_time, 'HH24:MI')) order by w.weekday, w.from_time)
         from working_hours w where w.school_id = i.school_id and w.instructor_id = i.id), '[]') as hours
     from instructors i where i.school_id = ? order by i.created_at, i.name`,
    [schoolId],
  );
}

export type LessonTypeRow = {
  id: string;
  name: string;
  durationMinutes: number;
  priceCents: number;
  depositCents: number;
  active: boolean;
};

/** Makes the lesson type of that name, or changes it; lessons already booked keep what they were booked at. */
export async function setLessonType(
  tx: Tx,
  schoolId: string,
  type: Omit<LessonTypeRow, 'id' | 'active'>,
  now: number,
): Promise<{ id: string; made: boolean }> {
  const set = await row<{ id: string; made: boolean }>(
    tx,
    `insert into lesson_types (school_id, name, duration_minutes, price_cents, deposit_cents, position, created_at)
     values (?, ?, ?, ?, ?, (select coalesce(max(position), 0) + 1 from lesson_types where school_id = ?), ?)
     on conflict (school_id, name) do update set duration_minutes = excluded.duration_minutes,
       price_cents = excluded.price_cents, deposit_cents = excluded.deposit_cents, active = true
     returning id, xmax = 0 as made`,
    [schoolId, type.name, type.durationMinutes, type.priceCents, type.depositCents, schoolId, at(now)],
  );
  return set!;
}

export function listLessonTypes(tx: Tx, schoolId: string): Promise<LessonTypeRow[]> {
  return rows<LessonTypeRow>(
    tx,
    `select id, name, duration_minutes as "durationMinutes", price_cents as "priceCents", deposit_cents as "depositCents", active
     from lesson_types where school_id = ? order by position, name`,
    [schoolId],
  );
}

/** What the school has set, without the defaults; the row is locked so that two changes do not lose each other. */
export async function lockPolicy(tx: Tx, schoolId: string): Promise<unknown> {
  return (await row<{ policy: unknown }>(tx, 'select policy from schools where id = ? for update', [schoolId]))!.policy;
}

export async function writePolicy(tx: Tx, schoolId: string, policy: unknown): Promise<void> {
  await rows(tx, 'update schools set policy = ? where id = ?', [JSON.stringify(policy), schoolId]);
}
