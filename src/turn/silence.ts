import type { Inbound } from '../channels/inbound';
import { isOverCost, likenessOf, type Silence, silenceFor } from '../domain/limits';
import { type Machine, machineLike, SHORTEST } from '../domain/machine-like';
import { daySpan, localDateOf } from '../domain/time';
import { lastBodiesTo, takenFrom, textsSentSince } from '../store/conversation-log';
import type { Conversation } from '../store/conversations';
import type { Speaker } from '../store/speaker';
import type { Tx } from '../store/sql';
import { flag, flagSchool } from './flag';
import type { Turn } from './turn';

/** A machine's text that is none, by what it says; the database is asked for our own last texts only when it is long enough. */
export async function machineOf(tx: Tx, schoolId: string, { from, text }: Inbound): Promise<Machine | null> {
  if (text.length < SHORTEST) return null;
  return machineLike(text, await lastBodiesTo(tx, schoolId, from));
}

/** What a text is like, for the count of the same again: only of machines' texts and those that were not understood. */
export const likeOf = (text: string, isUnclear: boolean): string | null => (isUnclear ? likenessOf(text) : null);

/** Why a text gets no answer, by the limits of its phone and the cost guard of its school; null when it gets one. */
export async function silenced(
  tx: Tx,
  conversation: Conversation,
  speaker: Speaker,
  like: string | null,
  now: number,
): Promise<Silence | 'over_cost' | null> {
  const { school, student, instructor, isOwner } = speaker;
  const { limits } = school.policy;
  const silence = silenceFor(takenFrom(conversation), like, limits, now);
  if (silence) return silence;
  const most = limits.textsPerSchoolDay * 2;
  const { startsAt } = daySpan(localDateOf(now, school.zone), school.zone);
  const today = await textsSentSince(tx, school.id, startsAt, most);
  return isOverCost(today, student !== null || instructor !== null || isOwner, limits) ? 'over_cost' : null;
}

/** The office hears once a day of a phone that goes unanswered; of machines only when they go on. */
export async function flagSilence(turn: Turn, silence: Silence | 'over_cost'): Promise<void> {
  switch (silence) {
    case 'same_again':
      return flag(turn, 'loop', 'sends the same again and again and gets no more answers for now');
    case 'too_many':
      return flag(turn, 'too_many_texts', 'has sent so many texts that they get no more answers for now');
    case 'over_cost':
      return flagSchool(turn, 'over_cost', 'is not answered: the school has sent its most texts for one day');
  }
}
