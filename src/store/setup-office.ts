import { at, row, rows, type Tx } from './sql';

export type MessageRow = {
  id: string;
  at: number;
  direction: 'in' | 'out';
  phone: string;
  type: string;
  body: string;
  status: string;
  reason: string | null;
  errorCode: number | null;
  segments: number | null;
  costMicros: number | null;
  currency: string | null;
  /** The provider's id. */
  sid: string | null;
  dueAt: number;
};

const MESSAGE = `id, coalesce(sent_at, created_at) as at, direction, phone, message_type as type, body, status, status_reason as reason,
  error_code as "errorCode", segments, cost_micros as "costMicros", cost_currency as currency, provider_sid as sid, due_at as "dueAt"`;

/** The last texts of the school, or of one phone, oldest first. */
export function lastMessages(tx: Tx, schoolId: string, phone: string | null, limit: number): Promise<MessageRow[]> {
  return rows<MessageRow>(
    tx,
    `select * from (select ${MESSAGE}, seq from sms_logs where school_id = ? and (?::text is null or phone = ?) order by seq desc limit ?) last
     order by seq`,
    [schoolId, phone, phone, limit],
  ).then((found) => found.map(({ seq: _, ...one }: MessageRow & { seq?: number }) => one));
}

export type InboxRow = {
  phone: string | null;
  name: string | null;
  takenOverAt: number | null;
  alerts: { kind: string; detail: string; at: number }[];
  lines: { direction: 'in' | 'out'; body: string }[];
};

/** Who waits for a person: open alerts and conversations taken over, the longest waiting first, with their last texts. */
export function inbox(tx: Tx, schoolId: string): Promise<InboxRow[]> {
  return rows<InboxRow>(
    tx,
    `with open as (
       select conversation_id, min(created_at) as since,
         json_agg(json_build_object('kind', kind, 'detail', detail, 'at', round(extract(epoch from created_at) * 1000)) order by created_at) as alerts
       from alerts where school_id = ? and resolved_at is null group by conversation_id)
     select c.phone, coalesce(s.name, i.name) as name, c.taken_over_at as "takenOverAt", coalesce(o.alerts, '[]') as alerts,
       coalesce((select json_agg(json_build_object('direction', m.direction, 'body', m.body) order by m.seq) from (
         select direction, body, seq from sms_logs where school_id = ? and phone = c.phone
           and (direction = 'in' or status <> 'queued') order by seq desc limit 4) m), '[]') as lines
     from (select * from conversations where school_id = ?) c full join open o on o.conversation_id = c.id
       left join students s on s.school_id = c.school_id and s.phone = c.phone
       left join instructors i on i.school_id = c.school_id and i.phone = c.phone
     where o.since is not null or c.taken_over_at is not null
     order by coalesce(o.since, c.taken_over_at)`,
    [schoolId, schoolId, schoolId],
  );
}

/** The bot answers again and what was open is done; how many alerts, or null when there is no such conversation. */
export async function handBack(tx: Tx, schoolId: string, phone: string, now: number): Promise<number | null> {
  const conversation = await row<{ id: string }>(
    tx,
    'update conversations set taken_over_at = null where school_id = ? and phone = ? returning id',
    [schoolId, phone],
  );
  if (!conversation) return null;
  const done = await rows(
    tx,
    'update alerts set resolved_at = ? where school_id = ? and conversation_id = ? and resolved_at is null returning id',
    [at(now), schoolId, conversation.id],
  );
  return done.length;
}

export type OpenDeposit = {
  reference: string;
  amountCents: number;
  name: string;
  phone: string;
  lessonAt: number;
  holdEndsAt: number | null;
};
export type QueuedCredit = {
  id: string;
  receivedAt: number;
  amountCents: number;
  description: string;
  reference: string;
  payer: string;
  reason: string;
};

/** Deposits not yet paid, of lessons still held; the next lesson first. */
export function openDeposits(tx: Tx, schoolId: string): Promise<OpenDeposit[]> {
  return rows<OpenDeposit>(
    tx,
    `select d.payid_reference as reference, d.amount_cents as "amountCents", s.name, s.phone, l.start_time as "lessonAt",
       l.hold_expires_at as "holdEndsAt"
     from payment_deposits d join lessons l on l.school_id = d.school_id and l.id = d.lesson_id
       join students s on s.school_id = l.school_id and s.id = l.student_id
     where d.school_id = ? and d.status = 'pending' order by l.start_time`,
    [schoolId],
  );
}

/** Money that came in and could not be matched by rule, oldest first. */
export function queuedCredits(tx: Tx, schoolId: string): Promise<QueuedCredit[]> {
  return rows<QueuedCredit>(
    tx,
    `select id, received_at as "receivedAt", amount_cents as "amountCents", description, reference, payer, outcome_reason as reason
     from bank_transactions where school_id = ? and outcome = 'queued' order by received_at`,
    [schoolId],
  );
}
