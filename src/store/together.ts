import type { LessonFact } from '../../flows/vocabulary';
import { FROM, LESSON } from './lessons';
import { rows, type Tx } from './sql';

/** All lessons whose deposits were asked for under one reference, whatever became of them, earliest first. */
export function lessonsOfReference(tx: Tx, schoolId: string, reference: string): Promise<LessonFact[]> {
  return rows<LessonFact>(
    tx,
    `select ${LESSON} ${FROM} where l.school_id = ? and d.payid_reference = ? and l.id in (
       select lesson_id from payment_deposits where school_id = ? and payid_reference = ?) order by l.start_time, student`,
    [schoolId, reference, schoolId, reference],
  );
}

/** The lessons that one credit of the bank paid, this one among them, earliest first. */
export function lessonsPaidWith(tx: Tx, schoolId: string, lessonId: string): Promise<LessonFact[]> {
  return rows<LessonFact>(
    tx,
    `select ${LESSON} ${FROM} where l.school_id = ? and l.id in (
       select other.lesson_id from payment_deposits mine
       join payment_deposits other on other.school_id = mine.school_id and other.paid_by = mine.paid_by
       where mine.school_id = ? and mine.lesson_id = ?) order by l.start_time, student`,
    [schoolId, schoolId, lessonId],
  );
}
