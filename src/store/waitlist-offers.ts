import type { Offer, OfferFact } from '../../flows/vocabulary';
import { at, row, rows, type Tx } from './sql';

export type NewWaitlistOffer = { freedEventId: string; entryId: string; studentId: string; slot: Offer };

/** A freed slot is meant for one who waits; null when its time, or the freed slot, stands offered to somebody already. */
export async function insertWaitlistOffer(
  tx: Tx,
  schoolId: string,
  { freedEventId, entryId, studentId, slot }: NewWaitlistOffer,
  now: number,
): Promise<string | null> {
  const made = await row<{ id: string }>(
    tx,
    `insert into waitlist_offers (school_id, freed_event_id, entry_id, student_id, instructor_id, lesson_type_id, start_time,
       end_time, status, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, 'planned', ?)
     on conflict do nothing returning id`,
    [
      schoolId,
      freedEventId,
      entryId,
      studentId,
      slot.instructorId,
      slot.lessonTypeId,
      at(slot.startsAt),
      at(slot.endsAt),
      at(now),
    ],
  );
  return made?.id ?? null;
}

type Row = Omit<OfferFact, 'slot'> & Offer;

/** An offer with the wish that it answers; null when there is none of this id. */
export async function waitlistOfferById(tx: Tx, schoolId: string, id: string, now: number): Promise<OfferFact | null> {
  const found = await row<Row>(
    tx,
    `select o.id, o.status, o.expires_at as "expiresAt", e.wish, e.status = 'waiting' and e.ends_at > ? as waiting,
       o.instructor_id as "instructorId", i.name as instructor, o.lesson_type_id as "lessonTypeId", o.start_time as "startsAt", o.end_time as "endsAt"
     from waitlist_offers o
       join waitlist_entries e on e.school_id = o.school_id and e.id = o.entry_id
       join instructors i on i.school_id = o.school_id and i.id = o.instructor_id
     where o.school_id = ? and o.id = ?`,
    [at(now), schoolId, id],
  );
  if (!found) return null;
  const { instructorId, instructor, lessonTypeId, startsAt, endsAt, ...rest } = found;
  return { ...rest, slot: { instructorId, instructor, lessonTypeId, startsAt, endsAt } };
}

/** The question goes out now and stands until then. */
export async function markAsked(tx: Tx, schoolId: string, id: string, expiresAt: number): Promise<void> {
  await rows(
    tx,
    `update waitlist_offers set status = 'asked', expires_at = ? where school_id = ? and id = ? and status in ('planned', 'asked')`,
    [at(expiresAt), schoolId, id],
  );
}

type Ended = 'taken' | 'refused' | 'ignored' | 'passed' | 'gone';

/** An offer that stood is over; the event of the slot that was freed, or null when it was over before. */
export async function closeOffer(
  tx: Tx,
  schoolId: string,
  id: string,
  status: Ended,
  now: number,
): Promise<string | null> {
  const closed = await row<{ freed: string }>(
    tx,
    `update waitlist_offers set status = ?, closed_at = ? where school_id = ? and id = ? and status in ('planned', 'asked')
     returning freed_event_id as freed`,
    [status, at(now), schoolId, id],
  );
  return closed?.freed ?? null;
}

/** Offers that stand for these entries. */
export async function offersOfEntries(tx: Tx, schoolId: string, entryIds: string[]): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select id from waitlist_offers where school_id = ? and entry_id = any(?) and status in ('planned', 'asked') order by id`,
    [schoolId, entryIds],
  );
  return found.map((one) => one.id);
}

/** The offer of a freed slot that stands just now, and whether its question is still to come. */
export function standingOffer(
  tx: Tx,
  schoolId: string,
  freedEventId: string,
): Promise<{ id: string; expiresAt: number | null; toBeAsked: boolean } | null> {
  return row(
    tx,
    `select o.id, o.expires_at as "expiresAt", exists (select 1 from events v where v.school_id = o.school_id and v.done_at is null
         and v.kind = 'waitlist_offer' and v.key = 'waitlist:' || o.id || ':ask') as "toBeAsked"
     from waitlist_offers o where o.school_id = ? and o.freed_event_id = ? and o.status in ('planned', 'asked')`,
    [schoolId, freedEventId],
  );
}

/** Stretches of an instructor that stand offered to somebody. */
export function offeredStretches(
  tx: Tx,
  schoolId: string,
  instructorId: string,
): Promise<{ startsAt: number; endsAt: number }[]> {
  return rows(
    tx,
    `select start_time as "startsAt", end_time as "endsAt" from waitlist_offers
     where school_id = ? and instructor_id = ? and status in ('planned', 'asked')`,
    [schoolId, instructorId],
  );
}
