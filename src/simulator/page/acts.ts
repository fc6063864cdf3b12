import type { Knex } from '../../store/database';
import { at, rows } from '../../store/sql';
import { newestSeq } from '../twilio/texts';

/** What was done on the page or by `/sim/api` besides texting; `to` is an instant. */
export type Act =
  | { kind: 'clock'; to: number }
  | { kind: 'credit'; to: string; id: string; amountCents: number; words: string }
  | { kind: 'fault'; mode: string; count: number };

/** `afterText` is the newest text (`seq`) when it was done: what comes later may be because of it. */
export type KeptAct = Act & { afterText: number; at: number };

/** One starter at a time; any number that nothing else locks. */
const LOCK = 7_304_221_907;

/** What "Save as dialogue" must know beside the texts. Safe to repeat. */
export async function prepareActs(db: Knex): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.raw('select pg_advisory_xact_lock(?)', [LOCK]);
    await tx.raw(`
    create table if not exists sim.acts (
      seq bigint generated always as identity primary key,
      after_text bigint not null,
      act jsonb not null,
      at timestamptz not null
    )`);
  });
}

export async function keepAct(db: Knex, act: Act, now: number): Promise<void> {
  const made = 'insert into sim.acts (after_text, act, at) values (?, ?::jsonb, ?)';
  await rows(db, made, [await newestSeq(db), JSON.stringify(act), at(now)]);
}

/** In the order in which they were done. */
export async function actsKept(db: Knex): Promise<KeptAct[]> {
  const sql = `select after_text as "afterText", act, at from sim.acts order by seq`;
  const kept = await rows<{ afterText: number; act: Act; at: number }>(db, sql);
  return kept.map(({ act, ...rest }) => ({ ...act, ...rest }));
}
