import type { Policy } from './policy';
import { type Instant, localDateOf, MINUTE, mondayOf, type Span } from './time';
import { minutesBetween, type Whereabouts } from './travel';

type Rules = Pick<Policy, 'travel' | 'bufferMinutes'> & Partial<Pick<Policy, 'weeklyHours'>>;
type Lesson = Span & Whereabouts;

/**
 * Minutes of the week that holds `at` which count against an instructor's weekly hours: the lessons, and by the school's rule
 * the way between two lessons of one day too, as long as it takes or as the gap is.
 */
export function weekMinutes(lessons: readonly Lesson[], at: Instant, rules: Rules, zone: string): number {
  const week = mondayOf(localDateOf(at, zone));
  const here = lessons
    .filter((one) => mondayOf(localDateOf(one.startsAt, zone)) === week)
    .sort((a, b) => a.startsAt - b.startsAt);
  return here.reduce((sum, one, nth) => {
    const minutes = (one.endsAt - one.startsAt) / MINUTE;
    const before = here[nth - 1];
    if (!rules.weeklyHours?.countTravel || !before) return sum + minutes;
    const sameDay = localDateOf(before.startsAt, zone) === localDateOf(one.startsAt, zone);
    const gap = Math.max(0, one.startsAt - before.endsAt) / MINUTE;
    return sum + minutes + (sameDay ? Math.min(gap, minutesBetween(rules, before, one)) : 0);
  }, 0);
}

/** The lesson would take its instructor over the hours of that week. */
export const isOverCap = (lesson: Lesson, others: readonly Lesson[], maxMinutes: number, rules: Rules, zone: string) =>
  weekMinutes([...others, lesson], lesson.startsAt, rules, zone) > maxMinutes;
