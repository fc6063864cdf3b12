import type { DateRange, LocalDate } from '../../../flows/heard';

const DAY = 86_400_000;

/** `YYYY-MM-DD` of a year, a month from 1 and a day; undefined when the calendar has no such day. */
export function dateOf(year: number, month: number, day: number): LocalDate | undefined {
  const at = new Date(Date.UTC(year, month - 1, day));
  if (at.getUTCFullYear() !== year || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return undefined;
  return at.toISOString().slice(0, 10);
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return days === 0 ? date : new Date(msOf(date) + days * DAY).toISOString().slice(0, 10);
}

/** The same day of a later month, or that month's last day. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const { year, month, day } = partsOf(date);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return dateOf(first.getUTCFullYear(), first.getUTCMonth() + 1, Math.min(day, last)) ?? date;
}

/** 1 = Monday ... 7 = Sunday. */
export function weekdayOf(date: LocalDate): number {
  // 1 January 1970 was a Thursday.
  return ((((msOf(date) / DAY + 3) % 7) + 7) % 7) + 1;
}

/** The Monday of the week that holds `date`. */
export function mondayOf(date: LocalDate): LocalDate {
  return addDays(date, 1 - weekdayOf(date));
}

export function partsOf(date: LocalDate): { year: number; month: number; day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

/** Every day of a range, at most 400. */
export function daysOf(range: DateRange): LocalDate[] {
  const days: LocalDate[] = [];
  for (let day = range.from; day <= range.to && days.length < 400; day = addDays(day, 1)) days.push(day);
  return days;
}

/** The first day on or after `from` that has this weekday. */
export function firstOn(from: LocalDate, weekday: number): LocalDate {
  return addDays(from, (weekday - weekdayOf(from) + 7) % 7);
}

/** The whole month, from 1 to its last day. */
export function monthRange(year: number, month: number): DateRange {
  const from = dateOf(year, month, 1) as LocalDate;
  return { from, to: addDays(addMonths(from, 1), -1) };
}

/** The next day and month on or after `today`; looks ahead far enough to find a 29 February. */
export function nextDayMonth(today: LocalDate, day: number, month: number): LocalDate | undefined {
  const { year } = partsOf(today);
  for (let y = year; y <= year + 8; y++) {
    const date = dateOf(y, month, day);
    if (date !== undefined && date >= today) return date;
  }
  return undefined;
}

/** The next day of a month ("the 5th") on or after `today`. */
export function nextDayOfMonth(today: LocalDate, day: number): LocalDate | undefined {
  const { year, month } = partsOf(today);
  for (let ahead = 0; ahead < 12; ahead++) {
    const y = year + Math.floor((month - 1 + ahead) / 12);
    const date = dateOf(y, ((month - 1 + ahead) % 12) + 1, day);
    if (date !== undefined && date >= today) return date;
  }
  return undefined;
}

function msOf(date: LocalDate): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)));
}
