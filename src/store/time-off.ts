import type { WorkingHours } from '../domain/slots';
import type { Span } from '../domain/time';
import { backFrom } from '../domain/time-off';
import { at, rows, type Tx } from './sql';

/** Writes time off; to be called under the instructor's lock. */
export async function insertTimeOff(
  tx: Tx,
  schoolId: string,
  instructorId: string,
  spans: readonly Span[],
  now: number,
): Promise<void> {
  for (const span of spans)
    await rows(
      tx,
      'insert into time_off (school_id, instructor_id, starts_at, ends_at, created_at) values (?, ?, ?, ?, ?)',
      [schoolId, instructorId, at(span.startsAt), at(span.endsAt), at(now)],
    );
}

/** Takes these spans out of the time off; what is left before and after them stays. What is free again. */
export async function endTimeOff(
  tx: Tx,
  schoolId: string,
  instructorId: string,
  back: readonly Span[],
  now: number,
): Promise<Span[]> {
  const freed: Span[] = [];
  const until = Math.max(...back.map((span) => span.endsAt));
  const standing = await rows<Span & { id: string }>(
    tx,
    `select id, starts_at as "startsAt", ends_at as "endsAt" from time_off
     where school_id = ? and instructor_id = ? and ends_at > ? and starts_at < ? for update`,
    [schoolId, instructorId, at(now), at(until)],
  );
  for (const { id, startsAt, endsAt } of standing) {
    const rest = backFrom([{ startsAt, endsAt }], back);
    if (rest.freed.length === 0) continue;
    freed.push(...rest.freed);
    await rows(tx, 'delete from time_off where school_id = ? and id = ?', [schoolId, id]);
    await insertTimeOff(tx, schoolId, instructorId, rest.left, now);
  }
  return freed;
}

/** The hours of the whole week in place of those before. */
export async function setWorkingHours(
  tx: Tx,
  schoolId: string,
  instructorId: string,
  week: readonly WorkingHours[],
): Promise<void> {
  await rows(tx, 'delete from working_hours where school_id = ? and instructor_id = ?', [schoolId, instructorId]);
  await rows(
    tx,
    `insert into working_hours (school_id, instructor_id, weekday, from_time, to_time)
     select ?, ?, h.weekday, h."from"::time, h."to"::time
     from json_to_recordset(?::json) as h (weekday smallint, "from" text, "to" text)`,
    [schoolId, instructorId, JSON.stringify(week)],
  );
}
