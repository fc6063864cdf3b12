import { addDays, daysBetween, type LocalDate, mondayOf, weekdayOf } from './time';

/** What recurs, on the school's calendar: weekdays (1 = Monday) of every week, or of every second. */
export type Pattern = {
  weekdays: number[];
  /** The first day that may be one of them. */
  from: LocalDate;
  everyWeeks: number;
  /** How often each weekday comes; null: until the end. */
  times: number | null;
  /** The last day that may be one of them. */
  until: LocalDate | null;
};

/** No pattern is followed further than this. */
const AT_MOST = 60;

/** The days of a pattern in their order. A wall-clock time on each of them is right across a clock change. */
export function daysOf({ weekdays, from, everyWeeks, times, until }: Pattern): LocalDate[] {
  const first = Array.from({ length: 7 }, (_, n) => addDays(from, n)).find((date) =>
    weekdays.includes(weekdayOf(date)),
  );
  if (!first) return [];
  const wanted = Math.min(times === null ? AT_MOST : times * weekdays.length, AT_MOST);
  const week = mondayOf(first);
  const days: LocalDate[] = [];
  for (let date = first; days.length < wanted && (until === null || date <= until); date = addDays(date, 1)) {
    const weeksOn = daysBetween(week, mondayOf(date)) / 7;
    if (weekdays.includes(weekdayOf(date)) && weeksOn % everyWeeks === 0) days.push(date);
  }
  return days;
}

/** How often a weekday can come, from `first` on, when nothing is booked after `last`; 0 when not even once. */
export function timesUntil(first: LocalDate, last: LocalDate, everyWeeks: number): number {
  return Math.max(Math.floor(daysBetween(first, last) / (7 * everyWeeks)) + 1, 0);
}

/** Days as a pattern that they follow, with those that it leaves out; null when they follow none. */
export function patternOf(
  days: readonly LocalDate[],
): { weekdays: number[]; everyWeeks: number; except: LocalDate[] } | null {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last || days.length < 3) return null;
  const weekdays = [...new Set(days.map(weekdayOf))].sort();
  const fit = [2, 1].map((everyWeeks) => {
    const all = daysOf({ weekdays, from: first, everyWeeks, times: null, until: last });
    const covers = days.every((day) => all.includes(day));
    return { weekdays, everyWeeks, except: all.filter((day) => !days.includes(day)), covers };
  });
  const best = fit.find((one) => one.covers && one.except.length < days.length);
  return best ? { weekdays, everyWeeks: best.everyWeeks, except: best.except } : null;
}
