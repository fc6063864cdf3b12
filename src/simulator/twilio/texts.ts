import { randomBytes } from 'node:crypto';
import { segmentsOf } from '../../domain/texts';
import type { Knex } from '../../store/database';
import { at, row, rows } from '../../store/sql';

/** One text as the pretend Twilio keeps it. `in` = from a phone to a school. */
export type SimText = {
  seq: number;
  sid: string;
  direction: 'in' | 'out';
  from: string;
  to: string;
  body: string;
  status: string;
  segments: number;
  errorCode: number | null;
  statusCallback: string | null;
  /** How its statuses are posted, when not once and in order: a fault mode's name. */
  manner: string | null;
  /** The code with which it is not delivered. */
  failsWith: number | null;
  /** The carrier's own words (an opt-out confirmed), not the school's. */
  byCarrier: boolean;
  /** Pictures or the like that came with it. */
  media: number;
  at: number;
};

export type NewText = Pick<SimText, 'sid' | 'direction' | 'from' | 'to' | 'body' | 'status' | 'at'> &
  Partial<Pick<SimText, 'statusCallback' | 'manner' | 'failsWith' | 'byCarrier' | 'media'>> & { underway?: boolean };

export type TextQuery = { from?: string; to?: string; since?: number; until?: number; before?: number; limit: number };

const COLUMNS = `seq, sid, direction, from_number as "from", to_number as "to", body, status, segments,
  error_code as "errorCode", status_callback as "statusCallback", manner, fails_with as "failsWith", by_carrier as "byCarrier", media, at`;

export const newSid = () => `SM${randomBytes(16).toString('hex')}`;

/** Kept once: a sid that is there already changes nothing. NUL is left out of the body. */
export async function keepText(db: Knex, text: NewText): Promise<SimText> {
  const body = text.body.replaceAll('\0', '').toWellFormed();
  const kept = await row<SimText>(
    db,
    `insert into sim.texts
       (sid, direction, from_number, to_number, body, status, segments, status_callback, manner, fails_with, underway, by_carrier, media, at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (sid) do update set sid = excluded.sid returning ${COLUMNS}`,
    [
      ...[text.sid, text.direction, text.from, text.to, body, text.status, segmentsOf(body).segments],
      ...[
        text.statusCallback ?? null,
        text.manner ?? null,
        text.failsWith ?? null,
        text.underway ?? false,
        text.byCarrier ?? false,
        text.media ?? 0,
        at(text.at),
      ],
    ],
  );
  return kept!;
}

export async function setStatus(db: Knex, seq: number, status: string, errorCode: number | null): Promise<void> {
  await rows(db, 'update sim.texts set status = ?, error_code = ? where seq = ?', [status, errorCode, seq]);
}

/** The text has gone its way to the end: nothing more will be posted for it. */
export async function setArrived(db: Knex, seq: number): Promise<void> {
  await rows(db, 'update sim.texts set underway = false where seq = ?', [seq]);
}

/** Texts that are still on their way to a phone, oldest first. */
export function textsUnderway(db: Knex): Promise<SimText[]> {
  return rows(db, `select ${COLUMNS} from sim.texts where underway order by seq`);
}

export async function anyUnderway(db: Knex): Promise<boolean> {
  return (await row(db, 'select 1 from sim.texts where underway limit 1')) !== null;
}

/** All that one phone sent and got, oldest first. */
export function textsOfPhone(db: Knex, phone: string): Promise<SimText[]> {
  const sql = `select ${COLUMNS} from sim.texts where from_number in (?, ?) and direction = 'in'
    union all select ${COLUMNS} from sim.texts where to_number in (?, ?) and direction = 'out' order by seq`;
  return rows(db, sql, [...bothWays(phone), ...bothWays(phone)]);
}

/** One phone by SMS and by WhatsApp. */
const bothWays = (phone: string) => [phone, `whatsapp:${phone}`];

/** What reached the phone after `seq` from its school, oldest first; the carrier's own words are left out. */
export function repliesSince(db: Knex, phone: string, seq: number): Promise<SimText[]> {
  const sql = `select ${COLUMNS} from sim.texts
    where to_number in (?, ?) and direction = 'out' and not by_carrier and seq > ? order by seq`;
  return rows(db, sql, [...bothWays(phone), seq]);
}

/** The number of the newest text of all; 0 before the first. */
export async function newestSeq(db: Knex): Promise<number> {
  return (await row<{ seq: number | null }>(db, 'select max(seq) as seq from sim.texts'))?.seq ?? 0;
}

export function textBySid(db: Knex, sid: string): Promise<SimText | null> {
  return row(db, `select ${COLUMNS} from sim.texts where lower(sid) = lower(?)`, [sid]);
}

/** Newest first; `before` is the `seq` at which the page before ended. */
export function listTexts(db: Knex, { from, to, since, until, before, limit }: TextQuery): Promise<SimText[]> {
  const sql = `select ${COLUMNS} from sim.texts
    where (?::text is null or from_number = ?) and (?::text is null or to_number = ?)
      and (?::timestamptz is null or at >= ?) and (?::timestamptz is null or at <= ?)
      and (?::bigint is null or seq < ?)
    order by seq desc limit ?`;
  const [earliest, latest] = [since, until].map((instant) => (instant === undefined ? null : at(instant)));
  const pairs = [from ?? null, to ?? null, earliest ?? null, latest ?? null, before ?? null];
  return rows(db, sql, [...pairs.flatMap((value) => [value, value]), limit]);
}
