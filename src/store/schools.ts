import type { Knex } from 'knex';
import { asSweep } from './database';
import { row, rows, type Tx } from './sql';

/** How long a process remembers whose number it is; a number that changes hands is followed after that. */
const REMEMBERED_MS = 30_000;
const remembered = new WeakMap<Knex, Map<string, { id: string; until: number }>>();

/** The school that owns a number, over all schools; null for an unknown one. Asked of the database twice a minute at most. */
export async function schoolOfNumber(db: Knex, phone: string): Promise<string | null> {
  const known = remembered.get(db) ?? new Map<string, { id: string; until: number }>();
  remembered.set(db, known);
  const seen = known.get(phone);
  if (seen && seen.until > performance.now()) return seen.id;
  const found = await asSweep(db, (tx) => row<{ id: string }>(tx, 'select id from schools where phone = ?', [phone]));
  if (found) known.set(phone, { id: found.id, until: performance.now() + REMEMBERED_MS });
  return found?.id ?? null;
}

/** Numbers that were asked about lately and are no school's; at most so many. */
const strangers = new WeakMap<Knex, Map<string, number>>();
const STRANGERS = 10_000;

/** True when a text comes from a school's own number: two machines would talk for ever. */
export async function isOurNumber(db: Knex, phone: string): Promise<boolean> {
  const known = strangers.get(db) ?? new Map<string, number>();
  strangers.set(db, known);
  if ((known.get(phone) ?? 0) > performance.now()) return false;
  if (await schoolOfNumber(db, phone)) return true;
  if (known.size >= STRANGERS) known.clear();
  known.set(phone, performance.now() + REMEMBERED_MS);
  return false;
}

/** Ids of all schools. */
export function schoolIds(db: Knex): Promise<string[]> {
  return asSweep(db, async (tx) =>
    (await rows<{ id: string }>(tx, 'select id from schools order by id')).map((one) => one.id),
  );
}

/** The school of a text that we sent, for a callback whose address does not name it. */
export function schoolOfMessage(db: Knex, messageId: string): Promise<string | null> {
  return asSweep(
    db,
    async (tx) =>
      (await row<{ school_id: string }>(tx, 'select school_id from sms_logs where id = ? limit 1', [messageId]))
        ?.school_id ?? null,
  );
}

/** Where the office is told of what needs a person. */
export async function ownerPhone(tx: Tx, schoolId: string): Promise<string> {
  return (await row<{ phone: string }>(tx, 'select owner_phone as phone from schools where id = ?', [schoolId]))!.phone;
}
