import { dateLabel, durationLabel, timeLabel, weekdayLabel } from '../src/domain/labels';
import { cleanName } from '../src/domain/names';
import type { Facts, Wish } from './facts';
import { type Heard, ME } from './heard';
import { mergeRequest, saysWhen } from './request';

/** What is wished for, of a text that may be read in several ways: it waits for each of them, since nothing is booked by it. */
export function wishOf(before: Heard | null, readings: readonly Heard[]): Heard {
  const wishes = readings.map((heard) => mergeRequest(saysWhen(heard) ? withoutWhen(before) : before, heard));
  const [first] = wishes as [Heard, ...Heard[]];
  const moments = wishes.map(({ date, time, window }) => ({
    ...(date && { date }),
    ...(time && { time }),
    ...(window && { window }),
  }));
  return wishes.length > 1 && moments.every((one) => one.date !== undefined)
    ? { ...withoutWhen(first), intent: 'book', alternatives: moments }
    : first;
}

/** A wish is for one lesson of one person: what was said of several or of every week is left out. */
export function oneLesson(request: Heard): Heard {
  const { several, recurring, everyWeeks, occurrences, until, asap, learners, ...wish } = request;
  return learners && wish.learner === undefined ? { ...wish, learner: learners[0]! } : wish;
}

/** "Sat 28 Nov, 7:00am-12:00pm, 90 min with Sam"; "any time" when nothing was said of when. */
export function wishInWords(wish: Heard, { instructors }: Pick<Facts, 'instructors'>): string {
  const parts = wish.alternatives
    ? [wish.alternatives.map((one) => momentOf({ ...when(wish), ...one })).join(' or ')]
    : [momentOf(when(wish))];
  const length = wish.lessonType ?? (wish.durationMinutes === undefined ? '' : durationLabel(wish.durationMinutes));
  const named = (said: string) =>
    instructors.find((one) => one.name.split(' ')[0]?.toLowerCase() === said.toLowerCase())?.name ?? said;
  const people = [
    wish.instructor === undefined ? '' : ` with ${named(wish.instructor)}`,
    wish.excludeInstructor === undefined ? '' : ` not with ${named(wish.excludeInstructor)}`,
    wish.learner === undefined || wish.learner === ME ? '' : ` for ${capitalised(wish.learner)}`,
  ];
  return [...parts, length].filter(Boolean).join(', ') + people.join('');
}

const capitalised = (name: string) => cleanName(name) ?? name;

export const wishLines = (wishes: Wish[], facts: Facts) =>
  wishes.map(({ id, wish }) => ({ id, words: wishInWords(wish, facts) }));

type When = Pick<Heard, 'date' | 'dates' | 'range' | 'weekdays' | 'excludeWeekdays' | 'time' | 'times' | 'window'>;

const when = ({ date, dates, range, weekdays, excludeWeekdays, time, times, window }: Heard): When =>
  Object.fromEntries(
    Object.entries({ date, dates, range, weekdays, excludeWeekdays, time, times, window }).filter(
      ([, value]) => value !== undefined,
    ),
  );

function momentOf(said: When): string {
  const times = said.times ?? (said.time ? [said.time] : []);
  const clock =
    times.length > 0
      ? times.map(timeLabel).join(' or ')
      : said.window
        ? `${timeLabel(said.window.from)}-${timeLabel(said.window.to)}`
        : '';
  return [daysOf(said), clock].filter(Boolean).join(', ') || 'any time';
}

function daysOf(said: When): string {
  const days = said.date
    ? dateLabel(said.date)
    : said.dates
      ? said.dates.map(dateLabel).join(' or ')
      : said.range
        ? `${dateLabel(said.range.from)} to ${dateLabel(said.range.to)}`
        : said.weekdays?.length
          ? `any ${said.weekdays.map(weekdayLabel).join(' or ')}`
          : '';
  const except = said.excludeWeekdays?.length ? `not ${said.excludeWeekdays.map(weekdayLabel).join(' or ')}` : '';
  return [days, except].filter(Boolean).join(', ');
}

function withoutWhen(request: Heard | null): Heard | null {
  if (!request) return null;
  const { durationMinutes, lessonType, instructor, excludeInstructor, learner } = request;
  const kept = { durationMinutes, lessonType, instructor, excludeInstructor, learner };
  return {
    intent: 'book',
    ...Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined)),
  } as Heard;
}
