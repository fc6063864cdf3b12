import { at, row, rows, type Tx } from './sql';

/** The student of a phone, made when new; a name given again replaces the one before. */
export async function registerStudent(
  tx: Tx,
  schoolId: string,
  phone: string,
  name: string,
  now: number,
): Promise<string> {
  const made = await row<{ id: string }>(
    tx,
    `insert into students (school_id, phone, name, created_at) values (?, ?, ?, ?)
     on conflict (school_id, phone) do update set name = excluded.name returning id`,
    [schoolId, phone, name, at(now)],
  );
  return made!.id;
}

/** Something for a person of the office to look at. */
export async function insertAlert(
  tx: Tx,
  schoolId: string,
  alert: { conversationId: string | null; kind: string; detail: string },
  now: number,
): Promise<void> {
  await rows(tx, 'insert into alerts (school_id, conversation_id, kind, detail, created_at) values (?, ?, ?, ?, ?)', [
    schoolId,
    alert.conversationId,
    alert.kind,
    alert.detail,
    at(now),
  ]);
}

/** The same, unless one of that kind stands open for the conversation. */
export async function insertAlertOnce(
  tx: Tx,
  schoolId: string,
  alert: { conversationId: string; kind: string; detail: string },
  now: number,
): Promise<void> {
  await rows(
    tx,
    `insert into alerts (school_id, conversation_id, kind, detail, created_at) select ?, ?, ?, ?, ?
     where not exists (select 1 from alerts where school_id = ? and conversation_id = ? and kind = ? and resolved_at is null)`,
    [
      ...[schoolId, alert.conversationId, alert.kind, alert.detail, at(now)],
      ...[schoolId, alert.conversationId, alert.kind],
    ],
  );
}
