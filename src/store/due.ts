import type { Knex } from 'knex';
import type { Alarm } from '../world';
import { asSweep } from './database';
import { at, row, rows } from './sql';

/** Rows of all schools that are due and not done, oldest first: ids only. A claim counts as lost after `claimMs`. */
export function dueRows(db: Knex, claimMs: number, limit: number, now: number): Promise<Alarm[]> {
  return asSweep(db, (tx) =>
    rows<Alarm>(
      tx,
      `(select 'event' as kind, school_id as "schoolId", id, due_at as "dueAt" from events
          where done_at is null and due_at <= ? order by due_at limit ?)
       union all
       (select 'message', school_id, id, due_at from sms_logs
          where (status = 'queued' or (status = 'sending' and claimed_at <= ?)) and due_at <= ? order by due_at limit ?)
       order by 4`,
      [at(now), limit, at(now - claimMs), at(now), limit],
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
         (select min(due_at) from sms_logs where status = 'queued' and due_at > ?),
         (select min(claimed_at) + make_interval(secs => ?) from sms_logs where status = 'sending' and claimed_at > ?)) as next`,
      [at(now), at(now), claimMs / 1000, at(now - claimMs)],
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
