import type { Knex } from './database';
import { asSweep } from './database';
import { at, row, rows, type Tx } from './sql';

/** What a school has to have done from time to time: texts of the provider's list taken up, words forgotten. */
export type WorkKind = 'take_up_texts' | 'forget_words';

/** Schools whose work of that kind is due (never begun counts as due), the longest due first. */
export function schoolsDue(db: Knex, kind: WorkKind, now: number): Promise<string[]> {
  return asSweep(db, async (tx) => {
    const due = await rows<{ id: string }>(
      tx,
      `select s.id from schools s left join school_work w on w.school_id = s.id and w.kind = ?
       where w.due_at is null or w.due_at <= ? order by w.due_at nulls first`,
      [kind, at(now)],
    );
    return due.map((one) => one.id);
  });
}

/** Takes the work for this process until `nextAt`; how far it was done, null when another has it. A new school's begins with the school. */
export async function takeWork(
  tx: Tx,
  schoolId: string,
  kind: WorkKind,
  nextAt: number,
  now: number,
): Promise<{ doneUntil: number } | null> {
  await rows(
    tx,
    `insert into school_work (school_id, kind, due_at, done_until) select id, ?, ?, created_at from schools where id = ?
     on conflict do nothing`,
    [kind, at(now), schoolId],
  );
  return row(
    tx,
    `update school_work set due_at = ? where school_id = ? and kind = ? and due_at <= ? returning done_until as "doneUntil"`,
    [at(nextAt), schoolId, kind, at(now)],
  );
}

/** Done until then; looked at again at `dueAt`. */
export async function finishWork(
  tx: Tx,
  schoolId: string,
  kind: WorkKind,
  doneUntil: number,
  dueAt: number,
): Promise<void> {
  await rows(
    tx,
    'update school_work set done_until = greatest(done_until, ?), due_at = ? where school_id = ? and kind = ?',
    [at(doneUntil), at(dueAt), schoolId, kind],
  );
}

/** At a start all schools' texts are looked for at once, whenever that was done last. */
export async function dueNow(tx: Tx, schoolId: string, kind: WorkKind, now: number): Promise<void> {
  await rows(tx, 'update school_work set due_at = least(due_at, ?) where school_id = ? and kind = ?', [
    at(now),
    schoolId,
    kind,
  ]);
}

/** Those of the provider's ids that were never handled. */
export async function sidsNotHandled(tx: Tx, schoolId: string, sids: string[]): Promise<Set<string>> {
  const found = await rows<{ sid: string }>(
    tx,
    `select given.sid from unnest(?::text[]) given (sid)
     where not exists (select 1 from inbound_sids s where s.school_id = ? and s.provider_sid = given.sid)`,
    [sids, schoolId],
  );
  return new Set(found.map((one) => one.sid));
}

/** The school's number, and how long its words are kept. */
export async function numberOf(tx: Tx, schoolId: string): Promise<string | null> {
  return (await row<{ phone: string }>(tx, 'select phone from schools where id = ?', [schoolId]))?.phone ?? null;
}
