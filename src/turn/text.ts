import type { Understood } from '../../flows/heard';
import { FLOW_VERSION } from '../../flows/machines';
import type { Inbound } from '../channels/inbound';
import { atRest, type Place, placeFrom, stateName } from '../conversation/place';
import { stepOfText } from '../conversation/step';
import { maskCodes } from '../domain/codes';
import { lockConversation } from '../store/conversations';
import { inSchool } from '../store/database';
import { insertInbound, isNewSid } from '../store/messages';
import { schoolOfNumber } from '../store/schools';
import { loadSpeaker, type Speaker } from '../store/speaker';
import type { Alarm, World } from '../world';
import { again, isOutage } from './again';
import { askWhatWaited } from './asking';
import { factsForText, plainFacts } from './facts';
import { heardAs, isForTheBot, isPerson, roleOf } from './hearing';
import { heardByTheCarrier } from './opt-out';
import { keepPoison } from './poison';
import { readsOf } from './reads';
import { afterCommit, moved, settle, unmoved } from './settle';
import { shortened, tellOwner } from './tell';
import type { Turn } from './turn';

/** What became of an inbound message. */
export type Taken = 'handled' | 'repeated' | 'unknown_school';

/**
 * One text, one transaction: understood, decided, written and answered, or not at all. A text that cannot be handled is
 * kept as failed and answered with a fixed sentence. Throws only when the database cannot be reached.
 */
export async function turnOfText(world: World, inbound: Inbound): Promise<Taken> {
  const schoolId = await schoolOfNumber(world.db, inbound.to);
  if (!schoolId) return 'unknown_school';
  const now = await world.now();
  try {
    return await again(() => oneText(world, schoolId, inbound, now));
  } catch (fault) {
    if (isOutage(fault)) throw fault;
    return keepPoison(world, schoolId, inbound, fault, now);
  }
}

async function oneText(world: World, schoolId: string, inbound: Inbound, now: number): Promise<Taken> {
  const began = performance.now();
  const alarms: Alarm[] = [];
  const line = await inSchool(world.db, schoolId, async (tx) => {
    const conversation = await lockConversation(
      tx,
      schoolId,
      inbound.from,
      { place: atRest('student'), flowVersion: FLOW_VERSION },
      now,
    );
    if (!(await isNewSid(tx, schoolId, inbound.providerSid, now))) return null;
    const speaker = await loadSpeaker(tx, schoolId, inbound.from);
    const body = speaker.anyCodeOpen ? maskCodes(inbound.text) : inbound.text;
    await insertInbound(
      tx,
      schoolId,
      {
        conversationId: conversation.id,
        phone: inbound.from,
        body,
        sid: inbound.providerSid,
        status: 'received',
        reason: null,
      },
      now,
    );
    const { place, restarted } = placeFrom(conversation.place, conversation.flowVersion, roleOf(speaker));
    const turn = { world, tx, conversation, alarms, now };
    if (!isPerson(inbound)) return { ...unmoved(place), commands: [{ kind: 'not_a_person' }] };
    const carrier = await heardByTheCarrier(turn, speaker, inbound);
    if (carrier) return { ...unmoved(place), commands: [{ kind: carrier }] };
    const open = { ...turn, speaker, place, restarted, understood: heardAs(inbound.text, speaker, place, now) };
    if (conversation.takenOverAt !== null && !isForTheBot(open.understood, speaker)) return leftToAPerson(open, body);
    return answer(open, inbound);
  });
  if (!line) return 'repeated';
  const trace = {
    schoolId,
    phone: inbound.from,
    cause: { kind: 'text', sid: inbound.providerSid },
    at: now,
    ...line,
  } as const;
  afterCommit(world, trace, alarms, began);
  return 'handled';
}

type Open = Omit<Turn, 'facts'> & { speaker: Speaker; place: Place; restarted: boolean; understood: Understood };

async function answer(open: Open, inbound: Inbound) {
  const { world, tx, conversation, speaker, place, understood, now } = open;
  const facts = await factsForText(
    world,
    readsOf(tx, speaker.school.id, now),
    speaker,
    place,
    understood,
    inbound.text,
    now,
  );
  const step = stepOfText(place, understood, facts, now);
  if (open.restarted && step.said.length > 0) step.said.unshift({ key: 'forgotten', values: {} });
  if (inbound.media > 0 && inbound.text.trim() === '') step.said.push({ key: 'only_text', values: {} });
  const turn = { world, tx, conversation, facts, alarms: open.alarms, now };
  const reply = await settle(turn, step, 'reply');
  await askWhatWaited(turn, place, step.place);
  return { understood, from: stateName(place.value), ...moved(step), reply };
}

/** The office sees every word of a conversation that it has taken over. */
async function leftToAPerson(open: Open, body: string) {
  const { world, speaker, conversation, place } = open;
  const turn: Turn = { ...open, facts: plainFacts(world, speaker, place.role) };
  await tellOwner(turn, {
    key: 'office_text',
    values: { who: speaker.student?.name ?? conversation.phone, words: shortened(body) },
  });
  return { ...unmoved(place), commands: [{ kind: 'left_to_a_person' }] };
}
