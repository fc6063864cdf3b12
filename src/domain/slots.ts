import type { Policy } from './policy';
import {
  addDays,
  DAY,
  daySpan,
  daysBetween,
  type Instant,
  instantOf,
  type LocalDate,
  type LocalTime,
  localDateOf,
  MINUTE,
  minuteOfDay,
  minutesOf,
  mondayOf,
  type Span,
  timeText,
  weekdayOf,
} from './time';
import { minutesBetween, tooFar, type Whereabouts } from './travel';
import { isOverCap } from './week-hours';

/** A free start of one instructor; `endsAt` is the lesson's end, without buffer. */
export type Start = { instructorId: string; startsAt: Instant; endsAt: Instant };

/** Wall-clock hours of one weekday (1 = Monday); a day may have several, such as 8-12 and 13-17. */
export type WorkingHours = { weekday: number; from: LocalTime; to: LocalTime };

/** One instructor's diary. `busy` holds lessons and live holds without buffer; weeks are keyed by their Monday. */
export type Diary = {
  id: string;
  name: string;
  workingHours: WorkingHours[];
  busy: (Span & Whereabouts)[];
  timeOff: Span[];
  maxMinutesPerWeek: number;
  bookedMinutesByWeek: ReadonlyMap<LocalDate, number>;
};

/** Booked minutes of each week (by its Monday), for the weekly hours. */
export function minutesByWeek(lessons: readonly Span[], zone: string): Map<LocalDate, number> {
  const weeks = new Map<LocalDate, number>();
  for (const lesson of lessons) {
    const monday = mondayOf(localDateOf(lesson.startsAt, zone));
    weeks.set(monday, (weeks.get(monday) ?? 0) + (lesson.endsAt - lesson.startsAt) / MINUTE);
  }
  return weeks;
}

/** What to look through. The order of `instructors` is the order of preference; `from` and `to` (dates, both included) narrow the search. */
export type Search = {
  instructors: Diary[];
  zone: string;
  policy: Pick<Policy, 'gridMinutes' | 'bufferMinutes' | 'travel' | 'minimumNoticeMinutes' | 'bookAheadDays'> &
    Partial<Pick<Policy, 'weeklyHours'>>;
  lessonMinutes: number;
  /** It is held for a deposit: so long before the minimum notice at least. */
  payMinutes?: number;
  /** Where the lesson would begin and end. */
  going?: Whereabouts;
  /** Days on which the school is closed. */
  closed?: ReadonlySet<LocalDate>;
  from?: LocalDate;
  to?: LocalDate;
  now: Instant;
};

/** Every free start on the wall-clock grid, by time, then in the instructors' order. 20 instructors over 30 days: bench/slots.ts. */
export function freeStarts(search: Search): Start[] {
  const { zone, policy } = search;
  const lesson = search.lessonMinutes * MINUTE;
  const soonest = search.now + (policy.minimumNoticeMinutes + (search.payMinutes ?? 0)) * MINUTE;
  const first = later(search.from, localDateOf(soonest, zone));
  const last = earlier(search.to, addDays(localDateOf(search.now, zone), policy.bookAheadDays));
  const diaries = search.instructors.map((diary) => ({
    diary,
    hours: hoursByWeekday(diary),
    blocks: blocksOf(diary, search),
    next: 0,
  }));
  const starts: Start[] = [];
  for (let date = first; date <= last; date = addDays(date, 1)) {
    if (search.closed?.has(date)) continue;
    const day = dayOf(date, zone, policy.gridMinutes);
    const monday = mondayOf(date);
    const working = diaries.flatMap((one) => {
      const hours = one.hours[day.weekday]!;
      if (hours.length === 0 || !underCap(one.diary, monday, search.lessonMinutes)) return [];
      return [{ one, open: hours.map((h) => ({ from: day.at(h.from), to: day.at(h.to) - lesson })) }];
    });
    const opens = Math.max(soonest, Math.min(...working.map(({ open }) => open[0]!.from)));
    const closes = Math.max(...working.map(({ open }) => open.at(-1)!.to));
    for (const startsAt of day.grid) {
      if (startsAt < opens || startsAt > closes) continue;
      for (const { one, open } of working) {
        if (!inside(open, startsAt)) continue;
        while (one.next < one.blocks.length && one.blocks[one.next]!.endsAt <= startsAt) one.next++;
        const block = one.blocks[one.next];
        if (block && startsAt > block.startsAt) continue;
        if (policy.weeklyHours?.countTravel && !underCapAt(search, one.diary, startsAt)) continue;
        starts.push({ instructorId: one.diary.id, startsAt, endsAt: startsAt + lesson });
      }
    }
  }
  return starts;
}

export type WhyNot =
  | 'free'
  | 'past'
  | 'too_soon'
  | 'no_time_to_pay'
  | 'too_far'
  | 'closed'
  | 'outside_hours'
  | 'time_off'
  | 'taken'
  | 'weekly_cap'
  | 'off_grid';

/** Why an asked start is not free. Without an instructor: `free` if anyone is, else the reason of the one who comes nearest to it. */
export function whyNot(search: Search, instructorId: string | undefined, startsAt: Instant): WhyNot {
  const { zone, policy, now } = search;
  if (startsAt < now) return 'past';
  if (startsAt < now + policy.minimumNoticeMinutes * MINUTE) return 'too_soon';
  if (startsAt < now + (policy.minimumNoticeMinutes + (search.payMinutes ?? 0)) * MINUTE) return 'no_time_to_pay';
  if (daysBetween(localDateOf(now, zone), localDateOf(startsAt, zone)) > policy.bookAheadDays) return 'too_far';
  if (search.closed?.has(localDateOf(startsAt, zone))) return 'closed';
  const reasons = search.instructors
    .filter((diary) => instructorId === undefined || diary.id === instructorId)
    .map((diary) => whyNotWith(search, diary, startsAt));
  return NEAREST_FIRST.find((reason) => reasons.includes(reason)) ?? 'closed';
}

const NEAREST_FIRST: WhyNot[] = ['free', 'off_grid', 'taken', 'time_off', 'weekly_cap', 'outside_hours', 'closed'];

function whyNotWith(search: Search, diary: Diary, startsAt: Instant): WhyNot {
  const { zone, policy, lessonMinutes } = search;
  const date = localDateOf(startsAt, zone);
  const endsAt = startsAt + lessonMinutes * MINUTE;
  const hours = hoursByWeekday(diary)[weekdayOf(date)]!;
  if (hours.length === 0) return 'closed';
  const fits = hours.some(
    (h) => startsAt >= instantOf(date, timeText(h.from), zone) && endsAt <= instantOf(date, timeText(h.to), zone),
  );
  if (!fits) return 'outside_hours';
  if (diary.timeOff.some((off) => off.startsAt < endsAt && startsAt < off.endsAt)) return 'time_off';
  if (tooFar(policy, { ...search.going, startsAt, endsAt }, diary.busy)) return 'taken';
  if (!underCapAt(search, diary, startsAt)) return 'weekly_cap';
  const onGrid = startsAt % MINUTE === 0 && minuteOfDay(startsAt, zone) % policy.gridMinutes === 0;
  return onGrid && startsAt === instantOf(date, timeText(minuteOfDay(startsAt, zone)), zone) ? 'free' : 'off_grid';
}

function underCap(diary: Diary, monday: LocalDate, lessonMinutes: number): boolean {
  return (diary.bookedMinutesByWeek.get(monday) ?? 0) + lessonMinutes <= diary.maxMinutesPerWeek;
}

/** The same at one start, with the way from and to the lessons around it where the school counts it. */
function underCapAt({ policy, zone, going, lessonMinutes }: Search, diary: Diary, startsAt: Instant): boolean {
  if (!policy.weeklyHours?.countTravel) return underCap(diary, mondayOf(localDateOf(startsAt, zone)), lessonMinutes);
  const lesson = { ...going, startsAt, endsAt: startsAt + lessonMinutes * MINUTE };
  return !isOverCap(lesson, diary.busy, diary.maxMinutesPerWeek, policy, zone);
}

/** Touching hours of a day are one stretch, so a lesson may run over the seam. Minutes since midnight. */
export function hoursByWeekday(diary: Pick<Diary, 'workingHours'>): { from: number; to: number }[][] {
  const days: { from: number; to: number }[][] = Array.from({ length: 8 }, () => []);
  const sorted = diary.workingHours.map((h) => ({ weekday: h.weekday, from: minutesOf(h.from), to: minutesOf(h.to) }));
  for (const { weekday, from, to } of sorted.sort((a, b) => a.from - b.from)) {
    const day = days[weekday];
    const last = day?.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else if (from < to) day?.push({ from, to });
  }
  return days;
}

/** Where no lesson may start: open at both ends, so that a start exactly on either end is allowed. Sorted, disjoint. */
function blocksOf(diary: Diary, search: Search): Span[] {
  const lesson = search.lessonMinutes * MINUTE;
  const blocks = [
    ...diary.busy.map((busy) => {
      const apart = minutesBetween(search.policy, search.going ?? {}, busy) * MINUTE;
      return { startsAt: busy.startsAt - apart - lesson, endsAt: busy.endsAt + apart };
    }),
    ...diary.timeOff.map((off) => ({ startsAt: off.startsAt - lesson, endsAt: off.endsAt })),
  ].sort((a, b) => a.startsAt - b.startsAt);
  const merged: Span[] = [];
  for (const block of blocks) {
    const last = merged.at(-1);
    if (last && block.startsAt < last.endsAt) last.endsAt = Math.max(last.endsAt, block.endsAt);
    else merged.push(block);
  }
  return merged;
}

type Day = { weekday: number; at(minute: number): Instant; grid: Instant[] };

/** A day's wall clock. On the grid a skipped time is left out, and of a doubled one the first stays. */
function dayOf(date: LocalDate, zone: string, gridMinutes: number): Day {
  const { startsAt, endsAt } = daySpan(date, zone);
  const plain = endsAt - startsAt === DAY;
  const at = (minute: number) => (plain ? startsAt + minute * MINUTE : instantOf(date, timeText(minute), zone));
  const grid: Instant[] = [];
  for (let minute = 0; minute < 1440; minute += gridMinutes) {
    const instant = at(minute);
    if (plain || minuteOfDay(instant, zone) === minute) grid.push(instant);
  }
  return { weekday: weekdayOf(date), at, grid };
}

function inside(open: { from: Instant; to: Instant }[], at: Instant): boolean {
  for (const hours of open) if (at >= hours.from && at <= hours.to) return true;
  return false;
}

const later = (asked: LocalDate | undefined, bound: LocalDate) =>
  asked !== undefined && asked > bound ? asked : bound;
const earlier = (asked: LocalDate | undefined, bound: LocalDate) =>
  asked !== undefined && asked < bound ? asked : bound;
