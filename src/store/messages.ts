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

/** A text to be sent, as a row; the id, or null when its key was there already. */
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
      atOrNull(text.expiresAt),
      atOrNull(text.lessonStart),
      at(now),
      text.key ?? null,
    ],
  );
  return made?.id ?? null;
}

/** A row that was claimed for sending, with all that decides whether it is still wanted. */
export type Claimed = {
  id: string;
  phone: string;
  body: string;
  messageType: string;
  dueAt: number;
  expiresAt: number | null;
  claimedAt: number;
  attempts: number;
  otpEventId: string | null;
  optedOut: boolean;
  from: string;
  /** The lesson moved, ended or was dropped since. */
  outdated: boolean;
  otp: { id: string; nonce: string; ended: boolean } | null;
};

/**
 * Takes the oldest due text of the phone for sending, unless another of that phone is on its way just now (its sender
 * goes on with this one). `forMs` is how long a claim holds before it counts as lost.
 */
export async function claimNext(
  tx: Tx,
  schoolId: string,
  phone: string,
  forMs: number,
  now: number,
): Promise<Claimed | null> {
  await rows(tx, 'select pg_advisory_xact_lock(hashtextextended(?, 0))', [`${schoolId}:${phone}`]);
  return row<Claimed>(
    tx,
    `update sms_logs m set status = 'sending', claimed_at = ?, attempts = m.attempts + 1
     from schools s
     where s.id = m.school_id and m.school_id = ? and m.id = (
         select q.id from sms_logs q where q.school_id = ? and q.phone = ? and q.status = 'queued' and q.due_at <= ?
         order by q.due_at, q.seq limit 1)
       and not exists (select 1 from sms_logs b where b.school_id = ? and b.phone = ? and b.status = 'sending' and b.claimed_at > ?)
     returning m.id, m.phone, m.body, m.message_type as "messageType", m.due_at as "dueAt", m.expires_at as "expiresAt",
       m.claimed_at as "claimedAt", m.attempts, m.otp_event_id as "otpEventId", s.phone as from,
       exists (select 1 from conversations c where c.school_id = m.school_id and c.phone = m.phone and c.opted_out_at is not null) as "optedOut",
       (m.lesson_start is not null and not exists (select 1 from lessons l where l.school_id = m.school_id and l.id = m.lesson_id
          and l.start_time = m.lesson_start and l.status in ('confirmed', 'pending'))) as outdated,
       (select json_build_object('id', o.id, 'nonce', o.nonce, 'ended', o.ended_at is not null or o.verified or o.expires_at <= ?)
          from otp_events o where o.school_id = m.school_id and o.id = m.otp_event_id) as otp`,
    [at(now), schoolId, schoolId, phone, at(now), schoolId, phone, at(now - forMs), at(now)],
  );
}

/** The phone of a text that is due and still to be sent; null when there is nothing to do. */
export async function phoneOfDue(tx: Tx, schoolId: string, id: string, now: number): Promise<string | null> {
  const found = await row<{ phone: string }>(
    tx,
    `select phone from sms_logs where school_id = ? and id = ? and status in ('queued', 'sending') and due_at <= ?`,
    [schoolId, id, at(now)],
  );
  return found?.phone ?? null;
}

/** Rows whose sender was lost between claim and answer: whether Twilio has them must be looked up before any resend. */
export async function lostClaims(
  tx: Tx,
  schoolId: string,
  phone: string,
  before: number,
): Promise<{ id: string; body: string; claimedAt: number; from: string; otpEventId: string | null }[]> {
  return rows(
    tx,
    `select m.id, m.body, m.claimed_at as "claimedAt", s.phone as from, m.otp_event_id as "otpEventId"
     from sms_logs m join schools s on s.id = m.school_id
     where m.school_id = ? and m.phone = ? and m.status = 'sending' and m.claimed_at <= ? for no key update of m`,
    [schoolId, phone, at(before)],
  );
}

/** Provider ids of texts to a phone that are ours already. */
export async function knownSids(tx: Tx, schoolId: string, sids: string[]): Promise<Set<string>> {
  const found = await rows<{ sid: string }>(
    tx,
    'select provider_sid as sid from sms_logs where school_id = ? and provider_sid = any(?)',
    [schoolId, sids],
  );
  return new Set(found.map((one) => one.sid));
}

export async function markSent(tx: Tx, schoolId: string, id: string, sid: string, now: number): Promise<void> {
  // A callback may have been quicker than the answer: its later status stays.
  await rows(
    tx,
    `update sms_logs set provider_sid = ?, sent_at = coalesce(sent_at, ?), status = case when status = 'sending' then 'sent' else status end
     where school_id = ? and id = ?`,
    [sid, at(now), schoolId, id],
  );
}

/** Not to be sent, or refused, with the reason in words. */
export async function markNotSent(
  tx: Tx,
  schoolId: string,
  id: string,
  status: 'skipped' | 'failed',
  reason: string,
  code: number | null,
): Promise<void> {
  await rows(
    tx,
    `update sms_logs set status = ?, status_reason = ?, error_code = ? where school_id = ? and id = ? and status in ('queued', 'sending')`,
    [status, reason, code, schoolId, id],
  );
}

/** Back into the queue for another try at `dueAt`. */
export async function markAgain(tx: Tx, schoolId: string, id: string, dueAt: number, reason: string): Promise<void> {
  await rows(
    tx,
    `update sms_logs set status = 'queued', due_at = ?, status_reason = ? where school_id = ? and id = ? and status = 'sending'`,
    [at(dueAt), reason, schoolId, id],
  );
}

const RANK = "array['queued','sending','sent','undelivered','failed','delivered']";

/** A status callback; statuses only rise (queued, sending, sent, undelivered or failed, delivered), in whatever order they come. */
export async function raiseStatus(
  tx: Tx,
  schoolId: string,
  id: string,
  update: { status: 'sent' | 'delivered' | 'undelivered' | 'failed'; sid: string; errorCode: number | null },
  now: number,
): Promise<void> {
  await rows(
    tx,
    `update sms_logs set status = ?, provider_sid = coalesce(provider_sid, ?), error_code = coalesce(?, error_code),
       sent_at = case when ? in ('sent', 'delivered') then coalesce(sent_at, ?) else sent_at end
     where school_id = ? and id = ? and direction = 'out' and status <> 'skipped'
       and array_position(${RANK}, ?::text) > array_position(${RANK}, status)`,
    [update.status, update.sid, update.errorCode, update.status, at(now), schoolId, id, update.status],
  );
}
