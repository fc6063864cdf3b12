import type { Command, Facts, LessonFact, Said } from '../../flows/vocabulary';
import { lessonInWords } from '../../flows/wording';
import { DAY } from '../domain/time';
import { lessonById } from '../store/lessons';
import { setLessonPickup, setPickup } from '../store/pickups';
import { tell } from './tell';
import type { Turn } from './turn';

/** A change for a lesson this near is told to its instructor at once; later ones stand in the schedule. */
const TOLD_WITHIN = 2 * DAY;

/** Writes where the student is picked up, and tells the instructors of the lessons that are near. */
export async function changePickup(
  turn: Turn,
  { place, lessons, always }: Command & { kind: 'set_pickup' },
): Promise<void> {
  const { tx, facts, now } = turn;
  const schoolId = facts.school.id;
  if (always) await setPickup(tx, schoolId, facts.student!.id, place);
  else
    await setLessonPickup(
      tx,
      schoolId,
      lessons.map((one) => one.id),
      place,
    );
  for (const before of lessons.filter((one) => isNear(one, now))) {
    const lesson = await lessonById(tx, schoolId, before.id);
    if (!lesson || lesson.pickup === before.pickup) continue;
    await tell(turn, lesson.instructorPhone, toldPickup(lesson, facts), 'instructor_notice', lesson.id);
  }
}

export const isNear = (lesson: LessonFact, now: number) => lesson.startsAt <= now + TOLD_WITHIN;

export const toldPickup = (lesson: LessonFact, facts: Facts): Said => ({
  key: 'told_pickup',
  values: {
    slot: lessonInWords(lesson, facts).replace(/ with [^,]*$/, ''),
    student: lesson.student,
    place: lesson.pickup ?? '',
  },
});
