import { FLOW_VERSION } from '../../flows/machines';
import type { Inbound } from '../channels/inbound';
import { atRest } from '../conversation/place';
import { renderSaid } from '../conversation/render';
import { maskCodes } from '../domain/codes';
import { silenceFor } from '../domain/limits';
import { takenFrom } from '../store/conversation-log';
import { lockConversation } from '../store/conversations';
import { inSchool } from '../store/database';
import { insertInbound, insertOutgoing, isNewSid, type NewOutgoing } from '../store/messages';
import { insertAlert } from '../store/people';
import { ownerPhone } from '../store/schools';
import type { Alarm, World } from '../world';
import { note } from './incoming';

/** As few answers as the defaults of a policy have, which may be what is broken. */
const LIMITS = { sameTextAnswers: 3, answersPerTenMinutes: 30, answersPerDay: 120, textsPerSchoolDay: 5000 };

/**
 * A text that could not be handled is kept as failed, answered with a fixed sentence, and the office is told. It stands on
 * as little as it can: not on the policy, the flows or the diary, any of which may be what is broken.
 */
export async function keepPoison(
  world: World,
  schoolId: string,
  inbound: Inbound,
  fault: unknown,
  now: number,
): Promise<'handled' | 'repeated'> {
  const alarms: Alarm[] = [];
  const { from: phone, providerSid: sid } = inbound;
  const kept = await inSchool(world.db, schoolId, async (tx) => {
    const atStart = { place: atRest('student'), flowVersion: FLOW_VERSION };
    const conversation = await lockConversation(tx, schoolId, phone, atStart, now);
    const { id: conversationId, optedOutAt } = conversation;
    if (!(await isNewSid(tx, schoolId, sid, now))) return false;
    // Whether a code is open cannot be asked here, so any six digits are masked.
    const text = {
      conversationId,
      phone,
      body: maskCodes(inbound.text),
      sid,
      status: 'failed',
      reason: 'could not be handled',
    } as const;
    await insertInbound(tx, schoolId, text, now);
    const silence = silenceFor(takenFrom(conversation), 'fault', LIMITS, now);
    await note(tx, schoolId, conversation, inbound, { like: 'fault', answered: !silence }, now);
    if (silence) return true;
    await insertAlert(tx, schoolId, { conversationId, kind: 'fault', detail: 'a text could not be handled' }, now);
    const send = async (outgoing: Omit<NewOutgoing, 'dueAt'>) => {
      const id = await insertOutgoing(tx, schoolId, { ...outgoing, dueAt: now }, now);
      if (id) alarms.push({ kind: 'message', schoolId, id, dueAt: now });
    };
    if (optedOutAt === null) {
      await send({ conversationId, phone, body: renderSaid({ key: 'fault', values: {} }), messageType: 'reply' });
    }
    const alert = renderSaid({ key: 'office_fault', values: { who: phone } });
    await send({
      conversationId: null,
      phone: await ownerPhone(tx, schoolId),
      body: alert,
      messageType: 'office_alert',
    });
    return true;
  });
  world.log.error({ turn: 'text', school: schoolId, outcome: 'poison', err: fault });
  await world.alarms.set(alarms, now).catch(() => {});
  return kept ? 'handled' : 'repeated';
}
