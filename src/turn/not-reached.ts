import type { Failure } from '../domain/delivery';
import { markConversation } from '../store/conversations';
import { insertAlertOnce } from '../store/people';
import type { Tx } from '../store/sql';
import { conversationOfPhone } from './conversation-of-phone';

/**
 * The provider or the carrier did not bring a text to its phone: an opt-out that only they know is mirrored, and the office
 * sees once what is wrong with that phone. Call it before the text's own row is written: conversations are locked first.
 */
export async function notReached(
  tx: Tx,
  schoolId: string,
  text: { phone: string; messageType: string },
  failure: Failure,
  reason: string,
  now: number,
): Promise<void> {
  const conversation = await conversationOfPhone(tx, schoolId, text.phone, now);
  if (failure === 'opted_out' && conversation.optedOutAt === null)
    await markConversation(tx, schoolId, conversation.id, 'opted_out_at', now);
  const detail = `${typeInWords(text.messageType)}: ${reason}`;
  await insertAlertOnce(tx, schoolId, { conversationId: conversation.id, kind: KINDS[failure], detail }, now);
}

const KINDS: Record<Failure, string> = {
  opted_out: 'opted_out',
  no_such_phone: 'not_reached',
  unreachable: 'not_reached',
  filtered: 'not_reached',
  our_number: 'cannot_send',
  other: 'not_reached',
};

/** What a text was for, as one tells the office. */
export function typeInWords(messageType: string): string {
  if (messageType.startsWith('reminder')) return 'a reminder';
  return TYPES[messageType] ?? 'a text';
}

const TYPES: Record<string, string> = {
  reply: 'an answer',
  start_code: 'the start code',
  hold_ended: 'the end of a hold',
  instructor_notice: 'a notice to an instructor',
  office_alert: 'an alert to the office',
};
