import { FLOW_VERSION } from '../../flows/machines';
import type { Facts, LessonFact, Said } from '../../flows/vocabulary';
import { momentInWords } from '../../flows/wording';
import type { Inbound } from '../channels/inbound';
import { atRest } from '../conversation/place';
import { renderSaid } from '../conversation/render';
import { carrierHears, droppingWord } from '../domain/carrier';
import { silenceFor } from '../domain/limits';
import { takenFrom } from '../store/conversation-log';
import { markConversation, savePlace } from '../store/conversations';
import { lessonsAheadOfStudent } from '../store/lessons';
import { insertAlert } from '../store/people';
import type { Speaker } from '../store/speaker';
import { flag } from './flag';
import { roleOf } from './hearing';
import { queue, tellOwner, who } from './tell';
import type { Turn } from './turn';

/** What was done with a carrier's word. */
type Heard = 'opt_in' | 'opt_out' | 'opted_out' | 'late_word';

/**
 * The carrier's own words: opting out is mirrored and never answered; CANCEL, END and QUIT with a lesson ahead are shown
 * to the office. Gives what was heard, or null when the text is an ordinary one. Where the provider says so, it is believed.
 */
export async function heardByTheCarrier(turn: Turn, speaker: Speaker, inbound: Inbound): Promise<Heard | null> {
  const { conversation, facts } = turn;
  const isOut = conversation.optedOutAt !== null;
  const heard = carrierHears(inbound, isOut, facts.school.policy.freedCarrierWords);
  if (heard === null) return null;
  // One recovered from the provider's list is older than what has been said since.
  if (inbound.at !== undefined && inbound.at < (conversation.optChangedAt ?? 0)) return 'late_word';
  switch (heard) {
    case 'opt_in':
      await optIn(turn);
      return heard;
    case 'opt_out':
      await optOut(turn, speaker, inbound);
      return heard;
    case 'opted_out':
      await flag(turn, 'wrote_while_out', 'has opted out of texts, so gets no answer, and has written');
      return heard;
  }
}

async function optIn(turn: Turn): Promise<void> {
  const { tx, conversation, facts, now } = turn;
  const { id, name, policy } = facts.school;
  await markConversation(tx, id, conversation.id, 'opted_out_at', null);
  if (silenceFor(takenFrom(conversation), null, policy.limits, now)) return;
  const body = renderSaid({ key: 'opted_in', values: { school: name } });
  await queue(turn, { conversationId: conversation.id, phone: conversation.phone, body, messageType: 'reply' });
}

async function optOut(turn: Turn, speaker: Speaker, inbound: Inbound): Promise<void> {
  const { tx, conversation, facts, now } = turn;
  const schoolId = facts.school.id;
  await markConversation(tx, schoolId, conversation.id, 'opted_out_at', now);
  // The YES that opts in again, and any after it, answers no question of before.
  await savePlace(tx, schoolId, conversation.id, atRest(roleOf(speaker)), FLOW_VERSION, now);
  const word = droppingWord(inbound);
  const [next] = word && speaker.student ? await lessonsAheadOfStudent(tx, schoolId, speaker.student.id, now) : [];
  if (word && next) {
    await insertAlert(tx, schoolId, { conversationId: conversation.id, kind: 'wanted_to_drop', detail: word }, now);
    await tellOwner(turn, wantedToDrop(who({ facts, conversation }), word, next, facts));
  }
  if (speaker.instructor && !speaker.isOwner) {
    const detail = 'an instructor has opted out of texts';
    await insertAlert(tx, schoolId, { conversationId: conversation.id, kind: 'instructor_opted_out', detail }, now);
    const values = { who: who({ facts, conversation }), word: inbound.text.trim().toUpperCase().slice(0, 20) };
    await tellOwner(turn, { key: 'office_opted_out', values });
  }
}

/** What the office is told of it. */
export const wantedToDrop = (who: string, word: string, lesson: LessonFact, facts: Facts): Said => ({
  key: 'office_wanted_to_drop',
  values: { who, word, slot: momentInWords(lesson.startsAt, facts) },
});
