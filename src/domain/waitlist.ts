import type { Policy } from './policy';
import { type Diary, freeStarts, type Search, type Start } from './slots';
import {
  addDays,
  DAY,
  type Instant,
  instantOf,
  type LocalDate,
  localDateOf,
  MINUTE,
  overlaps,
  type Span,
} from './time';
import { matches, type Wanted, wishesOf } from './wanted';

/** Time of one instructor that is free again. */
export type Freed = Span & { instructorId: string };

/** What one who waits would take: when and with whom, how long, and their own lessons, in which they cannot be twice. */
export type Waiter = { wanted: Wanted; lessonMinutes: number; own: readonly Span[] };

/**
 * The start for one who waits that the freed time makes possible, nearest to where it begins; null when none suits. It keeps
 * all that holds for any booking (hours, grid, notice, weekly cap, other lessons); `offered` stands offered to somebody else.
 */
export function startFor(
  freed: Freed,
  { wanted, lessonMinutes, own }: Waiter,
  search: Omit<Search, 'lessonMinutes' | 'from' | 'to'>,
  offered: readonly Span[] = [],
): Start | null {
  const { zone, policy } = search;
  const buffer = Math.max(policy.bufferMinutes, ...policy.travel.map((way) => way.minutes)) * MINUTE;
  // A lesson that may have been refused before: it lies in the freed time, or as near to it as the way between lessons is long.
  const opened = { startsAt: freed.startsAt - buffer, endsAt: freed.endsAt + buffer };
  const starts = freeStarts({
    ...search,
    instructors: search.instructors.filter((diary) => diary.id === freed.instructorId),
    lessonMinutes,
    from: localDateOf(opened.startsAt - lessonMinutes * MINUTE, zone),
    to: localDateOf(opened.endsAt, zone),
  }).filter(
    (start) =>
      overlaps(start, opened) &&
      matches(wanted, start, zone) &&
      !own.some((lesson) => overlaps(lesson, start)) &&
      !offered.some((other) => overlaps(other, start)),
  );
  const away = (start: Start) => Math.abs(start.startsAt - freed.startsAt);
  return starts.reduce<Start | null>((best, start) => (best && away(best) <= away(start) ? best : start), null);
}

/** True when no day of the wish could ever be met, however empty the diaries were: closed then, outside hours, past, off the grid. */
export function isHopeless(wanted: Wanted, search: Search): boolean {
  const empty = search.instructors.map(
    (diary): Diary => ({ ...diary, busy: [], timeOff: [], bookedMinutesByWeek: new Map() }),
  );
  return !freeStarts({ ...search, instructors: empty }).some((start) => matches(wanted, start, search.zone));
}

/** When a wish ends by itself: with the last of its days, or, where none was named, as far ahead as the school books. */
export function wishEndsAt(wanted: Wanted, policy: Pick<Policy, 'bookAheadDays'>, zone: string, now: Instant): Instant {
  const days = wishesOf(wanted).map((wish) => wish.ends?.to);
  if (days.some((day) => day === undefined)) return now + policy.bookAheadDays * DAY;
  const last = (days as LocalDate[]).reduce((latest, day) => (day > latest ? day : latest));
  return instantOf(addDays(last, 1), '00:00', zone);
}
