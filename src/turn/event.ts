import { type Place, placeFrom, stateName } from '../conversation/place';
import { stepOfEvent } from '../conversation/step';
import { type Conversation, lockConversationById } from '../store/conversations';
import { inSchool } from '../store/database';
import { endEvent, openEvent } from '../store/events';
import { loadSpeaker } from '../store/speaker';
import type { Alarm, World } from '../world';
import { again } from './again';
import { waitsToBeAsked } from './asking';
import { factsForEvent, plainFacts } from './facts';
import { offerFreed } from './freed';
import { summarise } from './notices';
import { readsOf } from './reads';
import { remind } from './remind';
import { afterCommit, moved, nudge, settle, unmoved } from './settle';

/** One happening that has fallen due, for the conversation it belongs to. False when it was done before. */
export async function turnOfEvent(world: World, schoolId: string, eventId: string): Promise<boolean> {
  const now = await world.now();
  return again(() => oneEvent(world, schoolId, eventId, now));
}

async function oneEvent(world: World, schoolId: string, eventId: string, now: number): Promise<boolean> {
  const began = performance.now();
  const alarms: Alarm[] = [];
  const line = await inSchool(world.db, schoolId, async (tx) => {
    const seen = await openEvent(tx, schoolId, eventId);
    if (!seen || seen.dueAt > now) return null;
    if (seen.conversationId === null) {
      await offerFreed({ tx, alarms, now }, schoolId, seen);
      return null;
    }
    const conversation = await lockConversationById(tx, schoolId, seen.conversationId);
    const event = await openEvent(tx, schoolId, eventId);
    if (!event || event.dueAt > now || !conversation) return null;
    const speaker = await loadSpeaker(tx, schoolId, conversation.phone);
    const { place } = placeFrom(conversation.place, conversation.flowVersion, 'student');
    const cause = { kind: 'event' as const, id: eventId, event: event.kind };
    const write = WRITTEN[event.kind];
    if (write) {
      const plain = plainFacts(world, speaker, 'student');
      const { outcome, reply } = await write({ world, tx, conversation, facts: plain, alarms, now }, event);
      await endEvent(tx, schoolId, eventId, outcome, now);
      return { phone: conversation.phone, cause, ...unmoved(place), commands: [{ kind: event.kind }], reply };
    }
    const facts = await factsForEvent(world, readsOf(tx, schoolId, now), speaker, event, conversation, now);
    if (await waitsToBeAsked({ tx, alarms, now }, place, event, facts)) return null;
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
    return { phone: conversation.phone, cause, understood: null, from: stateName(place.value), ...moved(step), reply };
  });
  if (!line) {
    nudge(world, alarms, now);
    return false;
  }
  afterCommit(world, { schoolId, at: now, ...line }, alarms, began);
  return true;
}

/** Reminders and summaries ask nothing of the machine: they are written from the diary. */
const WRITTEN: Record<string, typeof remind | undefined> = { reminder_due: remind, lesson_notice: summarise };

/** A happening of a student leaves the place of a phone that now speaks in another role as it was. */
export function conversationPlace(conversation: Pick<Conversation, 'place'>, place: Place): Place {
  const saved = conversation.place as Place;
  return saved.role === 'student' ? place : saved;
}

/** Keys of a lesson's happenings name the start they were planned for: `lesson:<id>:<start>:...`. */
export function stillAbout(key: string, startsAt: number | undefined): boolean {
  const planned = Number(key.split(':')[2]);
  return Number.isNaN(planned) || planned === startsAt;
}
