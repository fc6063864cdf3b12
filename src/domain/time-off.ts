import {
  addDays,
  daySpan,
  type Instant,
  instantOf,
  type LocalDate,
  type LocalTime,
  overlaps,
  type Span,
  without,
} from './time';

/** Days, and the hours of each of them; without hours whole days. */
export type Away = { days: { from: LocalDate; to: LocalDate }[]; window?: { from: LocalTime; to: LocalTime } };

/** Time off as instants, by time: whole days that follow each other are one span, hours are one a day. What is past is left out. */
export function spansOf({ days, window }: Away, zone: string, now: Instant): Span[] {
  const spans = days.flatMap(({ from, to }): Span[] => {
    if (!window) return [{ startsAt: daySpan(from, zone).startsAt, endsAt: daySpan(to, zone).endsAt }];
    const hours: Span[] = [];
    for (let date = from; date <= to && hours.length < LONGEST; date = addDays(date, 1))
      hours.push({ startsAt: instantOf(date, window.from, zone), endsAt: instantOf(date, window.to, zone) });
    return hours;
  });
  return spans
    .map((span) => ({ ...span, startsAt: Math.max(span.startsAt, now) }))
    .filter((span) => span.endsAt > span.startsAt)
    .sort((a, b) => a.startsAt - b.startsAt);
}

/** More days than this are no time off by text. */
const LONGEST = 366;

/** What is left of time off when some of it is worked after all, and what of it is free again. */
export function backFrom(off: readonly Span[], back: readonly Span[]): { left: Span[]; freed: Span[] } {
  const freed = back.flatMap((span) =>
    off
      .filter((one) => overlaps(one, span))
      .map((one) => ({ startsAt: Math.max(one.startsAt, span.startsAt), endsAt: Math.min(one.endsAt, span.endsAt) })),
  );
  return { left: off.flatMap((one) => without(one, back)), freed };
}
