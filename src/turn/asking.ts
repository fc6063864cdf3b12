import type { Facts } from '../../flows/vocabulary';
import { askNoSoonerThan } from '../conversation/asking';
import { type Place, stateName } from '../conversation/place';
import type { Conversation } from '../store/conversations';
import { type EventRow, putOff, wakePutOff } from '../store/events';
import type { Turn } from './turn';

/** Puts a question of ours off while another is being answered; true when it is to wait. It counts as no attempt. */
export async function waitsToBeAsked(
  { tx, alarms, now }: Pick<Turn, 'tx' | 'alarms' | 'now'>,
  place: Place,
  event: EventRow,
  facts: Facts,
): Promise<boolean> {
  const wait = askNoSoonerThan(place, event.kind, facts, event.putOffSince, now);
  if (!wait) return false;
  const schoolId = facts.school.id;
  await putOff(tx, schoolId, event.id, wait.at, wait.because === 'busy' ? now : null);
  alarms.push({ kind: 'event', schoolId, id: event.id, dueAt: wait.at });
  return true;
}

/** The text that brings a conversation to rest lets the questions that wait for it be asked at once. */
export async function askWhatWaited(turn: Turn, from: Place, to: Place): Promise<void> {
  if (stateName(from.value) === 'idle' || stateName(to.value) !== 'idle') return;
  const { tx, conversation, facts, alarms, now } = turn;
  for (const id of await wakePutOff(tx, facts.school.id, conversation.id, now))
    alarms.push({ kind: 'event', schoolId: facts.school.id, id, dueAt: now });
}

/** A question may be put to a student who takes texts from the bot, and whose phone speaks as a student. */
export function mayAsk({
  optedOutAt,
  takenOverAt,
  place,
}: Pick<Conversation, 'optedOutAt' | 'takenOverAt' | 'place'>): boolean {
  return optedOutAt === null && takenOverAt === null && (place as Place | null)?.role === 'student';
}
