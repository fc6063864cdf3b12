import type { Heard } from '../../flows/heard';
import type { Command, Offer } from '../../flows/vocabulary';
import { entryFor, isMetBy } from '../conversation/wishes';
import { MINUTE } from '../domain/time';
import { insertEvent } from '../store/events';
import { closeEntries, insertEntry, wishesOfStudent } from '../store/waitlist';
import { closeOffer, markAsked, offersOfEntries } from '../store/waitlist-offers';
import { wakeFreed } from './freed';
import type { Turn } from './turn';

const AGAIN_AFTER = 5 * MINUTE;

export async function joinWaitlist({ tx, facts, now }: Turn, wish: Heard): Promise<void> {
  const entry = { studentId: facts.student!.id, wish, ...entryFor(wish, facts, now) };
  await insertEntry(tx, facts.school.id, entry, now);
}

export async function leaveWaitlist(turn: Turn, ids: string[]): Promise<void> {
  await closeEntries(turn.tx, turn.facts.school.id, ids, 'left', turn.now);
  await endOffersOf(turn, ids, 'refused');
}

/** The question is out: it stands until then, and lapses by an event of its own. */
export async function askOffer(turn: Turn, { offerId, expiresAt }: Command & { kind: 'ask_offer' }): Promise<void> {
  await markAsked(turn.tx, turn.facts.school.id, offerId, expiresAt);
  await happensTo(turn, 'waitlist_lapsed', `waitlist:${offerId}:lapsed`, offerId, expiresAt);
}

/** Left unanswered for something else: asked again when the conversation is at rest. */
export async function askOfferAgain(turn: Turn, { offerId, expiresAt }: Command & { kind: 'ask_offer_again' }) {
  const dueAt = Math.min(turn.now + AGAIN_AFTER, expiresAt);
  await happensTo(
    turn,
    'waitlist_offer',
    `waitlist:${offerId}:ask:${turn.facts.fresh.lessonId}`,
    offerId,
    dueAt,
    turn.now,
  );
}

export async function endOffer(
  turn: Turn,
  offerId: string,
  because: 'taken' | 'refused' | 'ignored' | 'passed' | 'gone',
): Promise<void> {
  const freed = await closeOffer(turn.tx, turn.facts.school.id, offerId, because, turn.now);
  if (freed) await wakeFreed(turn, turn.facts.school.id, freed);
}

/** A student has a lesson now that is what they waited for, by an offer or otherwise: those wishes are met. */
export async function wishesMet(turn: Turn, studentId: string, slot: Offer): Promise<void> {
  const { tx, facts, now } = turn;
  const wishes = await wishesOfStudent(tx, facts.school.id, studentId, now);
  const met = wishes.filter((wish) => isMetBy(wish, slot, facts)).map((wish) => wish.id);
  if (met.length === 0) return;
  await closeEntries(tx, facts.school.id, met, 'met', now);
  await endOffersOf(turn, met, 'taken');
}

async function endOffersOf(turn: Turn, entryIds: string[], because: 'taken' | 'refused'): Promise<void> {
  for (const id of await offersOfEntries(turn.tx, turn.facts.school.id, entryIds)) await endOffer(turn, id, because);
}

async function happensTo(
  turn: Turn,
  kind: 'waitlist_offer' | 'waitlist_lapsed',
  key: string,
  offerId: string,
  dueAt: number,
  putOffSince: number | null = null,
): Promise<void> {
  const { tx, conversation, facts, now } = turn;
  const event = {
    conversationId: conversation.id,
    kind,
    key,
    lessonId: null,
    payload: { offerId },
    dueAt,
    putOffSince,
  };
  const id = await insertEvent(tx, facts.school.id, event, now);
  if (id) turn.alarms.push({ kind: 'event', schoolId: facts.school.id, id, dueAt });
}
