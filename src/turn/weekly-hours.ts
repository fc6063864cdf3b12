import type { Offer } from '../../flows/vocabulary';
import { localDateOf, weekSpan } from '../domain/time';
import type { Whereabouts } from '../domain/travel';
import { isOverCap } from '../domain/week-hours';
import { lessonsBetween } from '../store/lessons';
import { maxHoursOf } from '../store/weekly-hours';
import { Overtaken, type Turn } from './turn';

/**
 * The instructor's weekly hours, which no constraint can see: asked again under the instructor's lock before a lesson is
 * written or moved, so that of two at once the second runs again and is told that the week is full.
 */
export async function keepWeeklyHours(
  { tx, facts, now }: Pick<Turn, 'tx' | 'facts' | 'now'>,
  slot: Pick<Offer, 'instructorId' | 'startsAt' | 'endsAt'>,
  going: Whereabouts,
  exceptLessonId: string | null,
): Promise<void> {
  const { id, policy, zone } = facts.school;
  const week = weekSpan(localDateOf(slot.startsAt, zone), zone);
  const all = await lessonsBetween(tx, id, slot.instructorId, week.startsAt, week.endsAt, now);
  const others = all.filter((one) => one.id !== exceptLessonId);
  const lesson = { ...going, startsAt: slot.startsAt, endsAt: slot.endsAt };
  if (isOverCap(lesson, others, (await maxHoursOf(tx, id, slot.instructorId)) * 60, policy, zone))
    throw new Overtaken("the instructor's week is full");
}
