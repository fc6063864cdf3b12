import type { Knex } from 'knex';
import { asSweep } from './database';
import { row, rows, type Tx } from './sql';

/** The school that owns a number, over all schools; null for an unknown one. */
export function schoolOfNumber(db: Knex, phone: string): Promise<string | null> {
  return asSweep(
    db,
    async (tx) => (await row<{ id: string }>(tx, 'select id from schools where phone = ?', [phone]))?.id ?? null,
  );
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
