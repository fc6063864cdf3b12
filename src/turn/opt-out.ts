import { momentInWords } from '../../flows/wording';
import type { Inbound } from '../channels/inbound';
import { renderSaid } from '../conversation/render';
import { markConversation } from '../store/conversations';
import { lessonsAheadOfStudent } from '../store/lessons';
import { insertAlert } from '../store/people';
import type { Speaker } from '../store/speaker';
import { plainFacts } from './facts';
import { queue } from './tell';
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
  const word = inbound.text
    .trim()
    .toLowerCase()
    .replace(/[.!]+$/, '');
  const optsOut = inbound.optOutType ? inbound.optOutType === 'STOP' : OUT.has(word);
  const optsIn = inbound.optOutType === 'START' || IN.has(word) || (word === 'yes' && conversation.optedOutAt !== null);
  if (optsIn && conversation.optedOutAt !== null) {
    await markConversation(tx, schoolId, conversation.id, 'opted_out_at', null);
    const facts = plainFacts(world, speaker, 'student');
    const body = renderSaid({ key: 'opted_in', values: { school: speaker.school.name } });
    await queue(
      { ...turn, facts },
      { conversationId: conversation.id, phone: conversation.phone, body, messageType: 'reply' },
    );
    return 'opt_in';
  }
  if (!optsOut) return conversation.optedOutAt !== null ? 'opted_out' : null;
  await markConversation(tx, schoolId, conversation.id, 'opted_out_at', now);
  if (!WANTED_TO_DROP.has(word) || !speaker.student) return 'opt_out';
  const [next] = await lessonsAheadOfStudent(tx, schoolId, speaker.student.id, now);
  if (!next) return 'opt_out';
  const facts = plainFacts(world, speaker, 'student');
  await insertAlert(
    tx,
    schoolId,
    { conversationId: conversation.id, kind: 'wanted_to_drop', detail: word.toUpperCase() },
    now,
  );
  const values = {
    who: `${speaker.student.name} (${conversation.phone})`,
    word: word.toUpperCase(),
    slot: momentInWords(next.startsAt, facts),
  };
  const body = renderSaid({ key: 'office_wanted_to_drop', values });
  await queue(
    { ...turn, facts },
    { conversationId: null, phone: speaker.school.ownerPhone, body, messageType: 'office_alert' },
  );
  return 'opt_out';
}
