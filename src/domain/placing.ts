import { type Diary, freeStarts, type Search, type Start, type WhyNot, whyNot } from './slots';
import {
  type Instant,
  instantOf,
  type LocalDate,
  type LocalTime,
  localDateOf,
  localTimeOf,
  MINUTE,
  mondayOf,
  overlaps,
  type Span,
} from './time';

/** One of several lessons that are wanted: at a time, or at the first free one from a window; `person` is whose it is. */
export type Moment = {
  date: LocalDate;
  time?: LocalTime;
  window?: { from: LocalTime; to: LocalTime };
  person: string;
  /** With this instructor only. */
  instructorId?: string;
};

export type Placed =
  | { kind: 'free'; moment: Moment; start: Start }
  | { kind: 'clash'; moment: Moment; startsAt: Instant; because: Exclude<WhyNot, 'free'> | 'yours' };

/**
 * A place in the diaries for each of several lessons, each seeing those before it: buffer, weekly hours, and that a person
 * is in one lesson at a time. Whoever is free for most of them takes all that they can; another takes what is left.
 */
export function placeAll(search: Search, moments: readonly Moment[], own: readonly (Span & { person: string })[]) {
  const order = byFreedom(search, moments);
  let diaries = order;
  const taken = [...own];
  return moments.map((moment): Placed => {
    const placed = placeOne({ ...search, instructors: diaries }, moment, taken);
    if (placed.kind === 'clash') return placed;
    const { start } = placed;
    taken.push({ ...start, person: moment.person });
    diaries = diaries.map((diary) => (diary.id === start.instructorId ? withLesson(diary, start, search) : diary));
    return placed;
  });
}

function placeOne(search: Search, moment: Moment, taken: readonly (Span & { person: string })[]): Placed {
  const instructors = search.instructors.filter((diary) => (moment.instructorId ?? diary.id) === diary.id);
  const here = { ...search, instructors };
  const isTheirs = (start: Span) => taken.some((one) => one.person === moment.person && overlaps(one, start));
  const startsAt = instantOf(moment.date, moment.time ?? moment.window?.from ?? '12:00', search.zone);
  const clash = (because: (Placed & { kind: 'clash' })['because']): Placed => ({
    kind: 'clash',
    moment,
    startsAt,
    because,
  });
  if (moment.time === undefined) return inWindow(here, moment, isTheirs) ?? clash(whyNone(here, moment, startsAt));
  // A time that the clocks skip on that day is no time.
  if (localTimeOf(startsAt, search.zone) !== moment.time) return clash('off_grid');
  if (isTheirs({ startsAt, endsAt: startsAt + search.lessonMinutes * MINUTE })) return clash('yours');
  const free = instructors.find((diary) => whyNot(here, diary.id, startsAt) === 'free');
  if (!free) return clash(reasonOf(whyNot(here, undefined, startsAt)));
  return {
    kind: 'free',
    moment,
    start: { instructorId: free.id, startsAt, endsAt: startsAt + search.lessonMinutes * MINUTE },
  };
}

/** The first free start of the window with whoever comes first. */
function inWindow(search: Search, moment: Moment, isTheirs: (start: Start) => boolean): Placed | null {
  const { from, to } = moment.window ?? { from: '00:00', to: '24:00' };
  const starts = freeStarts({ ...search, from: moment.date, to: moment.date }).filter((start) => {
    const time = localTimeOf(start.startsAt, search.zone);
    return time >= from && time < to && !isTheirs(start);
  });
  for (const diary of search.instructors) {
    const start = starts.find((one) => one.instructorId === diary.id);
    if (start) return { kind: 'free', moment, start };
  }
  return null;
}

function whyNone(search: Search, moment: Moment, startsAt: Instant): Exclude<WhyNot, 'free'> {
  const end = moment.window ? instantOf(moment.date, moment.window.to, search.zone) : startsAt;
  const step = search.policy.gridMinutes * MINUTE;
  const reasons = new Set<WhyNot>();
  for (let at = startsAt; at <= Math.max(end - step, startsAt); at += step) reasons.add(whyNot(search, undefined, at));
  return WORST_LAST.find((reason) => reasons.has(reason)) ?? 'taken';
}

/** Of several reasons the one that says most of why a whole window has nothing. */
const WORST_LAST = [
  'taken',
  'time_off',
  'weekly_cap',
  'too_soon',
  'no_time_to_pay',
  'too_far',
  'outside_hours',
  'closed',
  'past',
  'off_grid',
] as const;

const reasonOf = (reason: WhyNot) => (reason === 'free' ? 'taken' : reason);

/** Those who could take most of the lessons first; among equals the school's own order. */
function byFreedom(search: Search, moments: readonly Moment[]): Diary[] {
  const free = (diary: Diary) =>
    moments.filter(
      ({ date, time }) => time !== undefined && whyNot(search, diary.id, instantOf(date, time, search.zone)) === 'free',
    ).length;
  const ranked = search.instructors.map((diary, at) => ({ diary, at, free: free(diary) }));
  return ranked.sort((a, b) => b.free - a.free || a.at - b.at).map(({ diary }) => diary);
}

function withLesson(diary: Diary, start: Start, { zone, going }: Search): Diary {
  const week = mondayOf(localDateOf(start.startsAt, zone));
  const minutes = (start.endsAt - start.startsAt) / MINUTE;
  const weeks = new Map(diary.bookedMinutesByWeek);
  weeks.set(week, (weeks.get(week) ?? 0) + minutes);
  return { ...diary, busy: [...diary.busy, { ...start, ...going }], bookedMinutesByWeek: weeks };
}
