import type { Knex } from 'knex';
import type { Alarm } from '../world';
import { asSweep } from './database';
import { NOT_HELD } from './held';
import { at, row, rows } from './sql';

/**
 * What is due and not done in all schools, ids only: of events the oldest of each school first, so that one school's many do
 * not keep the others waiting; of texts one a school, as its sender takes them all. A claim counts as lost after `claimMs`.
 */
export function dueRows(db: Knex, claimMs: number, limit: number, now: number): Promise<Alarm[]> {
  return asSweep(db, (tx) =>
    rows<Alarm>(
      tx,
      `(select 'event' as kind, school_id as "schoolId", id, due_at as "dueAt" from (
          select school_id, id, due_at, row_number() over (partition by school_id order by due_at) as turn from (
            select school_id, id, due_at from events where done_at is null and due_at <= ? order by due_at limit ?) oldest) fair
          order by turn, due_at limit ?)
       union all
       (select 'message', m.school_id, min(m.id::text)::uuid, min(m.due_at) from sms_logs m
          where m.status in ('queued', 'sending') and m.due_at <= ?
            and ((m.status = 'queued' and (m.retry_at is null or m.retry_at <= ?)) or (m.status = 'sending' and m.claimed_at <= ? and ${NOT_HELD('m')}))
            and not exists (select 1 from sending_troubles t where t.school_id = m.school_id and t.paused_until > ?)
          group by m.school_id order by 4 limit ?)`,
      [at(now), 20 * limit, limit, at(now), at(now), at(now - claimMs), at(now), limit],
    ),
  );
}

/** When the next thing after `now` falls due in any school; null when nothing is to come. */
export async function nextDueAt(db: Knex, claimMs: number, now: number): Promise<number | null> {
  const found = await asSweep(db, (tx) =>
    row<{ next: number | null }>(
      tx,
      `select least(
         (select min(due_at) from events where done_at is null and due_at > ?),
         (select min(due_at) from sms_logs where status in ('queued', 'sending') and due_at > ?),
         (select min(retry_at) from sms_logs where status = 'queued' and retry_at is not null and retry_at > ?),
         (select min(claimed_at) + make_interval(secs => ?) from sms_logs where status = 'sending' and claimed_at > ?),
         (select min(paused_until) from sending_troubles where paused_until > ?)) as next`,
      [at(now), at(now), at(now), claimMs / 1000, at(now - claimMs), at(now)],
    ),
  );
  return found?.next ?? null;
}

/** What falls due between now and `until`, so that alarms lost or set by another clock are set again. */
export function comingRows(db: Knex, now: number, until: number, limit: number): Promise<Alarm[]> {
  return asSweep(db, (tx) =>
    rows<Alarm>(
      tx,
      `(select 'event' as kind, school_id as "schoolId", id, due_at as "dueAt" from events
          where done_at is null and due_at > ? and due_at <= ? order by due_at limit ?)
       union all
       (select 'message', school_id, id, due_at from sms_logs where status = 'queued' and due_at > ? and due_at <= ? order by due_at limit ?)`,
      [at(now), at(until), limit, at(now), at(until), limit],
    ),
  );
}
