import type { LessonFact, Said } from '../../flows/vocabulary';
import { lessonInWords } from '../../flows/wording';
import { renderSaid } from '../conversation/render';
import { reasonNotToRemind, reminderKey } from '../domain/plan';
import { MINUTE } from '../domain/time';
import { type EventRow, endEvent } from '../store/events';
import { lessonById, lessonsAheadOfStudent } from '../store/lessons';
import { insertTold, markReminded, openAmong } from '../store/reminders';
import { reminderSaid } from './plan';
import { queue } from './tell';
import type { Turn } from './turn';

/** A reminder that has fallen due is written as the lessons stand now, so that one that has moved or gone is not spoken of. */
export async function remind(turn: Turn, event: EventRow): Promise<{ outcome: string; reply: string }> {
  const { tx, facts, conversation, now } = turn;
  const schoolId = facts.school.id;
  const before = Number(event.payload.before);
  const due = { key: event.key, minutesBefore: before, expiresAt: Number(event.payload.until) };
  const { policy, zone } = facts.school;
  const lesson = event.lessonId ? await lessonById(tx, schoolId, event.lessonId, true) : null;
  const because = reasonNotToRemind(due, lesson, policy, zone, now);
  if (because || !lesson) return { outcome: because ?? 'nothing to do', reply: '' };
  const others = await together(turn, lesson, before);
  for (const other of others) await endEvent(tx, schoolId, other.eventId, 'told with another', now);
  const lessons = [lesson, ...others.map((other) => other.lesson)].sort((a, b) => a.startsAt - b.startsAt);
  await markReminded(
    tx,
    schoolId,
    lessons.map((one) => one.id),
    now,
  );
  const body = renderSaid(others.length === 0 ? reminderSaid(lesson, facts) : severalSaid(turn, lessons));
  const id = await queue(turn, {
    conversationId: conversation.id,
    phone: conversation.phone,
    body,
    messageType: before % 60 === 0 ? `reminder_${before / 60}h` : `reminder_${before}min`,
    lessonId: lesson.id,
    expiresAt: Math.min(due.expiresAt, ...others.map((other) => other.until)),
    lessonStart: lesson.startsAt,
    key: event.key,
  });
  if (id && others.length > 0) await insertTold(tx, schoolId, id, [{ eventId: event.id, lesson }, ...others]);
  return { outcome: 'said', reply: body };
}

/** Other lessons of the phone that are close by and are to be reminded of as long before. */
async function together(turn: Turn, lesson: LessonFact, before: number) {
  const { tx, facts, now } = turn;
  const span = facts.school.policy.remindTogetherMinutes * MINUTE;
  const close = (await lessonsAheadOfStudent(tx, facts.school.id, lesson.studentId, now)).filter(
    (one) => one.id !== lesson.id && one.status === 'confirmed' && Math.abs(one.startsAt - lesson.startsAt) <= span,
  );
  if (close.length === 0) return [];
  const keys = new Map(close.map((one) => [reminderKey(one, before), one]));
  const open = await openAmong(tx, facts.school.id, [...keys.keys()]);
  return open.map(({ id, key, until }) => ({ eventId: id, lesson: keys.get(key)!, until }));
}

const severalSaid = ({ facts }: Turn, lessons: LessonFact[]): Said => ({
  key: 'reminder_several',
  values: { school: facts.school.name, slots: lessons.map((one) => lessonInWords(one, facts)).join('\n') },
});
