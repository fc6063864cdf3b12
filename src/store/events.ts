import type { EventKind } from '../../flows/vocabulary';
import { at, atOrNull, row, rows, type Tx } from './sql';

export type EventRow = {
  id: string;
  /** Null: it happens to the school. */
  conversationId: string | null;
  kind: EventKind;
  key: string;
  lessonId: string | null;
  payload: Record<string, unknown>;
  dueAt: number;
  putOffSince: number | null;
  attempts: number;
};

export type NewEvent = {
  conversationId: string | null;
  kind: EventKind | 'slot_freed' | 'reminder_due' | 'lesson_notice';
  key: string;
  lessonId: string | null;
  payload?: Record<string, unknown>;
  dueAt: number;
  putOffSince?: number | null;
};

/** Something that will happen to a conversation or to the school, once per key; the id, or null when it was there. */
export async function insertEvent(tx: Tx, schoolId: string, event: NewEvent, now: number): Promise<string | null> {
  const made = await row<{ id: string }>(
    tx,
    `insert into events (school_id, conversation_id, kind, key, lesson_id, payload, due_at, put_off_since, created_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (school_id, key) do nothing returning id`,
    [
      schoolId,
      event.conversationId,
      event.kind,
      event.key,
      event.lessonId,
      JSON.stringify(event.payload ?? {}),
      at(event.dueAt),
      atOrNull(event.putOffSince),
      at(now),
    ],
  );
  return made?.id ?? null;
}

/** The event while it is still to be done; call it again under the conversation's lock. */
export function openEvent(tx: Tx, schoolId: string, id: string): Promise<EventRow | null> {
  return row<EventRow>(
    tx,
    `select id, conversation_id as "conversationId", kind, key, lesson_id as "lessonId", payload, due_at as "dueAt",
       put_off_since as "putOffSince", attempts
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

/** Locks an event that is still to be done; false when it is done. */
export async function lockEvent(tx: Tx, schoolId: string, id: string): Promise<boolean> {
  const open = await row(
    tx,
    'select 1 from events where school_id = ? and id = ? and done_at is null for no key update',
    [schoolId, id],
  );
  return open !== null;
}

/** It is looked at again then, which counts as no attempt; false when it is done. */
export async function setDue(tx: Tx, schoolId: string, id: string, dueAt: number): Promise<boolean> {
  const open = await rows(
    tx,
    'update events set due_at = ? where school_id = ? and id = ? and done_at is null returning id',
    [at(dueAt), schoolId, id],
  );
  return open.length === 1;
}

/** Put off until then; `since` when it waits for the conversation to come to rest. */
export async function putOff(tx: Tx, schoolId: string, id: string, until: number, since: number | null): Promise<void> {
  await rows(
    tx,
    'update events set due_at = ?, put_off_since = coalesce(put_off_since, ?) where school_id = ? and id = ?',
    [at(until), atOrNull(since), schoolId, id],
  );
}

/** Makes due what waits for this conversation to come to rest; the ids. */
export async function wakePutOff(tx: Tx, schoolId: string, conversationId: string, now: number): Promise<string[]> {
  const woken = await rows<{ id: string }>(
    tx,
    `update events set due_at = ? where school_id = ? and conversation_id = ? and done_at is null and put_off_since is not null
     returning id`,
    [at(now), schoolId, conversationId],
  );
  return woken.map((one) => one.id);
}
