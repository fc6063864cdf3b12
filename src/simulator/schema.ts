import type { Knex } from '../store/database';
import { CARRIERS } from './twilio/opt-outs';

/** One starter at a time; any number that nothing else locks. */
const LOCK = 7_304_221_905;

/** Makes schema `sim` where it is missing: the pretend Twilio's texts, opt-outs and faults, and the clock. Safe to repeat. */
export async function prepareSimulator(db: Knex): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.raw('select pg_advisory_xact_lock(?)', [LOCK]);
    await tx.raw(TABLES);
    await tx.raw(CARRIERS);
  });
}

/** `direction` is the account's, as in `sms_logs`: `in` = from a phone to a school. */
const TABLES = `
create schema if not exists sim;
create table if not exists sim.clock (
  only_one boolean primary key default true check (only_one),
  offset_ms bigint not null,
  last_ms bigint not null
);
create table if not exists sim.texts (
  seq bigint generated always as identity primary key,
  sid text not null constraint sid_is_one_text unique,
  direction text not null constraint direction_is_known check (direction in ('in', 'out')),
  from_number text not null,
  to_number text not null,
  body text not null,
  status text not null,
  segments integer not null,
  error_code integer,
  status_callback text,
  manner text,
  fails_with integer,
  underway boolean not null default false,
  by_carrier boolean not null default false,
  media integer not null default 0,
  at timestamptz not null
);
-- Data folders of before have these tables without the columns that came since.
alter table sim.texts add column if not exists manner text, add column if not exists fails_with integer,
  add column if not exists media integer not null default 0;
create index if not exists texts_to on sim.texts (to_number, seq);
create index if not exists texts_from on sim.texts (from_number, seq);
create index if not exists texts_underway on sim.texts (seq) where underway;
create table if not exists sim.faults (
  seq bigint generated always as identity primary key,
  mode text not null,
  code integer,
  remaining integer not null
);
alter table sim.faults add column if not exists code integer;
create table if not exists sim.opt_outs (
  school_number text not null,
  phone text not null,
  primary key (school_number, phone)
);`;
