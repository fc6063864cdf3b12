import { randomBytes, randomUUID } from 'node:crypto';
import type { Config } from '../../src/config';
import { codeFor, codeHash } from '../../src/domain/codes';
import { HOUR, MINUTE } from '../../src/domain/time';
import { deriveKeys, loadSecretKey } from '../../src/secrets';
import { insertCode } from '../../src/store/codes';
import { inSchool, type Knex } from '../../src/store/database';
import { insertOutgoing, type NewOutgoing } from '../../src/store/messages';
import { at, row, rows, type Tx } from '../../src/store/sql';

/** Every kind of text that a school sends, as its turns write them. */
export const KINDS = [
  'reply',
  'reminder_24h',
  'start_code',
  'instructor_notice',
  'office_alert',
  'hold_ended',
] as const;
export type Kind = (typeof KINDS)[number];

/** Writes a text of that kind to `phone`, due now, with the lesson or code that it speaks of; its id. */
export function writeText(
  { db, config }: { db: Knex; config: Config },
  schoolId: string,
  text: { kind: Kind; phone: string; body?: string },
  now: number,
): Promise<string> {
  const { kind, phone } = text;
  return inSchool(db, schoolId, async (tx) => {
    const body = text.body ?? (kind === 'start_code' ? 'Your start code is {code}.' : `A ${kind} for ${phone}.`);
    const plain: NewOutgoing = { conversationId: null, phone, body, messageType: kind, dueAt: now };
    switch (kind) {
      case 'reminder_24h': {
        const startsAt = now + 24 * HOUR;
        const lessonId = await bookLesson(tx, schoolId, phone, startsAt, now);
        return write(tx, schoolId, { ...plain, lessonId, lessonStart: startsAt, expiresAt: startsAt }, now);
      }
      case 'start_code': {
        // Later than its own code falls due, so that this one is the only one.
        const startsAt = now + 30 * MINUTE;
        const lessonId = await bookLesson(tx, schoolId, phone, startsAt, now);
        const otpEventId = await openCode(tx, schoolId, config, lessonId, now);
        const expiresAt = now + 10 * MINUTE;
        return write(tx, schoolId, { ...plain, lessonId, lessonStart: startsAt, otpEventId, expiresAt }, now);
      }
      default:
        return write(tx, schoolId, plain, now);
    }
  });
}

async function write(tx: Tx, schoolId: string, text: NewOutgoing, now: number): Promise<string> {
  return (await insertOutgoing(tx, schoolId, text, now))!;
}

/** A confirmed lesson of the phone's holder with an instructor of their own, so that no two are in each other's way. */
export async function bookLesson(
  tx: Tx,
  schoolId: string,
  phone: string,
  startsAt: number,
  now: number,
): Promise<string> {
  const student = await row<{ id: string }>(
    tx,
    `insert into students (school_id, phone, name, created_at) values (?, ?, 'Mia', ?)
     on conflict (school_id, phone) do update set name = excluded.name returning id`,
    [schoolId, phone, at(now)],
  );
  const instructor = await row<{ id: string }>(
    tx,
    `insert into instructors (school_id, name, phone, created_at) values (?, 'Robin', ?, ?) returning id`,
    [schoolId, `+6140${String(randomBytes(4).readUInt32BE() % 10_000_000).padStart(7, '0')}`, at(now)],
  );
  const made = await row<{ id: string }>(
    tx,
    `insert into lessons (school_id, student_id, instructor_id, lesson_type_id, start_time, end_time, busy, status, price_cents, created_at)
     select ?, ?, ?, (select id from lesson_types where school_id = ? limit 1), ?, ?, tstzrange(?::timestamptz, ?::timestamptz), 'confirmed', 7500, ?
     returning id`,
    [
      ...[schoolId, student!.id, instructor!.id, schoolId, at(startsAt), at(startsAt + HOUR)],
      ...[at(startsAt), at(startsAt + HOUR), at(now)],
    ],
  );
  return made!.id;
}

async function openCode(tx: Tx, schoolId: string, config: Config, lessonId: string, now: number): Promise<string> {
  const { codes } = deriveKeys(loadSecretKey(config));
  const id = randomUUID();
  const nonce = randomBytes(16).toString('hex');
  const code = {
    id,
    lessonId,
    hash: codeHash(codes, id, codeFor(codes, id, nonce)),
    nonce,
    expiresAt: now + 10 * MINUTE,
  };
  await insertCode(tx, schoolId, code, now);
  return id;
}

export type OutRow = {
  id: string;
  phone: string;
  kind: string;
  status: string;
  reason: string | null;
  sid: string | null;
  code: number | null;
  costMicros: number | null;
};

/** All texts that went out or were to, in the order in which they fell due. */
export function outRows(admin: Knex): Promise<OutRow[]> {
  return rows(
    admin,
    `select id, phone, message_type as kind, status, status_reason as reason, provider_sid as sid, error_code as code,
       cost_micros as "costMicros" from sms_logs where direction = 'out' order by due_at, seq`,
  );
}

/** What the pretend Twilio accepted, in that order: the truth that our rows are held against. */
export function accepted(admin: Knex): Promise<{ sid: string; phone: string; body: string }[]> {
  return rows(
    admin,
    `select sid, to_number as phone, body from sim.texts where direction = 'out' and not by_carrier order by seq`,
  );
}

/**
 * Tables of ours, the queue's included, in which that code stands by itself: six digits happen in ids, hashes and the
 * fractions of instants. The simulator is somebody else.
 */
export async function tablesThatHold(admin: Knex, code: string): Promise<string[]> {
  const tables = await rows<{ name: string }>(
    admin,
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema', 'sim')`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const hits = await rows(admin, `select 1 from ${name} t where t::text ~ ? limit 1`, [
      `(?<![0-9A-Za-z.])${code}(?![0-9A-Za-z])`,
    ]);
    if (hits.length > 0) found.push(name);
  }
  return found;
}
