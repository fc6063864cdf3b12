import type { Knex } from '../../store/database';
import { row, rows } from '../../store/sql';

const STOP_WORDS = new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'END', 'QUIT', 'REVOKE', 'OPTOUT', 'CANCEL']);
const START_WORDS = new Set(['START', 'YES', 'UNSTOP']);
const HELP_WORDS = new Set(['HELP', 'INFO']);

const STOPPED =
  'You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.';
const STARTED =
  'You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.';
const HELP = 'Reply STOP to unsubscribe. Msg&Data Rates May Apply.';

/** Words that Advanced Opt-Out can leave to the school. */
export const FREEABLE = [
  'STOPALL',
  'UNSUBSCRIBE',
  'END',
  'QUIT',
  'REVOKE',
  'OPTOUT',
  'CANCEL',
  'YES',
  'UNSTOP',
] as const;

/** How the carrier of a school's number is set: as it is at first (`advanced` false), or with Advanced Opt-Out and words freed. */
export type CarrierSetting = { advanced: boolean; free: string[] };

/** A table of its own beside the others of the simulator. Safe to repeat. */
export const CARRIERS = `
create table if not exists sim.carriers (
  school_number text primary key,
  advanced boolean not null,
  free text[] not null
);`;

export async function setCarrier(db: Knex, school: string, { advanced, free }: CarrierSetting): Promise<void> {
  await rows(
    db,
    `insert into sim.carriers (school_number, advanced, free) values (?, ?, ?)
     on conflict (school_number) do update set advanced = excluded.advanced, free = excluded.free`,
    [school, advanced, free],
  );
}

/** What the carrier answers by itself (null = nothing), and, with Advanced Opt-Out, what it tells Twilio that it did. */
export type CarrierHeard = { answer: string | null; optOutType?: 'STOP' | 'START' | 'HELP' };

/** What Twilio does with an opt-out word (a text of that word alone) before it passes the text on; null for an ordinary text. */
export async function heardByCarrier(
  db: Knex,
  school: string,
  phone: string,
  body: string,
): Promise<CarrierHeard | null> {
  const word = body.trim().toUpperCase();
  const kind = HELP_WORDS.has(word) ? 'HELP' : STOP_WORDS.has(word) ? 'STOP' : START_WORDS.has(word) ? 'START' : null;
  if (!kind) return null;
  const set = await row<CarrierSetting>(db, 'select advanced, free from sim.carriers where school_number = ?', [
    school,
  ]);
  if (set?.advanced && set.free.includes(word)) return null;
  const answer = await answerTo(db, kind, school, phone);
  return { answer, ...(set?.advanced && { optOutType: kind }) };
}

async function answerTo(
  db: Knex,
  kind: 'STOP' | 'START' | 'HELP',
  school: string,
  phone: string,
): Promise<string | null> {
  if (kind === 'HELP') return HELP;
  if (kind === 'STOP') {
    const stopped = 'insert into sim.opt_outs (school_number, phone) values (?, ?) on conflict do nothing returning 1';
    return (await row(db, stopped, [school, phone])) ? STOPPED : null;
  }
  const started = 'delete from sim.opt_outs where school_number = ? and phone = ? returning 1';
  return (await rows(db, started, [school, phone])).length > 0 ? STARTED : null;
}

export async function isOptedOut(db: Knex, school: string, phone: string): Promise<boolean> {
  return (await row(db, 'select 1 from sim.opt_outs where school_number = ? and phone = ?', [school, phone])) !== null;
}
