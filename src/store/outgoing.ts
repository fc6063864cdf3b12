import { NOT_HELD } from './held';
import { at, row, rows, type Tx } from './sql';

/** A row that was claimed for sending, with all that decides whether it is still wanted. */
export type Claimed = {
  id: string;
  phone: string;
  body: string;
  messageType: string;
  dueAt: number;
  expiresAt: number | null;
  claimedAt: number;
  /** Which claim of the text this is: each has its own. */
  attempts: number;
  optedOut: boolean;
  /** A person answers on that phone. */
  takenOver: boolean;
  /** How the phone last texted us, and when. */
  channel: 'sms' | 'whatsapp';
  heardAt: number | null;
  from: string;
  /** A lesson of which it speaks moved, ended or was dropped since. */
  outdated: boolean;
  otp: { id: string; nonce: string; ended: boolean } | null;
  /** It was being sent before and no answer came: the provider may have it. */
  inDoubt: boolean;
  /** Texts of this school in a row that the provider did not take just now. */
  troubles: number;
};

export type Claim = Pick<Claimed, 'id' | 'attempts'>;
export type Wanted = Pick<Claimed, 'optedOut' | 'takenOver' | 'outdated' | 'otp'>;
export type Claiming = { claimMs: number; holdMs: number };

/** What decides whether the text `m` is still wanted; one value, the time. */
const WANTED = `exists (select 1 from conversations c where c.school_id = m.school_id and c.phone = m.phone and c.opted_out_at is not null) as "optedOut",
       exists (select 1 from conversations c where c.school_id = m.school_id and c.phone = m.phone and c.taken_over_at is not null) as "takenOver",
       (m.lesson_start is not null and not exists (select 1 from lessons l where l.school_id = m.school_id and l.id = m.lesson_id
          and l.start_time = m.lesson_start and l.status in ('confirmed', 'pending')))
         or exists (select 1 from message_lessons s where s.school_id = m.school_id and s.message_id = m.id and not exists (
           select 1 from lessons l where l.school_id = s.school_id and l.id = s.lesson_id and l.start_time = s.lesson_start
             and l.status in ('confirmed', 'pending'))) as outdated,
       (select json_build_object('id', o.id, 'nonce', o.nonce, 'ended', o.ended_at is not null or o.verified or o.expires_at <= ?)
          from otp_events o where o.school_id = m.school_id and o.id = m.otp_event_id) as otp`;

/**
 * Takes the school's text that fell due first for sending. Of each phone only the oldest, and none while another is on its
 * way, so that order is kept; whatever stands in one phone's way lets the others pass. A claim older than `claimMs` has lost
 * its sender and is taken again, in doubt, but none that is held: for `holdMs` of the database's own time, whatever the
 * school's clock says. None while the school's sending pauses.
 */
export function claimNext(
  tx: Tx,
  schoolId: string,
  { claimMs, holdMs }: Claiming,
  now: number,
): Promise<Claimed | null> {
  const claimable = claimableOf(schoolId, claimMs, now);
  return row<Claimed>(
    tx,
    `with next as (
       select q.id, q.status = 'sending' as "inDoubt" from sms_logs q
       where ${claimable.where} order by q.due_at, q.seq limit 1 for update of q skip locked)
     update sms_logs m set status = 'sending', claimed_at = ?, attempts = m.attempts + 1, held_until = clock_timestamp() + make_interval(secs => ?)
     from next, schools s
     where m.school_id = ? and m.id = next.id and s.id = m.school_id
     returning m.id, m.phone, m.body, m.message_type as "messageType", m.due_at as "dueAt", m.expires_at as "expiresAt",
       m.claimed_at as "claimedAt", m.attempts, s.phone as from, next."inDoubt",
       coalesce((select t.in_a_row from sending_troubles t where t.school_id = m.school_id), 0) as troubles,
       coalesce((select c.channel from conversations c where c.school_id = m.school_id and c.phone = m.phone), 'sms') as channel,
       (select c.heard_at from conversations c where c.school_id = m.school_id and c.phone = m.phone) as "heardAt",
       ${WANTED}`,
    [...claimable.values, at(now), holdMs / 1000, schoolId, at(now)],
  );
}

/** Whether a claim would find a text. When a run has just found none, somebody else is claiming it: their lock is not seen here. */
export async function anyClaimable(tx: Tx, schoolId: string, { claimMs }: Claiming, now: number): Promise<boolean> {
  const { where, values } = claimableOf(schoolId, claimMs, now);
  return (await row(tx, `select 1 from sms_logs q where ${where} limit 1`, values)) !== null;
}

/** Which text `q` of a school may be claimed, as `claimNext` says it. */
function claimableOf(schoolId: string, claimMs: number, now: number) {
  const lost = at(now - claimMs);
  const where = `q.school_id = ? and q.status in ('queued', 'sending') and q.due_at <= ?
         and ((q.status = 'queued' and (q.retry_at is null or q.retry_at <= ?)) or (q.status = 'sending' and q.claimed_at <= ? and ${NOT_HELD('q')}))
         and not exists (
           select 1 from sms_logs b where b.school_id = ? and b.phone = q.phone and b.id <> q.id and b.status in ('queued', 'sending')
             and ((b.status = 'sending' and (b.claimed_at > ? or not ${NOT_HELD('b')})) or (b.due_at, b.seq) < (q.due_at, q.seq)))
         and not exists (select 1 from sending_troubles t where t.school_id = ? and t.paused_until > ?)`;
  return { where, values: [schoolId, at(now), at(now), lost, schoolId, lost, schoolId, at(now)] };
}

/** Holds a claimed text for `holdMs` from now on, with what now decides whether it is wanted; null when it is not this claim's any more. */
export function holdOn(
  tx: Tx,
  schoolId: string,
  { id, attempts }: Claim,
  holdMs: number,
  now: number,
): Promise<Wanted | null> {
  return row<Wanted>(
    tx,
    `update sms_logs m set held_until = clock_timestamp() + make_interval(secs => ?)
     where m.school_id = ? and m.id = ? and m.status = 'sending' and m.attempts = ? returning ${WANTED}`,
    [holdMs / 1000, schoolId, id, attempts, at(now)],
  );
}

/** Its sender has come to an end without knowing: whoever claims it when its time is over asks the provider. */
export async function letGo(tx: Tx, schoolId: string, { id, attempts }: Claim): Promise<void> {
  const sql = 'update sms_logs set held_until = null where school_id = ? and id = ? and attempts = ?';
  await rows(tx, sql, [schoolId, id, attempts]);
}

/** Back into the queue for another try from `retryAt` on, unless another has it by now. */
export async function putOff(
  tx: Tx,
  schoolId: string,
  { id, attempts }: Claim,
  retryAt: number,
  reason: string,
): Promise<void> {
  await rows(
    tx,
    `update sms_logs set status = 'queued', retry_at = ?, status_reason = ?, held_until = null
     where school_id = ? and id = ? and attempts = ? and status = 'sending'`,
    [at(retryAt), reason, schoolId, id, attempts],
  );
}

/** All that is due and of no more use, at once: a long outage leaves many. */
export async function skipExpired(tx: Tx, schoolId: string, reason: string, now: number): Promise<void> {
  await rows(
    tx,
    `update sms_logs set status = 'skipped', status_reason = ?
     where school_id = ? and status = 'queued' and due_at <= ? and expires_at <= ?`,
    [reason, schoolId, at(now), at(now)],
  );
}

/** One more trouble in a row of this school's sending; how many it is now. */
export async function countTrouble(tx: Tx, schoolId: string, now: number): Promise<number> {
  const counted = await row<{ n: number }>(
    tx,
    `insert into sending_troubles (school_id, in_a_row, since) values (?, 1, ?)
     on conflict (school_id) do update set in_a_row = sending_troubles.in_a_row + 1 returning in_a_row as n`,
    [schoolId, at(now)],
  );
  return counted!.n;
}

export async function pauseSending(tx: Tx, schoolId: string, until: number): Promise<void> {
  await rows(tx, 'update sending_troubles set paused_until = ? where school_id = ?', [at(until), schoolId]);
}

/** The provider takes texts again. With `recall` what was put off is due as it was, so that the oldest goes first. */
export async function endTroubles(tx: Tx, schoolId: string, recall: boolean): Promise<void> {
  await rows(tx, 'delete from sending_troubles where school_id = ?', [schoolId]);
  if (!recall) return;
  await rows(
    tx,
    `update sms_logs set retry_at = null where school_id = ? and status = 'queued' and retry_at is not null`,
    [schoolId],
  );
}

/** Provider ids that are known to belong to texts of ours. */
export async function knownSids(tx: Tx, schoolId: string, sids: string[]): Promise<Set<string>> {
  const found = await rows<{ sid: string }>(
    tx,
    'select provider_sid as sid from sms_logs where school_id = ? and provider_sid = any(?)',
    [schoolId, sids],
  );
  return new Set(found.map((one) => one.sid));
}
