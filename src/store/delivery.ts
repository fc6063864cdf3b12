import { at, row, rows, type Tx } from './sql';

/** What the provider says of a text that it has taken; segments and cost where it tells them. */
export type Taken = {
  providerSid: string;
  segments: number | null;
  costMicros: number | null;
  currency: string | null;
};

/** A callback may have been quicker than the answer: its later status stays. */
export async function markSent(tx: Tx, schoolId: string, id: string, taken: Taken, now: number): Promise<void> {
  await rows(
    tx,
    `update sms_logs set provider_sid = coalesce(provider_sid, ?), sent_at = coalesce(sent_at, ?), retry_at = null,
       segments = coalesce(?::smallint, segments), cost_micros = coalesce(?::bigint, cost_micros), cost_currency = coalesce(?, cost_currency),
       status = case when status in ('queued', 'sending', 'skipped') then 'sent' else status end,
       status_reason = case when status in ('queued', 'sending', 'skipped') then null else status_reason end
     where school_id = ? and id = ? and direction = 'out'`,
    [...[taken.providerSid, at(now), taken.segments, taken.costMicros, taken.currency], ...[schoolId, id]],
  );
}

/** Not to be sent, or refused, with the reason in words. False when a callback had settled it before. */
export async function markNotSent(
  tx: Tx,
  schoolId: string,
  id: string,
  status: 'skipped' | 'failed',
  reason: string,
  code: number | null,
): Promise<boolean> {
  const marked = await rows(
    tx,
    `update sms_logs set status = ?, status_reason = ?, error_code = ?, retry_at = null
     where school_id = ? and id = ? and status in ('queued', 'sending') returning 1`,
    [status, reason, code, schoolId, id],
  );
  return marked.length === 1;
}

/** Skipped is low: a text in doubt that was given up may turn out to have gone all the same. */
const RANK = "array['queued','sending','skipped','sent','undelivered','failed','delivered']";

export type StatusTold = {
  status: 'sent' | 'delivered' | 'undelivered' | 'failed';
  sid: string;
  errorCode: number | null;
  reason: string | null;
};

/**
 * A status callback; statuses only rise (queued, sending, sent, undelivered, failed, delivered), in whatever order and
 * however often they come.
 */
export async function raiseStatus(tx: Tx, schoolId: string, id: string, told: StatusTold, now: number): Promise<void> {
  await rows(
    tx,
    `update sms_logs set status = ?, provider_sid = coalesce(provider_sid, ?), error_code = ?, status_reason = ?, retry_at = null,
       sent_at = coalesce(sent_at, ?)
     where school_id = ? and id = ? and direction = 'out'
       and array_position(${RANK}, ?::text) > array_position(${RANK}, status)`,
    [...[told.status, told.sid, told.errorCode, told.reason, at(now)], ...[schoolId, id, told.status]],
  );
}

/** Whose text that is, while its status is below `status`; null when that is known already. */
export function textStillUnder(
  tx: Tx,
  schoolId: string,
  id: string,
  status: StatusTold['status'],
): Promise<{ phone: string; messageType: string } | null> {
  return row(
    tx,
    `select phone, message_type as "messageType" from sms_logs where school_id = ? and id = ? and direction = 'out'
       and array_position(${RANK}, ?::text) > array_position(${RANK}, status)`,
    [schoolId, id, status],
  );
}
