import type { LessonFact } from '../../flows/vocabulary';
import { DAY } from '../domain/time';
import { FROM, LESSON } from './lessons';
import { at, row, rows, type Tx } from './sql';

/** How far back a student may still mean a lesson that is gone. */
const REMEMBERED = 14 * DAY;

/** A student's lessons that are over, off, or whose hold ran out, of late or ahead; the latest first. */
export function lessonsGone(tx: Tx, schoolId: string, studentId: string, now: number): Promise<LessonFact[]> {
  return rows<LessonFact>(
    tx,
    `select ${LESSON} ${FROM} where l.school_id = ? and l.student_id = ? and l.start_time > ?
       and (l.status in ('cancelled', 'completed', 'in_progress') or (l.status = 'pending' and l.hold_expires_at <= ?))
     order by l.start_time desc limit 20`,
    [schoolId, studentId, at(now - REMEMBERED), at(now)],
  );
}

/** Lessons that a student has had, and their minutes. */
export async function lessonsDone(
  tx: Tx,
  schoolId: string,
  studentId: string,
): Promise<{ lessons: number; minutes: number }> {
  const found = await row<{ lessons: number; minutes: number }>(
    tx,
    `select count(*)::int as lessons, coalesce(sum(extract(epoch from end_time - start_time) / 60), 0)::int as minutes
     from lessons where school_id = ? and student_id = ? and learner_id is null and status = 'completed'`,
    [schoolId, studentId],
  );
  return found!;
}
