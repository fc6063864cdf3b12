import type { Heard } from '../../flows/heard';
import type { LessonFact, Memory } from '../../flows/vocabulary';
import { firstName } from '../domain/names';
import { addDays, type Instant, localDateOf, localTimeOf, MINUTE, weekdayOf } from '../domain/time';
import { type Place, stateName } from './place';

/** When a slot is about to be confirmed, what is said amends that slot ("maybe 11 instead"). */
export function baseOf({ value, memory }: Place, zone: string, now: Instant): Heard | null {
  const state = stateName(value);
  if (state === 'idle') return isFresh(memory, now) ? memory.request : null;
  if (!['book.confirm', 'rebook', 'waitlist.offered'].includes(state) || !memory.slot) return memory.request;
  const { date, dates, range, weekdays, excludeWeekdays, alternatives, time, times, window, asap, ...rest } =
    memory.request ?? { intent: 'book' as const };
  return {
    ...rest,
    date: localDateOf(memory.slot.startsAt, zone),
    time: localTimeOf(memory.slot.startsAt, zone),
  };
}

/** What was only mentioned is forgotten after half an hour. */
export const isFresh = ({ askedAt }: Memory, now: Instant) => now - askedAt <= 30 * MINUTE;

/** "same time every week": the day, time and instructor of their next lesson, from the week after it. */
export function sameTime(heard: Heard, [lesson]: LessonFact[], zone: string): Heard {
  if (!heard.sameTime || !lesson) return heard;
  const { sameTime: _, ...rest } = heard;
  const date = localDateOf(lesson.startsAt, zone);
  return {
    ...rest,
    date: addDays(date, 7),
    weekdays: [weekdayOf(date)],
    time: localTimeOf(lesson.startsAt, zone),
    instructor: heard.instructor ?? firstName(lesson.instructor).toLowerCase(),
    ...(lesson.learner && { learner: lesson.learner }),
  };
}

/** "what have you got friday" asks for the whole day, whatever time was spoken of before. */
export function anyTime(base: Heard | null, heard: Heard): Heard | null {
  const days = heard.date ?? heard.dates ?? heard.range ?? heard.weekdays;
  if (!base || days === undefined) return base;
  const { time, times, window, alternatives, ...rest } = base;
  return rest;
}
