import type { LocalDate } from '../../flows/heard';
import type { Facts } from '../../flows/vocabulary';
import { publicHolidays } from './dates/public-holidays';

/** The days on which the school is closed by its policy; the state says which public holidays there are. */
export function closedDays(
  { state, policy: { closed } }: Pick<Facts['school'], 'state' | 'policy'>,
  days: { from: LocalDate; to: LocalDate },
): Set<LocalDate> {
  const [first, last] = [days.from, days.to].map((date) => Number(date.slice(0, 4)));
  const holidays = closed.publicHolidays ? publicHolidays(state, first!, last!) : [];
  return new Set([...closed.dates, ...holidays]);
}
