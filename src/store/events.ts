import type { EventKind } from '../../flows/vocabulary';
import { at, row, rows, type Tx } from './sql';

export type EventRow = {
  id: string;
  conversationId: string;
  kind: EventKind;
  key: string;
  lessonId: string | null;
  payload: Record<string, unknown>;
  dueAt: number;
  attempts: number;
};

/** Something that will happen to a conversation, once per key; the id, or null when it was there. */
export async function insertEvent(
  tx: Tx,
  schoolId: string,
  event: { conversationId: string; kind: EventKind; key: string; lessonId: string | null; dueAt: number },
  now: number,
): Promise<string | null> {
  const made = await row<{ id: string }>(
    tx,
    `insert into events (school_id, conversation_id, kind, key, lesson_id, due_at, created_at) values (?, ?, ?, ?, ?, ?, ?)
     on conflict (school_id, key) do nothing returning id`,
    [schoolId, event.conversationId, event.kind, event.key, event.lessonId, at(event.dueAt), at(now)],
  );
  return made?.id ?? null;
}

/** The event while it is still to be done; call it again under the conversation's lock. */
export function openEvent(tx: Tx, schoolId: string, id: string): Promise<EventRow | null> {
  return row<EventRow>(
    tx,
    `select id, conversation_id as "conversationId", kind, key, lesson_id as "lessonId", payload, due_at as "dueAt", attempts
     from events where school_id = ? and id = ? and done_at is null`,
    [schoolId, id],
  );
}

export async function endEvent(tx: Tx, schoolId: string, id: string, outcome: string, now: number): Promise<void> {
  await rows(tx, 'update events set done_at = ?, outcome = ? where school_id = ? and id = ?', [
    at(now),
    outcome,
    schoolId,
    id,
  ]);
}

/** Counts a failed attempt and looks again at `dueAt`. */
export async function retryEvent(tx: Tx, schoolId: string, id: string, dueAt: number): Promise<void> {
  await rows(
    tx,
    'update events set attempts = attempts + 1, due_at = ? where school_id = ? and id = ? and done_at is null',
    [at(dueAt), schoolId, id],
  );
}
