import type { Command, Facts, LessonFact, Said } from '../../flows/vocabulary';
import { lessonInWords } from '../../flows/wording';
import { dollars } from '../domain/labels';
import { insertCredit } from '../store/deposits';
import { cancelLesson } from '../store/lessons';
import { endTimeOff } from '../store/time-off';
import { slotFreed } from './freed';
import { tell } from './tell';
import { Overtaken, type Turn } from './turn';

/** Worked after all: who waits for a lesson then is asked. */
export async function endOff(turn: Turn, { instructorId, spans }: Command & { kind: 'end_off' }): Promise<void> {
  const { tx, facts, now } = turn;
  for (const freed of await endTimeOff(tx, facts.school.id, instructorId, spans, now)) {
    const startsAt = Math.max(freed.startsAt, now);
    await slotFreed(turn, facts.school.id, { ...freed, startsAt, instructorId }, `off:${instructorId}:${startsAt}`);
  }
}

/** The instructor cannot come: each lesson is over at no cost, a paid deposit stays as credit, and the student is told. */
export async function callOff(turn: Turn, lessons: readonly LessonFact[]): Promise<void> {
  const { tx, facts, now } = turn;
  for (const lesson of lessons) {
    const { id: lessonId, studentId, studentPhone } = lesson;
    if (!(await cancelLesson(tx, facts.school.id, lessonId, 'instructor', now)))
      throw new Overtaken('the lesson has changed');
    const amountCents = keptOf(lesson);
    const credit = { studentId, amountCents, reason: CALLED_OFF, lessonId, transactionId: null };
    if (amountCents > 0) await insertCredit(tx, facts.school.id, credit, now);
    await tell(turn, studentPhone, calledOff(lesson, facts), 'called_off', lessonId);
  }
}

export const CALLED_OFF = 'the instructor could not come';

/** What was paid for a lesson that is called off. */
export const keptOf = ({ depositStatus, depositCents }: LessonFact) =>
  depositStatus === 'confirmed' ? depositCents : 0;

export const calledOff = (lesson: LessonFact, facts: Facts): Said => ({
  key: keptOf(lesson) > 0 ? 'told_called_off_credit' : 'told_called_off',
  values: {
    instructor: lesson.instructor,
    slot: lessonInWords(lesson, facts).replace(/ with [^,]*?(?= for |$)/, ''),
    deposit: dollars(keptOf(lesson)),
  },
});
