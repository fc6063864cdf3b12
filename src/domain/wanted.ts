import type { Start } from './slots';
import { type LocalDate, type LocalTime, localDateOf, minuteOfDay, minutesOf, weekdayOf } from './time';

/** Both ends included. */
export type DateRange = { from: LocalDate; to: LocalDate };
/** A lesson may start at `from` and at any time before `to`. */
export type LocalWindow = { from: LocalTime; to: LocalTime };
/** One of several wishes ("mon 3pm or wed 4pm"); what it leaves out is taken from the wish around it. */
export type Alternative = { date?: LocalDate; time?: LocalTime; window?: LocalWindow };

/** When a lesson is wanted. Nothing said is no limit; `time` goes before `window`; 1 = Monday. */
export type Wanted = {
  days?: (LocalDate | DateRange)[];
  weekdays?: number[];
  excludeWeekdays?: number[];
  time?: LocalTime;
  window?: LocalWindow;
  alternatives?: Alternative[];
  instructorId?: string;
  excludeInstructorId?: string;
  /** As early as possible. */
  asap?: boolean;
};

/** True when the start is what was wanted: day, exact time or window, instructor. */
export function matches(wanted: Wanted, start: Start, zone: string): boolean {
  if (!instructorMatches(wanted, start.instructorId)) return false;
  const date = localDateOf(start.startsAt, zone);
  const minute = minuteOfDay(start.startsAt, zone);
  return wishesOf(wanted).some((wish) => wish.dayMatches(date) && wish.minuteMatches(minute));
}

/** True unless another instructor was asked for or this one was refused. */
export function instructorMatches(wanted: Wanted, instructorId: string): boolean {
  return (wanted.instructorId ?? instructorId) === instructorId && wanted.excludeInstructorId !== instructorId;
}

/** One wish with nothing left to fill in. `minute` (since midnight) is there when an exact time was asked. */
export type Wish = {
  dayMatches(date: LocalDate): boolean;
  minuteMatches(minute: number): boolean;
  minute: number | undefined;
  /** Where a start may lie, minutes since midnight; the whole day when nothing was said. */
  window: { from: number; to: number };
  /** Days were named, so a wide choice is spread over them all rather than taken from the first. */
  named: boolean;
  /** First and last of the named days. */
  ends: DateRange | undefined;
};

/** Every wish of what is wanted, at least one. */
export function wishesOf(wanted: Wanted): Wish[] {
  const parts: Alternative[] = wanted.alternatives?.length ? wanted.alternatives : [{}];
  return parts.map((part) => wishOf(wanted, part));
}

function wishOf(wanted: Wanted, part: Alternative): Wish {
  const days = part.date !== undefined ? [part.date] : wanted.days;
  const time = part.time ?? (part.window ? undefined : wanted.time);
  const window = time === undefined ? (part.window ?? wanted.window) : undefined;
  const minute = time === undefined ? undefined : minutesOf(time);
  const [from, to] = window ? [minutesOf(window.from), minutesOf(window.to)] : [0, 1440];
  const ranges = days?.map((day) => (typeof day === 'string' ? { from: day, to: day } : day));
  return {
    minute,
    window: { from, to },
    named: ranges !== undefined,
    ends: ranges && ranges.length > 0 ? endsOf(ranges) : undefined,
    minuteMatches: (at) => (minute === undefined ? at >= from && at < to : at === minute),
    dayMatches: (date) => {
      if (ranges && !ranges.some((range) => date >= range.from && date <= range.to)) return false;
      if (!wanted.weekdays?.length && !wanted.excludeWeekdays?.length) return true;
      const weekday = weekdayOf(date);
      if (wanted.weekdays?.length && !wanted.weekdays.includes(weekday)) return false;
      return !wanted.excludeWeekdays?.includes(weekday);
    },
  };
}

function endsOf(ranges: DateRange[]): DateRange {
  return {
    from: ranges.reduce((first, range) => (range.from < first ? range.from : first), ranges[0]!.from),
    to: ranges.reduce((last, range) => (range.to > last ? range.to : last), ranges[0]!.to),
  };
}
