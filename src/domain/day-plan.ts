import { type Diary, hoursByWeekday } from './slots';
import {
  addDays,
  type Instant,
  instantOf,
  type LocalDate,
  localDateOf,
  MINUTE,
  type Span,
  timeText,
  weekdayOf,
  without,
} from './time';

type Rules = {
  zone: string;
  bufferMinutes: number;
  /** A gap that is shorter than this is none. */
  shortestMinutes: number;
  closed: ReadonlySet<LocalDate>;
  now: Instant;
};

/** The gaps of a diary in which a lesson has room, by time: in working hours, away from lessons by the buffer, not in the past. */
export function gapsOf(diary: Diary, from: Instant, to: Instant, rules: Rules): Span[] {
  const { zone, closed, now, bufferMinutes, shortestMinutes } = rules;
  const apart = bufferMinutes * MINUTE;
  const taken = [
    ...diary.busy.map((one) => ({ startsAt: one.startsAt - apart, endsAt: one.endsAt + apart })),
    ...diary.timeOff,
    { startsAt: from - 1, endsAt: now },
  ];
  const gaps: Span[] = [];
  for (let date = localDateOf(from, zone); date <= localDateOf(to - 1, zone); date = addDays(date, 1)) {
    if (closed.has(date)) continue;
    for (const open of hoursOn(diary, date, zone)) gaps.push(...without(open, taken));
  }
  return gaps.filter((gap) => gap.endsAt - gap.startsAt >= shortestMinutes * MINUTE);
}

/** The working hours of one day as instants, touching ones as one. */
export function hoursOn(diary: Pick<Diary, 'workingHours'>, date: LocalDate, zone: string): Span[] {
  return hoursByWeekday(diary)[weekdayOf(date)]!.map(({ from, to }) => ({
    startsAt: instantOf(date, timeText(from), zone),
    endsAt: instantOf(date, timeText(to), zone),
  }));
}
