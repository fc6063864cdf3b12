import type { Facts, LessonFact, Said } from '../../flows/vocabulary';
import { lessonInWords } from '../../flows/wording';
import { renderSaid } from '../conversation/render';
import { planFor } from '../domain/plan';
import { insertEvent } from '../store/events';
import { lessonById } from '../store/lessons';
import { insertOutgoing } from '../store/messages';
import { conversationOf } from './tell';
import type { Turn } from './turn';

/** Writes what falls due because a lesson stands as it does: reminders as texts, the rest as events. */
export async function planLesson(turn: Turn, lessonId: string): Promise<void> {
  const { tx, facts, now } = turn;
  const { policy, zone, id: schoolId } = facts.school;
  const lesson = await lessonById(tx, schoolId, lessonId);
  if (!lesson) return;
  const conversation = await conversationOf(turn, lesson.studentPhone);
  for (const planned of planFor(lesson, policy, zone, now)) {
    if (planned.what === 'event') {
      const id = await insertEvent(
        tx,
        schoolId,
        { conversationId: conversation, kind: planned.kind, key: planned.key, lessonId, dueAt: planned.dueAt },
        now,
      );
      if (id) turn.alarms.push({ kind: 'event', schoolId, id, dueAt: planned.dueAt });
      continue;
    }
    const id = await insertOutgoing(
      tx,
      schoolId,
      {
        conversationId: conversation,
        phone: lesson.studentPhone,
        body: renderSaid(reminderSaid(lesson, facts)),
        messageType: `reminder_${planned.minutesBefore % 60 === 0 ? `${planned.minutesBefore / 60}h` : `${planned.minutesBefore}min`}`,
        lessonId,
        dueAt: planned.dueAt,
        expiresAt: planned.expiresAt,
        lessonStart: lesson.startsAt,
        key: planned.key,
      },
      now,
    );
    if (id) turn.alarms.push({ kind: 'message', schoolId, id, dueAt: planned.dueAt });
  }
}

export const reminderSaid = (lesson: LessonFact, facts: Facts): Said => ({
  key: 'reminder',
  values: { school: facts.school.name, slot: lessonInWords(lesson, facts) },
});
