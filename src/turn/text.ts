import type { Understood } from '../../flows/heard';
import { FLOW_VERSION } from '../../flows/machines';
import type { Inbound } from '../channels/inbound';
import { atRest, type Place, placeFrom, stateName } from '../conversation/place';
import { stepOfText } from '../conversation/step';
import { maskCodes } from '../domain/codes';
import { isOlderThanTheTurn } from '../domain/lateness';
import { lockConversation } from '../store/conversations';
import { inSchool } from '../store/database';
import { insertInbound, isNewSid } from '../store/messages';
import { isOurNumber, schoolOfNumber } from '../store/schools';
import { loadSpeaker, type Speaker } from '../store/speaker';
import type { Alarm, World } from '../world';
import { again, isOutage } from './again';
import { askWhatWaited } from './asking';
import { hasCrossed } from './crossing';
import { factsForText, plainFacts } from './facts';
import { heardAs, heardBeforeAsked, isForTheBot, isPerson, roleOf } from './hearing';
import { note, reachedLate } from './incoming';
import { heardByTheCarrier } from './opt-out';
import { keepPoison } from './poison';
import { readsOf } from './reads';
import { answeringReminder } from './reminded';
import { afterCommit, moved, settle, unmoved } from './settle';
import { flagSilence, likeOf, machineOf, silenced } from './silence';
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
  const fromAPerson = isPerson(inbound) && !(await isOurNumber(world.db, inbound.from));
  try {
    return await again(() => oneText(world, schoolId, inbound, fromAPerson, now));
  } catch (fault) {
    if (isOutage(fault)) throw fault;
    return keepPoison(world, schoolId, inbound, fault, now);
  }
}

async function oneText(
  world: World,
  schoolId: string,
  inbound: Inbound,
  fromAPerson: boolean,
  now: number,
): Promise<Taken> {
  const began = performance.now();
  const alarms: Alarm[] = [];
  const line = await inSchool(world.db, schoolId, async (tx) => {
    const atStart = { place: atRest('student'), flowVersion: FLOW_VERSION };
    const conversation = await lockConversation(tx, schoolId, inbound.from, atStart, now);
    if (!(await isNewSid(tx, schoolId, inbound.providerSid, now))) return null;
    const speaker = await loadSpeaker(tx, schoolId, inbound.from);
    const body = speaker.anyCodeOpen ? maskCodes(inbound.text) : inbound.text;
    const { from: phone, providerSid: sid } = inbound;
    const text = { conversationId: conversation.id, phone, body, sid, status: 'received', reason: null } as const;
    await insertInbound(tx, schoolId, text, now);
    const { place, restarted } = placeFrom(conversation.place, conversation.flowVersion, roleOf(speaker));
    const open = { world, tx, conversation, alarms, now, speaker, place, restarted, body };
    return fromAPerson ? fromPerson(open, inbound) : { ...unmoved(place), commands: [{ kind: 'not_a_person' }] };
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

export type Open = Omit<Turn, 'facts'> & { speaker: Speaker; place: Place; restarted: boolean; body: string };

/** What the carrier did comes first, then what no answer is due to; what is left is answered, by a person or by us. */
async function fromPerson(open: Open, inbound: Inbound) {
  const { world, tx, conversation, speaker, place, now } = open;
  const quiet = (kind: string) => ({ ...unmoved(place), commands: [{ kind }] });
  const turn: Turn = { ...open, facts: plainFacts(world, speaker, place.role, open.body) };
  const noted = (taken: Parameters<typeof note>[4]) => note(tx, speaker.school.id, conversation, inbound, taken, now);
  const carrier = await heardByTheCarrier(turn, speaker, inbound);
  if (carrier) {
    const optChanged = carrier === 'opt_in' || carrier === 'opt_out';
    await noted({ like: null, answered: carrier === 'opt_in', optChanged });
    return quiet(carrier);
  }
  const machine = await machineOf(tx, speaker.school.id, inbound);
  const writtenAt = inbound.at ?? now;
  const hear = writtenAt < place.memory.askedAt ? heardBeforeAsked : heardAs;
  const understood = hear(inbound.text, speaker, place, writtenAt);
  const like = likeOf(inbound.text, machine !== null || understood.readings[0].intent === 'unknown');
  const silence = await silenced(tx, conversation, speaker, like, now);
  await noted({ like, answered: !silence && !machine });
  if (silence) await flagSilence(turn, silence);
  if (silence || machine) return quiet(machine ?? silence!);
  if (conversation.takenOverAt !== null && !isForTheBot(understood, speaker)) return leftToAPerson(turn, place);
  if (isOlderThanTheTurn(inbound.at, conversation.heardAt))
    return { ...quiet('too_late'), reply: await reachedLate(turn, inbound) };
  const reminded = await answeringReminder(turn, speaker, place, inbound.text, understood);
  if (reminded?.kind === 'attends') return { ...quiet('attends'), reply: reminded.reply };
  return answer(open, reminded?.understood ?? understood, inbound);
}

async function answer(open: Open, understood: Understood, inbound: Inbound) {
  const { world, tx, conversation, speaker, place, now } = open;
  const reads = readsOf(tx, speaker.school.id, now);
  const facts = await factsForText(world, reads, speaker, place, understood, inbound.text, now);
  facts.crossed = await hasCrossed(reads, place, inbound.from, now - (inbound.waitedMs ?? 0));
  const step = stepOfText(place, understood, facts, now);
  if (open.restarted && step.said.length > 0) step.said.unshift({ key: 'forgotten', values: {} });
  if (inbound.media > 0 && inbound.text.trim() === '') step.said.push({ key: 'only_text', values: {} });
  const turn = { world, tx, conversation, facts, alarms: open.alarms, now };
  const reply = await settle(turn, step, 'reply');
  await askWhatWaited(turn, place, step.place);
  return { understood, from: stateName(place.value), ...moved(step), reply };
}

/** The office sees every word of a conversation that it has taken over. */
async function leftToAPerson(turn: Turn, place: Place) {
  const { facts, conversation } = turn;
  await tellOwner(turn, {
    key: 'office_text',
    values: { who: facts.student?.name ?? conversation.phone, words: shortened(facts.words) },
  });
  return { ...unmoved(place), commands: [{ kind: 'left_to_a_person' }] };
}
