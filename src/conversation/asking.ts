import { type EventKind, type Facts, NOTHING_REMEMBERED } from '../../flows/vocabulary';
import { quietSpan } from '../domain/plan';
import type { Policy } from '../domain/policy';
import { HOUR, type Instant, MINUTE } from '../domain/time';
import { atRest, type Place, stateName } from './place';

/** Events that put a question of ours. Those that only inform are said at once. */
const ASKS: ReadonlySet<EventKind> = new Set(['waitlist_offer', 'lesson_finished']);
/** A question that waits is looked at again this often, and waits for no longer than that. */
const AGAIN_AFTER = 5 * MINUTE;
const PATIENCE = HOUR;
/** A YES this soon after our question may have been on its way before it. */
const CROSSING = 10_000;

/** When a question of ours may be put: null for now; else it is put off until then. What cannot be asked is not put off. */
export function askNoSoonerThan(
  place: Place,
  kind: EventKind,
  facts: Facts,
  putOffSince: Instant | null,
  now: Instant,
): { at: Instant; because: 'quiet' | 'busy' } | null {
  if (!ASKS.has(kind) || !facts.mayAsk || !hasQuestion(kind, facts)) return null;
  const { policy, zone } = facts.school;
  const quiet = kind === 'waitlist_offer' ? quietSpan(now, policy.quietHours, zone) : null;
  if (quiet) return { at: quiet.to, because: 'quiet' };
  if (isAtRest(place, facts, now) || isLeft(place, facts, now)) return null;
  return now - (putOffSince ?? now) >= PATIENCE ? null : { at: now + AGAIN_AFTER, because: 'busy' };
}

const hasQuestion = (kind: EventKind, facts: Facts) =>
  facts.slot !== null && facts.slotRefusal === null && (kind !== 'waitlist_offer' || facts.offer?.waiting === true);

/** A question that was left for longer than the school's time is forgotten, with all that was said before it. */
export function isForgotten({ value, memory }: Place, { idleHours }: Pick<Policy, 'idleHours'>, now: Instant): boolean {
  const state = stateName(value);
  // A question of the waitlist lasts as long as it said.
  if (state === 'waitlist.offered' && now < (memory.offer?.expiresAt ?? 0)) return false;
  return state !== 'idle' && now - memory.askedAt > idleHours * HOUR;
}

/** Nothing is being asked, or it was left so long ago that it is forgotten. */
function isAtRest({ value, memory }: Place, { school }: Facts, now: Instant): boolean {
  return stateName(value) === 'idle' || now - memory.askedAt > school.policy.idleHours * HOUR;
}

/** A question that was left for longer than an offer stands: ours may come between. A change of lessons is never interrupted. */
function isLeft(place: Place, { school }: Facts, now: Instant): boolean {
  const mayWait = /^(book\.|several\.|waitlist\.(when|ask|which)$|rebook$|menu$)/.test(stateName(place.value));
  return mayWait && isTooOld(place, school.policy, now);
}

/** Where a question of ours is asked from: rest. One that was left is kept, to be asked again afterwards. */
export function restFor(place: Place, kind: EventKind, facts: Facts, now: Instant): Place {
  if (!ASKS.has(kind) || stateName(place.value) === 'idle') return place;
  if (isAtRest(place, facts, now)) return atRest(place.role);
  if (!isLeft(place, facts, now)) return place;
  const parked = { value: place.value, memory: { ...place.memory, parked: null } };
  return { ...atRest(place.role), memory: { ...NOTHING_REMEMBERED, parked } };
}

/** The question that ours came between, once ours is answered with no or has lapsed; else the place as it is. */
export function backToParked(from: Place, to: Place): Place {
  const { parked } = from.memory;
  const wasOurs = /^(waitlist\.offered|rebook)$/.test(stateName(from.value));
  if (!parked || !wasOurs || stateName(to.value) !== 'idle') return to;
  return { role: to.role, value: parked.value, memory: { ...parked.memory, offer: to.memory.offer } };
}

/** A YES to what was asked so long ago books nothing. */
export const isTooOld = ({ memory }: Place, { staleOfferMinutes }: Policy, now: Instant): boolean =>
  now - memory.askedAt > staleOfferMinutes * MINUTE;

/** Their YES takes or gives up time in a diary, or money. */
export const COMMITTING = /\.confirm$|^rebook$|^waitlist\.offered$/;

/**
 * A YES that was on its way may not count for this question: it stands where another one did, or costs more than a booking in
 * hand does. Asked again, that is so until it has gone out (`crossed`), and when the one before had grown too old for a YES.
 */
export function replaces(from: Place, to: Place, { crossed, school }: Facts, now: Instant): boolean {
  if (!COMMITTING.test(stateName(to.value))) return false;
  if (JSON.stringify(askedOf(from)) === JSON.stringify(askedOf(to)))
    return crossed || isTooOld(from, school.policy, now);
  return stateName(to.value) !== 'book.confirm' || COMMITTING.test(stateName(from.value));
}

const askedOf = ({ value, memory: { slot, list, lessonId, lessonIds, toldCents } }: Place) => [
  stateName(value),
  ...[slot, list, lessonId, lessonIds, toldCents],
];

/** The YES may have been meant for the question that ours came between. */
export function mayHaveCrossed({ memory }: Place, now: Instant): boolean {
  return memory.parked !== null && now - memory.askedAt < CROSSING;
}
