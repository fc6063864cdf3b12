import type { Role } from '../flows/heard';
import { FLOW_VERSION } from '../flows/machines';
import { carryOut, Overtaken, queue, type Turn } from './carry-out';
import type { Inbound } from './channels/inbound';
import { askedIn, atRest, type Place, placeFrom, stateName } from './conversation/place';
import { render } from './conversation/render';
import { type Step, stepOfEvent, stepOfText } from './conversation/step';
import { understand } from './conversation/understand';
import { maskCodes } from './domain/codes';
import { factsForEvent, factsForText } from './facts';
import { heardByTheCarrier } from './opt-out';
import { keepPoison } from './poison';
import { type Conversation, lockConversation, lockConversationById, savePlace } from './store/conversations';
import { inSchool } from './store/database';
import { endEvent, openEvent } from './store/events';
import { insertInbound, isNewSid } from './store/messages';
import { schoolOfNumber } from './store/schools';
import { loadSpeaker, type Speaker } from './store/speaker';
import type { Alarm, Trace, World } from './world';

/** What became of an inbound message. */
export type Taken = 'handled' | 'repeated' | 'unknown_school';

const TRIES = 3;
/** Exclusion, serialisation and deadlock: someone else was first. */
const LOST = new Set(['23P01', '40001', '40P01']);

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

/** One happening that has fallen due, for the conversation it belongs to. False when it was done before. */
export async function turnOfEvent(world: World, schoolId: string, eventId: string): Promise<boolean> {
  const now = await world.now();
  return again(() => oneEvent(world, schoolId, eventId, now));
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
    const body = speaker.codeOpen ? maskCodes(inbound.text) : inbound.text;
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
    const carrier = await heardByTheCarrier(turn, speaker, inbound);
    if (carrier) return { ...unmoved(place), commands: [{ kind: carrier }] };
    if (conversation.takenOverAt !== null) return { ...unmoved(place), commands: [{ kind: 'left_to_a_person' }] };
    return answer({ ...turn, speaker, place, restarted }, inbound);
  });
  if (!line) return 'repeated';
  const trace = {
    schoolId,
    phone: inbound.from,
    cause: { kind: 'text', sid: inbound.providerSid },
    at: now,
    ...line,
  } as const;
  await afterCommit(world, trace, alarms, began);
  return 'handled';
}

type Open = Omit<Turn, 'facts'> & { speaker: Speaker; place: Place; restarted: boolean };

async function answer(open: Open, inbound: Inbound) {
  const { world, tx, conversation, speaker, place, now } = open;
  const { school } = speaker;
  const understood = understand(inbound.text, {
    role: place.role,
    asked: askedIn(place, school.zone, speaker.codeOpen),
    now,
    zone: school.zone,
    state: school.state,
    instructors: speaker.instructors.map((one) => one.name),
    lessonTypes: speaker.lessonTypes.map((type) => type.name),
  });
  const facts = await factsForText(world, tx, speaker, place, understood, inbound.text, now);
  const step = stepOfText(place, understood, facts, now);
  if (open.restarted && step.said.length > 0) step.said.unshift({ key: 'forgotten', values: {} });
  if (inbound.media > 0 && inbound.text.trim() === '') step.said = [{ key: 'only_text', values: {} }];
  const reply = await settle({ world, tx, conversation, facts, alarms: open.alarms, now }, step, 'reply');
  return { understood, from: stateName(place.value), ...moved(step), reply };
}

async function oneEvent(world: World, schoolId: string, eventId: string, now: number): Promise<boolean> {
  const began = performance.now();
  const alarms: Alarm[] = [];
  const line = await inSchool(world.db, schoolId, async (tx) => {
    const seen = await openEvent(tx, schoolId, eventId);
    if (!seen || seen.dueAt > now) return null;
    const conversation = await lockConversationById(tx, schoolId, seen.conversationId);
    const event = await openEvent(tx, schoolId, eventId);
    if (!event || !conversation) return null;
    const speaker = await loadSpeaker(tx, schoolId, conversation.phone);
    const { place } = placeFrom(conversation.place, conversation.flowVersion, 'student');
    const facts = await factsForEvent(world, tx, speaker, event.lessonId);
    const stands = event.key.startsWith('lesson:') ? stillAbout(event.key, facts.lesson?.startsAt) : true;
    const step = stands ? stepOfEvent(place, event.kind, facts, now) : { place, said: [], asks: null, commands: [] };
    const reply = await settle(
      { world, tx, conversation, facts, alarms, now },
      { ...step, place: conversationPlace(conversation, step.place) },
      event.kind,
    );
    await endEvent(
      tx,
      schoolId,
      eventId,
      step.commands.map((command) => command.kind).join(' ') || (step.said.length > 0 ? 'said' : 'nothing to do'),
      now,
    );
    const cause = { kind: 'event' as const, id: eventId, event: event.kind };
    return { phone: conversation.phone, cause, understood: null, from: stateName(place.value), ...moved(step), reply };
  });
  if (!line) return false;
  await afterCommit(world, { schoolId, at: now, ...line }, alarms, began);
  return true;
}

/** Writes what a step decided: its commands, its reply as a text to be sent, and where the conversation now stands. */
async function settle(turn: Turn, step: Step, messageType: string): Promise<string> {
  for (const command of step.commands) await carryOut(turn, command);
  const { conversation, facts, tx, now } = turn;
  const body =
    conversation.optedOutAt && !step.commands.some((one) => one.kind === 'opt_in')
      ? ''
      : render(step.said, step.asks, step.place.memory, turn.facts);
  if (body)
    await queue(turn, {
      conversationId: conversation.id,
      phone: conversation.phone,
      body,
      messageType,
      lessonId: facts.lesson?.id ?? null,
    });
  await savePlace(tx, facts.school.id, conversation.id, step.place, FLOW_VERSION, now);
  return body;
}

/** What the trace says of a step. */
const moved = (step: Step) => ({
  to: stateName(step.place.value),
  templates: [...step.said.map((said) => `say.${said.key}`), ...(step.asks ? [`ask.${step.asks}`] : [])],
  commands: step.commands,
});

const unmoved = ({ value }: Place) => ({
  understood: null,
  from: stateName(value),
  to: stateName(value),
  templates: [],
  reply: '',
});

/** Alarms are set, those who look on are told, and the one log line of the turn is written: ids and names of steps only. */
async function afterCommit(world: World, trace: Trace, alarms: Alarm[], began: number): Promise<void> {
  await nudge(world, alarms, trace.at);
  world.observe(trace);
  world.log.info({
    turn: trace.cause.kind,
    school: trace.schoolId,
    ...(trace.cause.kind === 'event' ? { event: trace.cause.event } : { sid: trace.cause.sid }),
    heard: trace.understood?.readings.map((reading) => reading.intent).join('|'),
    from: trace.from,
    to: trace.to,
    commands: trace.commands.map((command) => command.kind).join(' '),
    ms: Math.round(performance.now() - began),
  });
}

/** A happening of a student leaves the place of a phone that now speaks in another role as it was. */
function conversationPlace(conversation: Conversation, place: Place): Place {
  const saved = conversation.place as Place;
  return saved.role === 'student' ? place : saved;
}

/** Keys of a lesson's happenings name the start they were planned for: `lesson:<id>:<start>:...`. */
function stillAbout(key: string, startsAt: number | undefined): boolean {
  const planned = Number(key.split(':')[2]);
  return Number.isNaN(planned) || planned === startsAt;
}

function roleOf(speaker: Speaker): Role {
  if (speaker.instructor) return 'instructor';
  return speaker.isOwner ? 'owner' : 'student';
}

/** Runs it again when someone else was first, each time with fresh facts. */
async function again<T>(once: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await once();
    } catch (fault) {
      const lost = fault instanceof Overtaken || LOST.has((fault as { code?: string }).code ?? '');
      if (!lost || tries >= TRIES) throw fault;
    }
  }
}

/** After the commit the alarms are set; one that is lost costs lateness only. */
async function nudge(world: World, alarms: Alarm[], now: number): Promise<void> {
  if (alarms.length === 0) return;
  await world.alarms
    .set(alarms, now)
    .catch((fault: unknown) => world.log.warn({ err: fault }, 'alarms not set; the sweep will find them'));
}

/** The database is away: nothing can be kept, so the sender is asked to try again. */
function isOutage(fault: unknown): boolean {
  const { code = '', name = '' } = fault as { code?: string; name?: string };
  return (
    /^(ECONN|ENOENT|EPIPE|57P0|08)/.test(code) ||
    name === 'KnexTimeoutError' ||
    /Connection terminated/.test(String(fault))
  );
}
