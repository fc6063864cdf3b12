import { FLOW_VERSION } from '../../flows/machines';
import type { Facts, LessonFact, Said } from '../../flows/vocabulary';
import { lessonInWords } from '../../flows/wording';
import { atRest } from '../conversation/place';
import { planFor } from '../domain/plan';
import { lockConversation } from '../store/conversations';
import { inSchool } from '../store/database';
import { insertEvent } from '../store/events';
import { lessonById } from '../store/lessons';
import { lessonIsWaiting, moveOpenEvent, takePlan } from '../store/reminders';
import { loadSpeaker } from '../store/speaker';
import type { Alarm, World } from '../world';
import { plainFacts } from './facts';
import { conversationOf } from './tell';
import type { Turn } from './turn';

/** Writes what falls due because a lesson stands as it does, as events; what was planned for it before moves along. */
export async function planLesson(turn: Turn, lessonId: string): Promise<void> {
  const { tx, facts, now } = turn;
  const { policy, zone, id: schoolId } = facts.school;
  await takePlan(tx, schoolId, lessonId);
  const lesson = await lessonById(tx, schoolId, lessonId);
  if (!lesson) return;
  const conversationId = await conversationOf(turn, lesson.studentPhone);
  for (const planned of planFor(lesson, policy, zone, now)) {
    const { key, dueAt } = planned;
    const kind = planned.what === 'reminder' ? 'reminder_due' : planned.kind;
    const payload = planned.what === 'reminder' ? { before: planned.minutesBefore, until: planned.expiresAt } : {};
    const id = await insertEvent(tx, schoolId, { conversationId, kind, key, lessonId, payload, dueAt }, now);
    if (id) turn.alarms.push({ kind: 'event', schoolId, id, dueAt });
    else if (dueAt > now) await moveOpenEvent(tx, schoolId, key, dueAt);
  }
}

/** Plans a lesson that was written or changed without being planned: brought in by a file, by SQL, by new rules. */
export async function planUnasked(world: World, schoolId: string, lessonId: string): Promise<void> {
  const now = await world.now();
  const alarms: Alarm[] = [];
  await inSchool(world.db, schoolId, async (tx) => {
    const lesson = await lessonById(tx, schoolId, lessonId);
    const atStart = { place: atRest('student'), flowVersion: FLOW_VERSION };
    const phone = lesson?.studentPhone;
    const conversation = phone ? await lockConversation(tx, schoolId, phone, atStart, now) : null;
    if (!conversation || !(await lessonIsWaiting(tx, schoolId, lessonId))) return takePlan(tx, schoolId, lessonId);
    const facts = plainFacts(world, await loadSpeaker(tx, schoolId, conversation.phone), 'student');
    await planLesson({ world, tx, conversation, facts, alarms, now }, lessonId);
  });
  await world.alarms.set(alarms, now).catch(() => {});
}

export const reminderSaid = (lesson: LessonFact, facts: Facts): Said => ({
  key: 'reminder',
  values: { school: facts.school.name, slot: lessonInWords(lesson, facts) },
});
