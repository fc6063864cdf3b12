import { randomUUID } from 'node:crypto';
import type { Knex } from '../../src/store/database';
import { inSchool } from '../../src/store/database';
import { row, rows, type Tx } from '../../src/store/sql';

export type TestSchool = { id: string; phone: string; zone: string; instructorPhone: string };

type Given = {
  zone: string;
  phone: string;
  policy?: object;
  depositCents?: number;
  from?: string;
  to?: string;
  instructorPhone?: string;
};

/** A school with one instructor, Kim, and one lesson type, open every day 7:00-19:00 unless told otherwise. */
export async function makeSchool(db: Knex, given: Given): Promise<TestSchool> {
  const id = randomUUID();
  await inSchool(db, id, (tx) => fill(tx, id, given));
  return { id, phone: given.phone, zone: given.zone, instructorPhone: given.instructorPhone ?? KIM };
}

/** The same in a transaction that is at hand, which from then on sees this school only; its id. */
export async function makeSchoolIn(tx: Tx): Promise<string> {
  const id = randomUUID();
  await rows(tx, "select set_config('role', 'dss_app', true), set_config('app.school', ?, true)", [id]);
  await fill(tx, id, {
    zone: 'Australia/Sydney',
    phone: `+61${randomUUID().replace(/\D/g, '').padEnd(9, '0').slice(0, 9)}`,
  });
  return id;
}

const KIM = '+61491570110';

async function fill(tx: Tx, id: string, given: Given): Promise<void> {
  const at = new Date(0);
  await rows(
    tx,
    `insert into schools (id, name, timezone, state, phone, owner_phone, payid, policy, created_at) values (?, 'Test School', ?, 'NSW', ?, '+61491570737', 'pay@test.example', ?, ?)`,
    [id, given.zone, given.phone, JSON.stringify(given.policy ?? {}), at],
  );
  const kim = await row<{ id: string }>(
    tx,
    `insert into instructors (school_id, name, phone, created_at) values (?, 'Kim', ?, ?) returning id`,
    [id, given.instructorPhone ?? KIM, at],
  );
  await rows(
    tx,
    `insert into working_hours (school_id, instructor_id, weekday, from_time, to_time) select ?, ?, day, ?::time, ?::time from generate_series(1, 7) day`,
    [id, kim!.id, given.from ?? '07:00', given.to ?? '19:00'],
  );
  await rows(
    tx,
    `insert into lesson_types (school_id, name, duration_minutes, price_cents, deposit_cents, created_at) values (?, '60 min lesson', 60, 7500, ?, ?)`,
    [id, given.depositCents ?? 0, at],
  );
}
