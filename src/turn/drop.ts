import type { LessonFact } from '../../flows/vocabulary';
import { insertCharge } from '../store/charges';
import { insertCredit } from '../store/deposits';
import { cancelLesson } from '../store/lessons';
import { freedBy } from './freed';
import { costOf } from './price';
import { Overtaken, type Turn } from './turn';

/** The slot is free at once; the policy says what of a paid deposit becomes credit, what is kept and what is owed. */
export async function dropLesson(turn: Turn, lesson: LessonFact): Promise<void> {
  const { tx, facts, now } = turn;
  const { school } = facts;
  const { chargeCents, creditCents, owingCents } = costOf(lesson, school, now);
  if (!(await cancelLesson(tx, school.id, lesson.id, 'student', now))) throw new Overtaken('the lesson has changed');
  await freedBy(turn, lesson);
  const { id: lessonId, studentId } = lesson;
  if (creditCents > 0) {
    const credit = { studentId, amountCents: creditCents, reason: 'dropped in time', lessonId, transactionId: null };
    await insertCredit(tx, school.id, credit, now);
  }
  if (chargeCents > 0) {
    const charge = { studentId, lessonId, amountCents: chargeCents, keptCents: chargeCents - owingCents };
    await insertCharge(tx, school.id, charge, now);
  }
}
