import type { Knex } from 'knex';
import type { World } from '../world';
import { asSweep } from './database';
import { at, row } from './sql';

/** What a scrape asks the database: `admin` should see every school. */
export function gaugesOf({ db, now }: Pick<World, 'db' | 'now'>, admin: Knex) {
  return {
    async waiting() {
      const at = await now();
      const found = await waiting(db, at);
      return found.map(({ oldestDueAt, ...one }) => ({ ...one, oldestSeconds: (at - (oldestDueAt ?? at)) / 1000 }));
    },
    handOffs: () => openHandOffs(admin),
  };
}

/** How many rows wait that are due, and since when the oldest of them (ms since epoch, null when none). */
type Waiting = { kind: 'event' | 'message'; due: number; oldestDueAt: number | null };

/** Of all schools; two partial indexes are read, so it costs what is waiting and not what there is. */
function waiting(db: Knex, now: number): Promise<Waiting[]> {
  return asSweep(db, async (tx) => {
    const found = await row<{ events: number; eventAt: number | null; messages: number; messageAt: number | null }>(
      tx,
      `select e.n as events, e.oldest as "eventAt", m.n as messages, m.oldest as "messageAt" from
         (select count(*) as n, min(due_at) as oldest from events where done_at is null and due_at <= ?) e,
         (select count(*) as n, min(due_at) as oldest from sms_logs where status in ('queued', 'sending') and due_at <= ?) m`,
      [at(now), at(now)],
    );
    return [
      { kind: 'event', due: found!.events, oldestDueAt: found!.eventAt },
      { kind: 'message', due: found!.messages, oldestDueAt: found!.messageAt },
    ];
  });
}

/** Hand-offs that wait for a person, over all schools; null when this role may not see them all. */
async function openHandOffs(admin: Knex): Promise<number | null> {
  const found = await row<{ n: number; sees: boolean }>(
    admin,
    `select (select count(*) from alerts where resolved_at is null and kind = 'hand_off') as n,
       (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as sees`,
  );
  return found?.sees ? found.n : null;
}
