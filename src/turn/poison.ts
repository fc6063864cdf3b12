import { FLOW_VERSION } from '../../flows/machines';
import type { Inbound } from '../channels/inbound';
import { atRest } from '../conversation/place';
import { renderSaid } from '../conversation/render';
import { lockConversation } from '../store/conversations';
import { inSchool } from '../store/database';
import { insertInbound, isNewSid } from '../store/messages';
import { insertAlert } from '../store/people';
import { loadSpeaker } from '../store/speaker';
import type { World } from '../world';
import { plainFacts } from './facts';
import { queue } from './tell';
import type { Turn } from './turn';

/** A text that could not be handled is kept as failed, answered with a fixed sentence, and the office is told. */
export async function keepPoison(
  world: World,
  schoolId: string,
  inbound: Inbound,
  fault: unknown,
  now: number,
): Promise<'handled' | 'repeated'> {
  const alarms: Turn['alarms'] = [];
  const kept = await inSchool(world.db, schoolId, async (tx) => {
    const conversation = await lockConversation(
      tx,
      schoolId,
      inbound.from,
      { place: atRest('student'), flowVersion: FLOW_VERSION },
      now,
    );
    if (!(await isNewSid(tx, schoolId, inbound.providerSid, now))) return false;
    const speaker = await loadSpeaker(tx, schoolId, inbound.from);
    const text = {
      conversationId: conversation.id,
      phone: inbound.from,
      body: inbound.text,
      sid: inbound.providerSid,
      status: 'failed' as const,
      reason: 'could not be handled',
    };
    await insertInbound(tx, schoolId, text, now);
    await insertAlert(
      tx,
      schoolId,
      { conversationId: conversation.id, kind: 'fault', detail: 'a text could not be handled' },
      now,
    );
    const turn: Turn = { world, tx, conversation, facts: plainFacts(world, speaker, 'student'), alarms, now };
    const say = (key: 'fault' | 'office_fault', values = {}) => renderSaid({ key, values }, turn.facts);
    if (!conversation.optedOutAt)
      await queue(turn, {
        conversationId: conversation.id,
        phone: inbound.from,
        body: say('fault'),
        messageType: 'reply',
      });
    await queue(turn, {
      conversationId: null,
      phone: speaker.school.ownerPhone,
      body: say('office_fault', { who: inbound.from }),
      messageType: 'office_alert',
    });
    return true;
  });
  world.log.error({ turn: 'text', school: schoolId, outcome: 'poison', err: fault });
  await world.alarms.set(alarms, now).catch(() => {});
  return kept ? 'handled' : 'repeated';
}
