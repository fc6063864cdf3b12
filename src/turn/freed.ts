import { FLOW_VERSION } from '../../flows/machines';
import type { LessonFact } from '../../flows/vocabulary';
import { atRest } from '../conversation/place';
import { quietSpan } from '../domain/plan';
import { MINUTE } from '../domain/time';
import type { Freed } from '../domain/waitlist';
import { lockConversation } from '../store/conversations';
import { type EventRow, endEvent, insertEvent, lockEvent, setDue } from '../store/events';
import { loadSpeaker } from '../store/speaker';
import { closeOffer, insertWaitlistOffer, standingOffer } from '../store/waitlist-offers';
import { readsOf } from './reads';
import { Overtaken, type Turn } from './turn';
import { whoIsNext } from './who-is-next';

/** The transaction in which something happens to the school, and the alarms to set after it. */
export type SchoolTurn = Pick<Turn, 'tx' | 'alarms' | 'now'>;

/** A standing offer is looked at again this often, in case its own events were lost. */
const LOOK_AGAIN = 10 * MINUTE;

/**
 * Time of an instructor is free again (a lesson dropped, moved or cancelled, a hold or time off ended): those who wait for
 * it are asked one by one. To be called in the transaction that frees it; `because` names what did (`lesson:<id>:<start>`).
 */
export async function slotFreed(turn: SchoolTurn, schoolId: string, freed: Freed, because: string): Promise<void> {
  const { tx, alarms, now } = turn;
  if (freed.endsAt <= now) return;
  const { instructorId, startsAt, endsAt } = freed;
  const event = {
    conversationId: null,
    kind: 'slot_freed',
    key: `freed:${because}:${now}`,
    lessonId: null,
    payload: { instructorId, startsAt, endsAt },
    dueAt: now,
  } as const;
  const id = await insertEvent(tx, schoolId, event, now);
  if (id) alarms.push({ kind: 'event', schoolId, id, dueAt: now });
}

type Was = Pick<LessonFact, 'id' | 'instructorId' | 'startsAt' | 'endsAt'>;

/** The time at which a lesson stood until now is free again. */
export const freedBy = (turn: Turn, lesson: Was) =>
  slotFreed(turn, turn.facts.school.id, lesson, `lesson:${lesson.id}:${lesson.startsAt}`);

/**
 * The next one who waits is to be asked of a freed slot, in a conversation of their own. The event stays open until the
 * slot is taken or nobody is left, and is looked at again when that offer has ended.
 */
export async function offerFreed(turn: SchoolTurn, schoolId: string, event: EventRow): Promise<void> {
  const { tx, now } = turn;
  const speaker = await loadSpeaker(tx, schoolId, '');
  const quiet = quietSpan(now, speaker.school.policy.quietHours, speaker.school.zone);
  if (quiet) return lookAgain(turn, schoolId, event.id, quiet.to);
  if (await standingOffer(tx, schoolId, event.id)) return waitForAnswer(turn, schoolId, event.id);
  const pick = () => whoIsNext(readsOf(tx, schoolId, now), speaker, event.payload as Freed, event.id, now);
  const next = await pick();
  // Locks in the order of the house: the conversation, then what is below it.
  const rest = { place: atRest('student'), flowVersion: FLOW_VERSION };
  const conversation = next && (await lockConversation(tx, schoolId, next.waiting.phone, rest, now));
  if (!(await lockEvent(tx, schoolId, event.id))) return;
  // Another may have been at it meanwhile; what is seen from here on stays so until the end of the turn.
  if (await standingOffer(tx, schoolId, event.id)) return waitForAnswer(turn, schoolId, event.id);
  if (!next || !conversation) {
    if (await pick()) return lookAgain(turn, schoolId, event.id, now);
    return endEvent(tx, schoolId, event.id, 'nobody is left to ask', now);
  }
  const { waiting, slot } = next;
  const offer = { freedEventId: event.id, entryId: waiting.id, studentId: waiting.studentId, slot };
  const offerId = await insertWaitlistOffer(tx, schoolId, offer, now);
  if (!offerId) throw new Overtaken('it stands offered already');
  const asked = {
    kind: 'waitlist_offer',
    key: `waitlist:${offerId}:ask`,
    lessonId: null,
    payload: { offerId },
  } as const;
  const id = await insertEvent(tx, schoolId, { ...asked, conversationId: conversation.id, dueAt: now }, now);
  turn.alarms.push({ kind: 'event', schoolId, id: id!, dueAt: now });
  return lookAgain(turn, schoolId, event.id, now + LOOK_AGAIN);
}

/** Somebody is being asked: their answer makes the event due. It is read under the event's lock, so that no answer is overlooked. */
async function waitForAnswer(turn: SchoolTurn, schoolId: string, eventId: string): Promise<void> {
  const { tx, now } = turn;
  if (!(await lockEvent(tx, schoolId, eventId))) return;
  const standing = await standingOffer(tx, schoolId, eventId);
  if (standing && !isOver(standing, now))
    return lookAgain(turn, schoolId, eventId, (standing.expiresAt ?? now) + LOOK_AGAIN);
  if (standing) await closeOffer(tx, schoolId, standing.id, 'passed', now);
  return lookAgain(turn, schoolId, eventId, now);
}

/** Nobody will end it any more: its time is over, or the event that was to ask it is gone. */
const isOver = ({ expiresAt, toBeAsked }: { expiresAt: number | null; toBeAsked: boolean }, now: number) =>
  expiresAt === null ? !toBeAsked : expiresAt + LOOK_AGAIN <= now;

/** An offer has ended: the freed slot looks for the next one at once. */
export function wakeFreed(turn: SchoolTurn, schoolId: string, eventId: string): Promise<void> {
  return lookAgain(turn, schoolId, eventId, turn.now);
}

async function lookAgain({ tx, alarms }: SchoolTurn, schoolId: string, id: string, dueAt: number): Promise<void> {
  if (await setDue(tx, schoolId, id, dueAt)) alarms.push({ kind: 'event', schoolId, id, dueAt });
}
