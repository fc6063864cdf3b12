import type { Command, Offer } from '../../../flows/vocabulary';
import { entryFor, isMetBy } from '../../../src/conversation/wishes';
import { quietSpan } from '../../../src/domain/plan';
import { type Instant, MINUTE, overlaps } from '../../../src/domain/time';
import type { Freed } from '../../../src/domain/waitlist';
import type { Reads } from '../../../src/turn/reads';
import { whoIsNext } from '../../../src/turn/who-is-next';
import { readsOfRows, speakerOf } from './reads';
import { ConstraintBroken, type EventRow, newId, type Rows, type WaitlistOfferRow } from './rows';
import { type CoreTurn, putEvent } from './turn';

type ListCommand = Extract<
  Command,
  { kind: 'join_waitlist' | 'leave_waitlist' | 'ask_offer' | 'ask_offer_again' | 'end_offer' }
>;
type SchoolTurn = Pick<CoreTurn, 'rows' | 'now'>;

const stands = ({ status }: WaitlistOfferRow) => status === 'planned' || status === 'asked';

/** What the facts ask about the waitlist, answered from memory. */
export function waitlistReads(
  rows: Rows,
  now: Instant,
): Pick<Reads, 'wishes' | 'waitlistOffer' | 'waitingFor' | 'offeredStretches'> {
  const waiting = rows.waitlist.filter((one) => one.status === 'waiting' && one.endsAt > now);
  return {
    wishes: async (studentId) => waiting.filter((one) => one.studentId === studentId),
    waitlistOffer: async (id) => {
      const offer = rows.offers.find((one) => one.id === id);
      if (!offer) return null;
      const entry = rows.waitlist.find((one) => one.id === offer.entryId)!;
      return { ...offer, wish: entry.wish, waiting: waiting.includes(entry) };
    },
    waitingFor: async (freedEventId) =>
      waiting.flatMap((entry) => {
        const { phone, pickup, suburb } = rows.students.find((one) => one.id === entry.studentId)!;
        const conversation = rows.conversations.find((one) => one.phone === phone);
        const reachable =
          phone !== rows.school.ownerPhone &&
          !rows.instructors.some((one) => one.phone === phone) &&
          (conversation?.optedOutAt ?? null) === null &&
          (conversation?.takenOverAt ?? null) === null;
        const asked = rows.offers.some((one) => one.freedEventId === freedEventId && one.studentId === entry.studentId);
        return reachable && !asked ? [{ ...entry, phone, pickup: pickup ?? null, suburb }] : [];
      }),
    offeredStretches: async (instructorId) =>
      rows.offers.filter((one) => stands(one) && one.slot.instructorId === instructorId).map((one) => one.slot),
  };
}

export function applyToWaitlist(turn: CoreTurn, command: ListCommand): void {
  const { rows, facts, conversation, now } = turn;
  switch (command.kind) {
    case 'join_waitlist': {
      const { wish } = command;
      const studentId = facts.student!.id;
      const entry = { id: newId(), studentId, wish, ...entryFor(wish, facts, now), createdAt: now };
      const same = rows.waitlist.some(
        (one) =>
          one.status === 'waiting' &&
          one.studentId === studentId &&
          one.lessonTypeId === entry.lessonTypeId &&
          JSON.stringify(one.wish) === JSON.stringify(wish),
      );
      if (!same) rows.waitlist.push({ ...entry, status: 'waiting' });
      return;
    }
    case 'leave_waitlist':
      close(turn, command.ids, 'left');
      return;
    case 'ask_offer': {
      const offer = rows.offers.find((one) => one.id === command.offerId)!;
      Object.assign(offer, { status: 'asked', expiresAt: command.expiresAt });
      const key = `waitlist:${offer.id}:lapsed`;
      putEvent(turn, {
        ...eventOf(offer),
        phone: conversation.phone,
        kind: 'waitlist_lapsed',
        key,
        dueAt: command.expiresAt,
      });
      return;
    }
    case 'ask_offer_again': {
      const offer = rows.offers.find((one) => one.id === command.offerId)!;
      const again = {
        kind: 'waitlist_offer',
        key: `waitlist:${offer.id}:ask:${facts.fresh.lessonId}`,
        putOffSince: now,
      } as const;
      const dueAt = Math.min(now + 5 * MINUTE, command.expiresAt);
      putEvent(turn, { ...eventOf(offer), ...again, phone: conversation.phone, dueAt });
      return;
    }
    case 'end_offer':
      endOffer(turn, command.offerId, command.because);
  }
}

const eventOf = ({ id }: WaitlistOfferRow) => ({ lessonId: null, payload: { offerId: id } });

/** Time is free again: whoever waits for it hears of it. */
export function slotFreed(
  turn: SchoolTurn,
  { id, instructorId, startsAt, endsAt }: { id: string; instructorId: string; startsAt: Instant; endsAt: Instant },
): void {
  if (endsAt <= turn.now) return;
  const event = { kind: 'slot_freed', key: `freed:lesson:${id}:${startsAt}:${turn.now}`, lessonId: null } as const;
  putEvent(turn, { ...event, phone: null, payload: { instructorId, startsAt, endsAt }, dueAt: turn.now });
}

/** The next one who waits is asked of it; the event stays open until nobody is left. */
export async function offerFreed(turn: SchoolTurn, event: EventRow): Promise<void> {
  const { rows, now } = turn;
  const quiet = quietSpan(now, rows.school.policy.quietHours, rows.school.zone);
  if (quiet) {
    event.dueAt = quiet.to;
    return;
  }
  if (rows.offers.some((one) => one.freedEventId === event.id && stands(one))) {
    event.dueAt = now + 10 * MINUTE;
    return;
  }
  const next = await whoIsNext(readsOfRows(rows, now), speakerOf(rows, ''), event.payload as Freed, event.id, now);
  if (!next) {
    event.done = true;
    return;
  }
  const { waiting, slot } = next;
  if (rows.offers.some((one) => stands(one) && one.slot.instructorId === slot.instructorId && overlaps(one.slot, slot)))
    throw new ConstraintBroken('slot_is_offered_to_one_at_a_time', event.id);
  const offer: WaitlistOfferRow = {
    ...{ id: newId(), freedEventId: event.id, entryId: waiting.id, studentId: waiting.studentId },
    ...{ slot, status: 'planned', expiresAt: null },
  };
  rows.offers.push(offer);
  const key = `waitlist:${offer.id}:ask`;
  putEvent(turn, { ...eventOf(offer), phone: waiting.phone, kind: 'waitlist_offer', key, dueAt: now });
  event.dueAt = now + 10 * MINUTE;
}

/** The wishes that a lesson at this slot fulfils are met. */
export function wishesMet(turn: CoreTurn, studentId: string, slot: Offer): void {
  const met = turn.rows.waitlist.filter(
    (one) => one.status === 'waiting' && one.studentId === studentId && isMetBy(one, slot, turn.facts),
  );
  close(
    turn,
    met.map((one) => one.id),
    'met',
  );
}

/** The text that brings a conversation to rest lets what waits for it be asked. */
export function wakePutOff({ rows, conversation, now }: CoreTurn): void {
  for (const event of rows.events)
    if (!event.done && event.conversationId === conversation.id && event.putOffSince !== null) event.dueAt = now;
}

function close(turn: SchoolTurn, ids: string[], status: 'met' | 'left'): void {
  for (const entry of turn.rows.waitlist)
    if (ids.includes(entry.id) && entry.status === 'waiting') entry.status = status;
  for (const offer of turn.rows.offers)
    if (ids.includes(offer.entryId) && stands(offer)) endOffer(turn, offer.id, status === 'met' ? 'taken' : 'refused');
}

function endOffer({ rows, now }: SchoolTurn, id: string, status: WaitlistOfferRow['status']): void {
  const offer = rows.offers.find((one) => one.id === id)!;
  if (!stands(offer)) return;
  offer.status = status;
  const freed = rows.events.find((one) => one.id === offer.freedEventId);
  if (freed && !freed.done) freed.dueAt = now;
}
