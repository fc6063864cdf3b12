import type { Policy } from './policy';
import { addDays, daysBetween, type Instant, instantOf, localDateOf, localTimeOf } from './time';

type Rules = Pick<Policy, 'instructorNotices'>;

/** A lesson this near is spoken of at once: on one of the next days, counted on the school's calendar. */
export function isToldAtOnce(startsAt: Instant, { instructorNotices }: Rules, zone: string, now: Instant): boolean {
  return daysBetween(localDateOf(now, zone), localDateOf(startsAt, zone)) <= instructorNotices.daysAtOnce;
}

/** When the next evening summary is due. */
export function summaryDue({ instructorNotices: { summaryAt } }: Rules, zone: string, now: Instant): Instant {
  const today = localDateOf(now, zone);
  return instantOf(localTimeOf(now, zone) < summaryAt ? today : addDays(today, 1), summaryAt, zone);
}
