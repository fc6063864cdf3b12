import type { Diary } from './slots';
import {
  addDays,
  type Instant,
  instantOf,
  type LocalDate,
  localDateOf,
  MINUTE,
  minutesOf,
  type Span,
  timeText,
  weekdayOf,
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
  ].sort((a, b) => a.startsAt - b.startsAt);
  const gaps: Span[] = [];
  for (let date = localDateOf(from, zone); date <= localDateOf(to - 1, zone); date = addDays(date, 1)) {
    if (closed.has(date)) continue;
    for (const open of hoursOn(diary, date, zone)) gaps.push(...without(open, taken));
  }
  return gaps.filter((gap) => gap.endsAt - gap.startsAt >= shortestMinutes * MINUTE);
}

/** The working hours of one day as instants, touching ones as one. */
export function hoursOn(diary: Pick<Diary, 'workingHours'>, date: LocalDate, zone: string): Span[] {
  const spans: Span[] = [];
  const sorted = diary.workingHours
    .filter((one) => one.weekday === weekdayOf(date))
    .map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) }))
    .sort((a, b) => a.from - b.from);
  for (const { from, to } of sorted) {
    const span = { startsAt: instantOf(date, timeText(from), zone), endsAt: instantOf(date, timeText(to), zone) };
    const last = spans.at(-1);
    if (last && span.startsAt <= last.endsAt) last.endsAt = Math.max(last.endsAt, span.endsAt);
    else spans.push(span);
  }
  return spans;
}

/** What is left of a span; `taken` is sorted by start. */
function without(span: Span, taken: readonly Span[]): Span[] {
  const left: Span[] = [];
  let { startsAt } = span;
  for (const one of taken) {
    if (one.endsAt <= startsAt || one.startsAt >= span.endsAt) continue;
    if (one.startsAt > startsAt) left.push({ startsAt, endsAt: one.startsAt });
    startsAt = Math.max(startsAt, one.endsAt);
  }
  return startsAt < span.endsAt ? [...left, { startsAt, endsAt: span.endsAt }] : left;
}
