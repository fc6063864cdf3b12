import { FLOW_VERSION } from '../../flows/machines';
import { atRest } from '../conversation/place';
import { type Conversation, conversationIdOf, lockConversation } from '../store/conversations';
import type { Tx } from '../store/sql';

/** The conversation of a phone, made at rest if need be and locked until the transaction ends. */
export function conversationOfPhone(tx: Tx, schoolId: string, phone: string, now: number): Promise<Conversation> {
  return lockConversation(tx, schoolId, phone, { place: atRest('student'), flowVersion: FLOW_VERSION }, now);
}

/** Its id only, for what will happen to it later; a turn that holds other locks does not wait for that phone's. */
export function idOfPhone(tx: Tx, schoolId: string, phone: string, now: number): Promise<string> {
  return conversationIdOf(tx, schoolId, phone, { place: atRest('student'), flowVersion: FLOW_VERSION }, now);
}
