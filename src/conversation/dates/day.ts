import type { DateRange, LocalDate } from '../../../flows/heard';

/** One meaning of a phrase about days. `weekdays` when no week is named ("any tuesday"). */
export type DayMeaning = { date: LocalDate } | { dates: LocalDate[] } | { range: DateRange } | { weekdays: number[] };

/**
 * A phrase about days and everything it can mean, best first. `form` is how it was said: only a bare weekday joins with a week
 * ("tues next week") or a date ("tues 25/11"), and only an ordinal can be an option ("2nd").
 */
export type DayPhrase = {
  meanings: DayMeaning[];
  form: 'weekday' | 'date' | 'ordinal' | 'relative' | 'span' | 'weekdays' | 'holiday';
  /** The weekday's number, for `weekday` and `weekdays`. */
  weekday?: number;
  /** A bare weekday that is today's: whether today is meant depends on the time said with it. */
  orToday?: LocalDate;
  /** "every tuesday". */
  every?: boolean;
  /** "every second tuesday" is 2. */
  everyWeeks?: number;
  /** "tonight", "this arvo": the part of the day said in the same word. */
  part?: string;
  /** "next tuesday": a week named elsewhere does not change it. */
  fixed?: boolean;
  /** Tokens used. */
  length: number;
};

/** Every single day a meaning names, none for `weekdays`. */
export function firstDay(meaning: DayMeaning | undefined): LocalDate | undefined {
  if (meaning === undefined) return undefined;
  if ('date' in meaning) return meaning.date;
  if ('dates' in meaning) return meaning.dates[0];
  return 'range' in meaning ? meaning.range.from : undefined;
}
