import Holidays from 'date-holidays';
import type { LocalDate } from '../../../flows/heard';

/** The public holidays of a state of Australia from the first year to the last, both included; part-days are none. */
export function publicHolidays(state: string, firstYear: number, lastYear: number): LocalDate[] {
  const dates: LocalDate[] = [];
  for (let year = firstYear; year <= lastYear; year += 1) dates.push(...holidaysOf(state.toUpperCase(), year));
  return dates;
}

const known = new Map<string, LocalDate[]>();

function holidaysOf(state: string, year: number): LocalDate[] {
  const key = `${state} ${year}`;
  let dates = known.get(key);
  if (!dates) {
    // "2026-12-24 18:00:00" is an evening only: the school works that day.
    dates = new Holidays('AU', state, { types: ['public'] })
      .getHolidays(year)
      .filter((holiday) => holiday.date.slice(11) === '00:00:00')
      .map((holiday) => holiday.date.slice(0, 10));
    known.set(key, dates);
  }
  return dates;
}
