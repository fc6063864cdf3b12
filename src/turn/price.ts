import type { LessonFact } from '../../flows/vocabulary';
import { publicHolidays } from '../conversation/dates/public-holidays';
import { type CancellationCost, cancellationCost } from '../domain/money';
import { localDateOf } from '../domain/time';
import type { School } from '../store/speaker';

/** What dropping or moving a lesson costs now. Only a deposit that has landed can be kept or given back. */
export function costOf(lesson: LessonFact, school: School, now: number): CancellationCost {
  const priced = {
    startsAt: lesson.startsAt,
    priceCents: lesson.priceCents,
    depositCents: lesson.depositStatus === 'confirmed' ? lesson.depositCents : 0,
    lessonType: lesson.lessonType,
  };
  const cost = cancellationCost(school.policy, priced, now, school.zone, holidaysBefore(lesson, school));
  // A hold that was never paid is given up for nothing.
  return lesson.status === 'pending' ? { ...cost, chargeCents: 0, owingCents: 0 } : cost;
}

/** The holidays that a rule in business days may have to step over, by the school's state. */
function holidaysBefore(lesson: LessonFact, { policy, state, zone }: School): string[] {
  if (!policy.cancellation.tiers.some((tier) => tier.until.kind === 'businessDays')) return [];
  const year = Number(localDateOf(lesson.startsAt, zone).slice(0, 4));
  return publicHolidays(state, year - 1, year);
}
