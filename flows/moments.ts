import type { Moment } from '../src/domain/placing';
import type { Policy } from '../src/domain/policy';
import { daysOf, timesUntil } from '../src/domain/series';
import { addDays, type Instant, instantOf, type LocalDate, localDateOf, MINUTE, weekdayOf } from '../src/domain/time';
import type { Heard } from './heard';

/** What has still to be asked before several lessons can be looked for; else when each is wanted. */
export type Several =
  | { kind: 'what_time' }
  | { kind: 'how_many'; max: number }
  | { kind: 'moments'; moments: Omit<Moment, 'person'>[] };

/** More lessons than this are no one list. */
const AT_MOST = 20;

/** Several lessons are asked for, on days that were said. */
export function isSeveral(request: Heard | null): boolean {
  if (!request) return false;
  if (isSeries(request)) return weekdaysOf(request).length > 0;
  const forSeveral = (request.learners?.length ?? 0) > 1 && request.date !== undefined;
  const { alternatives, dates, times, weekdays } = request;
  return forSeveral || (request.several === true && (alternatives ?? dates ?? times ?? weekdays ?? []).length > 1);
}

/** When each of several lessons is wanted, on the school's wall clock. */
export function momentsOf(
  request: Heard,
  school: { zone: string; policy: Pick<Policy, 'bookAheadDays' | 'minimumNoticeMinutes'> },
  now: Instant,
): Several {
  if (!isSeries(request)) {
    const moments = wishesOf(request, localDateOf(now, school.zone));
    const timed = moments.every((one) => one.time !== undefined || one.window !== undefined);
    return timed ? { kind: 'moments', moments: inOrder(moments).slice(0, AT_MOST) } : { kind: 'what_time' };
  }
  const { time, window } = request;
  if (time === undefined && window === undefined) return { kind: 'what_time' };
  const everyWeeks = request.everyWeeks ?? 1;
  const weekdays = weekdaysOf(request);
  const from = firstDay(request, school, now);
  const until = request.until ?? request.range?.to ?? null;
  const pattern = { weekdays, from, everyWeeks, times: request.occurrences ?? null, until };
  if (pattern.times === null && pattern.until === null) {
    const last = addDays(localDateOf(now, school.zone), school.policy.bookAheadDays);
    const [first = last] = daysOf({ ...pattern, times: 1 });
    return { kind: 'how_many', max: timesUntil(first, last, everyWeeks) };
  }
  const days = daysOf(pattern).slice(0, AT_MOST);
  return { kind: 'moments', moments: days.map((date) => ({ date, ...timeOf(time, window) })) };
}

/** A series is asked for, and no day of it was said yet. */
export const lacksDays = (request: Heard | null) =>
  request !== null && isSeries(request) && weekdaysOf(request).length === 0;

const isSeries = (request: Heard) =>
  request.recurring === true || (request.occurrences !== undefined && request.weekdays !== undefined);

function weekdaysOf({ weekdays, date, dates }: Heard): number[] {
  if (weekdays && weekdays.length > 0) return [...new Set(weekdays)];
  return [...new Set((date ? [date] : (dates ?? [])).map(weekdayOf))];
}

/** The first day said, else today; one whose time is past or too near is left out without a word: the list shows it. */
function firstDay(
  request: Heard,
  { zone, policy }: { zone: string; policy: Pick<Policy, 'minimumNoticeMinutes'> },
  now: Instant,
): LocalDate {
  const today = localDateOf(now, zone);
  const said = request.date ?? request.dates?.[0] ?? request.range?.from ?? today;
  if (said > today) return said;
  const clock = request.time ?? request.window?.to ?? '24:00';
  const soonest = now + policy.minimumNoticeMinutes * MINUTE;
  return instantOf(today, clock, zone) < soonest ? addDays(today, 1) : today;
}

/** Each day with its own time, or the one that was said for all. */
function wishesOf(request: Heard, today: LocalDate): Omit<Moment, 'person'>[] {
  const { date, dates, alternatives, times, time, window, weekdays } = request;
  const own = timeOf(time, window);
  if (alternatives)
    return alternatives.flatMap((one) => {
      const day = one.date ?? date;
      if (!day) return [];
      const timed = one.time !== undefined || one.window !== undefined;
      return [{ date: day, ...(timed ? timeOf(one.time, one.window) : own) }];
    });
  if (dates) return dates.map((day) => ({ date: day, ...own }));
  if (date && times) return times.map((one) => ({ date, time: one }));
  if (date) return [{ date, ...own }];
  return (weekdays ?? []).map((weekday) => ({ date: next(weekday, today), ...own }));
}

/** That weekday within the week that begins tomorrow. */
const next = (weekday: number, today: LocalDate) => addDays(today, ((weekday - weekdayOf(today) + 6) % 7) + 1);

const timeOf = (time: string | undefined, window: { from: string; to: string } | undefined) =>
  time !== undefined ? { time } : window !== undefined ? { window } : {};

const inOrder = (moments: Omit<Moment, 'person'>[]) =>
  [...moments].sort((a, b) => (a.date + clockOf(a) < b.date + clockOf(b) ? -1 : 1));

const clockOf = ({ time, window }: Omit<Moment, 'person'>) => time ?? window?.from ?? '';
