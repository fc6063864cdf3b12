import { momentInWords } from '../../flows/wording';
import type { Inbound } from '../channels/inbound';
import { renderSaid } from '../conversation/render';
import { withTaken } from '../domain/limits';
import { noteText, takenFrom } from '../store/conversation-log';
import type { Conversation } from '../store/conversations';
import type { Tx } from '../store/sql';
import { queue } from './tell';
import type { Turn } from './turn';

/** Leaves at the conversation how and when the text came, and whether it is answered. */
export function note(
  tx: Tx,
  schoolId: string,
  conversation: Conversation,
  inbound: Pick<Inbound, 'channel' | 'at'>,
  taken: { like: string | null; answered: boolean; optChanged?: boolean },
  now: number,
): Promise<void> {
  const { like, answered } = taken;
  const heardAt = inbound.at ?? now;
  return noteText(tx, schoolId, conversation.id, {
    channel: inbound.channel,
    heardAt,
    optChangedAt: taken.optChanged ? heardAt : null,
    taken: withTaken(takenFrom(conversation), { at: now, like, answered }),
  });
}

/** Enough for its writer to know which text it was. */
const quoted = (words: string) => (words.length > 40 ? `${words.slice(0, 37)}...` : words);

/** A text that comes after later ones were answered books nothing; its writer decides whether it still matters. */
export async function reachedLate(turn: Turn, { at }: Inbound): Promise<string> {
  const { facts, conversation, now } = turn;
  const values = { at: momentInWords(at ?? now, facts), words: quoted(facts.words) };
  const body = renderSaid({ key: 'reached_late', values });
  await queue(turn, { conversationId: conversation.id, phone: conversation.phone, body, messageType: 'reply' });
  return body;
}
