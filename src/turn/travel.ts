import type { LessonFact, Offer, PickupFact } from '../../flows/vocabulary';
import { DAY } from '../domain/time';
import { tooFar, type Whereabouts } from '../domain/travel';
import { lessonsBetween } from '../store/lessons';
import type { School } from '../store/speaker';
import type { Reads } from './reads';
import { Overtaken, type Turn } from './turn';

/**
 * The way from the lesson before and to the one after, which no constraint can see: asked again under the instructor's
 * lock before a lesson is written, so that of two at once the second runs again and is offered what is left.
 */
export async function keepTravelTime(
  turn: Turn,
  slot: Offer,
  going: Whereabouts,
  exceptLessonId: string | null,
): Promise<void> {
  const { tx, facts, now } = turn;
  const { id, policy } = facts.school;
  if (policy.travel.length === 0) return;
  const near = await lessonsBetween(tx, id, slot.instructorId, slot.startsAt - DAY, slot.endsAt + DAY, now);
  const others = near.filter((one) => one.id !== exceptLessonId);
  if (tooFar(policy, { ...going, startsAt: slot.startsAt, endsAt: slot.endsAt }, others))
    throw new Overtaken('the way from the next lesson is too far');
}

/** The first of the lessons that would lie too far from its neighbours with the new pick-up; null when all can be reached. */
export async function clashOf(
  reads: Reads,
  school: School,
  asked: Omit<PickupFact, 'clash'>,
): Promise<LessonFact | null> {
  if (school.policy.travel.length === 0) return null;
  for (const lesson of asked.lessons) {
    const near = await reads.lessonsBetween(lesson.instructorId, lesson.startsAt - DAY, lesson.endsAt + DAY);
    const others = near.filter((one) => one.id !== lesson.id && !asked.lessons.some((mine) => mine.id === one.id));
    if (tooFar(school.policy, { ...lesson, pickup: asked.place }, others)) return lesson;
  }
  return null;
}
