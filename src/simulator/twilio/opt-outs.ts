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

/**
 * What Twilio does with an opt-out word (a text of that word alone) before it passes the text on, and what it answers by
 * itself; null for an ordinary text. As without Advanced Opt-Out: the text is passed on without OptOutType.
 */
export async function heardByCarrier(db: Knex, school: string, phone: string, body: string): Promise<string | null> {
  const word = body.trim().toUpperCase();
  if (HELP_WORDS.has(word)) return HELP;
  if (STOP_WORDS.has(word)) {
    const stopped = 'insert into sim.opt_outs (school_number, phone) values (?, ?) on conflict do nothing returning 1';
    return (await row(db, stopped, [school, phone])) ? STOPPED : null;
  }
  if (!START_WORDS.has(word)) return null;
  const started = 'delete from sim.opt_outs where school_number = ? and phone = ? returning 1';
  return (await rows(db, started, [school, phone])).length > 0 ? STARTED : null;
}

export async function isOptedOut(db: Knex, school: string, phone: string): Promise<boolean> {
  return (await row(db, 'select 1 from sim.opt_outs where school_number = ? and phone = ?', [school, phone])) !== null;
}
