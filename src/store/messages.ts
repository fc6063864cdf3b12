import { usefulUntil } from '../domain/delivery';
import { segmentsOf } from '../domain/texts';
import { at, atOrNull, row, rows, type Tx } from './sql';

/** Remembers the provider's id for ever; false when this text was handled before. */
export async function isNewSid(tx: Tx, schoolId: string, sid: string, now: number): Promise<boolean> {
  const made = await rows(
    tx,
    'insert into inbound_sids (school_id, provider_sid, created_at) values (?, ?, ?) on conflict do nothing returning 1',
    [schoolId, sid, at(now)],
  );
  return made.length === 1;
}

export type NewInbound = {
  conversationId: string;
  phone: string;
  body: string;
  sid: string;
  status: 'received' | 'failed';
  reason: string | null;
};

/** A text that came in, as a row. */
export async function insertInbound(tx: Tx, schoolId: string, text: NewInbound, now: number): Promise<void> {
  await rows(
    tx,
    `insert into sms_logs (school_id, conversation_id, direction, phone, message_type, body, status, status_reason, segments,
       due_at, provider_sid, created_at) values (?, ?, 'in', ?, 'text', ?, ?, ?, ?, ?, ?, ?)`,
    [
      schoolId,
      text.conversationId,
      text.phone,
      text.body,
      text.status,
      text.reason,
      segmentsOf(text.body).segments,
      at(now),
      text.sid,
      at(now),
    ],
  );
}

export type NewOutgoing = {
  conversationId: string | null;
  phone: string;
  body: string;
  messageType: string;
  lessonId?: string | null;
  otpEventId?: string | null;
  dueAt: number;
  expiresAt?: number | null;
  /** The lesson's start of which the text speaks; it is not sent when the lesson no longer stands so. */
  lessonStart?: number | null;
  /** Written once per key, however often it is asked for. */
  key?: string;
};

/** A text to be sent, as a row; the id, or null when its key was there already. Every one has an end of its usefulness. */
export async function insertOutgoing(tx: Tx, schoolId: string, text: NewOutgoing, now: number): Promise<string | null> {
  const made = await row<{ id: string }>(
    tx,
    `with fresh as (select gen_random_uuid() as id),
       keyed as (insert into message_keys (school_id, key, message_id, created_at)
         select ?, ?::text, id, ? from fresh where ?::text is not null on conflict do nothing returning message_id)
     insert into sms_logs (school_id, id, conversation_id, lesson_id, otp_event_id, direction, phone, message_type, body, status,
       segments, due_at, expires_at, lesson_start, created_at)
     select ?, fresh.id, ?, ?, ?, 'out', ?, ?, ?, 'queued', ?, ?, ?, ?, ? from fresh
     where ?::text is null or exists (select 1 from keyed) returning id`,
    [
      schoolId,
      text.key ?? null,
      at(now),
      text.key ?? null,
      schoolId,
      text.conversationId,
      text.lessonId ?? null,
      text.otpEventId ?? null,
      text.phone,
      text.messageType,
      text.body,
      segmentsOf(text.body).segments,
      at(text.dueAt),
      at(usefulUntil(text.messageType, text.dueAt, text.expiresAt)),
      atOrNull(text.lessonStart),
      at(now),
      text.key ?? null,
    ],
  );
  return made?.id ?? null;
}
