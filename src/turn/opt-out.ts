import { FLOW_VERSION } from '../../flows/machines';
import type { Facts, LessonFact, Said } from '../../flows/vocabulary';
import { momentInWords } from '../../flows/wording';
import type { Inbound } from '../channels/inbound';
import { atRest } from '../conversation/place';
import { renderSaid } from '../conversation/render';
import { markConversation, savePlace } from '../store/conversations';
import { lessonsAheadOfStudent } from '../store/lessons';
import { insertAlert } from '../store/people';
import type { Speaker } from '../store/speaker';
import { plainFacts } from './facts';
import { roleOf } from './hearing';
import { queue, who } from './tell';
import type { Turn } from './turn';

const OUT = new Set(['stop', 'stopall', 'unsubscribe', 'end', 'quit', 'revoke', 'optout', 'cancel']);
const WANTED_TO_DROP = new Set(['cancel', 'end', 'quit']);
const IN = new Set(['start', 'unstop']);

/**
 * The carrier's own words: opting out is mirrored and never answered; CANCEL, END and QUIT with a lesson ahead are shown
 * to the office. Gives what was heard, or null when the text is an ordinary one. Where the provider says so, it is believed.
 */
export async function heardByTheCarrier(
  turn: Omit<Turn, 'facts'>,
  speaker: Speaker,
  inbound: Inbound,
): Promise<string | null> {
  const { tx, conversation, world, now } = turn;
  const schoolId = speaker.school.id;
  const heard = carrierHears(inbound, conversation.optedOutAt !== null);
  if (heard === 'opt_in') {
    await markConversation(tx, schoolId, conversation.id, 'opted_out_at', null);
    const facts = plainFacts(world, speaker, 'student');
    const body = renderSaid({ key: 'opted_in', values: { school: speaker.school.name } });
    await queue(
      { ...turn, facts },
      { conversationId: conversation.id, phone: conversation.phone, body, messageType: 'reply' },
    );
    return heard;
  }
  if (heard !== 'opt_out') return heard;
  await markConversation(tx, schoolId, conversation.id, 'opted_out_at', now);
  // The YES that opts in again, and any after it, answers no question of before.
  await savePlace(tx, schoolId, conversation.id, atRest(roleOf(speaker)), FLOW_VERSION, now);
  const word = droppingWord(inbound);
  if (!word || !speaker.student) return 'opt_out';
  const [next] = await lessonsAheadOfStudent(tx, schoolId, speaker.student.id, now);
  if (!next) return 'opt_out';
  const facts = plainFacts(world, speaker, 'student');
  await insertAlert(tx, schoolId, { conversationId: conversation.id, kind: 'wanted_to_drop', detail: word }, now);
  const body = renderSaid(wantedToDrop(who({ facts, conversation }), word, next, facts));
  await queue(
    { ...turn, facts },
    { conversationId: null, phone: speaker.school.ownerPhone, body, messageType: 'office_alert' },
  );
  return 'opt_out';
}

/** What the carrier makes of a text: in, out, or kept from it because the phone is out; null when it is an ordinary one. */
export function carrierHears(
  inbound: Pick<Inbound, 'text' | 'optOutType'>,
  isOut: boolean,
): 'opt_in' | 'opt_out' | 'opted_out' | null {
  const word = wordOf(inbound);
  const optsOut = inbound.optOutType ? inbound.optOutType === 'STOP' : OUT.has(word);
  const optsIn = inbound.optOutType === 'START' || IN.has(word) || (word === 'yes' && isOut);
  if (optsIn && isOut) return 'opt_in';
  if (optsOut) return 'opt_out';
  return isOut ? 'opted_out' : null;
}

/** CANCEL, END and QUIT may have been meant for a lesson; null for every other text. */
export function droppingWord(inbound: Pick<Inbound, 'text'>): string | null {
  const word = wordOf(inbound);
  return WANTED_TO_DROP.has(word) ? word.toUpperCase() : null;
}

/** What the office is told of it. */
export const wantedToDrop = (who: string, word: string, lesson: LessonFact, facts: Facts): Said => ({
  key: 'office_wanted_to_drop',
  values: { who, word, slot: momentInWords(lesson.startsAt, facts) },
});

const wordOf = ({ text }: Pick<Inbound, 'text'>) =>
  text
    .trim()
    .toLowerCase()
    .replace(/[.!]+$/, '');
