import { type Heard, ME } from '../../flows/heard';
import { wantedOf } from '../../flows/request';
import type { Facts, LessonFact, Offer, Wish } from '../../flows/vocabulary';
import { firstName } from '../domain/names';
import type { Instant } from '../domain/time';
import { wishEndsAt } from '../domain/waitlist';
import { matches, type Wanted } from '../domain/wanted';
import { instructorsOf, lessonTypeOf } from './named';

type People = Pick<Facts, 'lessonTypes' | 'instructors'> & { school: Pick<Facts['school'], 'zone' | 'policy'> };

/** A wish as it is written on the list: for which lesson, with whom, and when it ends by itself. */
export function entryFor(wish: Heard, people: People, now: Instant) {
  const { instructorId = null } = instructorsOf(wish, people.instructors);
  const lessonType = lessonTypeOf(wish, people.lessonTypes) ?? people.lessonTypes[0]!;
  const { policy, zone } = people.school;
  return { lessonTypeId: lessonType.id, instructorId, endsAt: wishEndsAt(wantedOf(wish, {}), policy, zone, now) };
}

/** The wish in the terms of the slot search; whoever was named stays the one, whatever they are called by now. */
export function wantedByWish({ wish, instructorId }: Pick<Wish, 'wish' | 'instructorId'>, people: People): Wanted {
  const { excludeInstructorId } = instructorsOf(wish, people.instructors);
  return wantedOf(wish, { ...(instructorId && { instructorId }), ...(excludeInstructorId && { excludeInstructorId }) });
}

/** The lessons in which the one who waits would be twice: their own, and, where nobody was named, all of that phone. */
export const lessonsInTheWay = ({ wish }: Pick<Wish, 'wish'>, lessons: LessonFact[]): LessonFact[] =>
  wish.learner === undefined
    ? lessons
    : lessons.filter((one) =>
        wish.learner === ME
          ? one.learner === null
          : firstName(one.learner ?? '').toLowerCase() === firstName(wish.learner!).toLowerCase(),
      );

/** A lesson at that slot is what was wished for; where no length was said any will do, and where nobody was named for whomever. */
export function isMetBy(wish: Wish, slot: Offer, people: People): boolean {
  const anyLength = wish.wish.durationMinutes === undefined && wish.wish.lessonType === undefined;
  if (!anyLength && slot.lessonTypeId !== wish.lessonTypeId) return false;
  if (wish.wish.learner !== undefined && !isFor(wish.wish.learner, slot)) return false;
  return matches(wantedByWish(wish, people), slot, people.school.zone);
}

const isFor = (said: string, { learner }: Offer) =>
  said === ME ? learner === undefined : firstName(learner?.name ?? '').toLowerCase() === firstName(said).toLowerCase();
