import type { Policy } from './policy';
import { addDays, type Instant, instantOf, localDateOf, localTimeOf, MINUTE } from './time';

/** Something that falls due because a lesson stands. `key` makes it one, however often it is planned. */
export type Planned =
  | { what: 'reminder'; key: string; minutesBefore: number; dueAt: Instant; expiresAt: Instant }
  | { what: 'event'; key: string; kind: 'hold_ended' | 'code_due' | 'no_code_by_now' | 'lesson_over'; dueAt: Instant };

type Lesson = {
  id: string;
  startsAt: Instant;
  endsAt: Instant;
  status: 'pending' | 'confirmed' | 'cancelled' | 'in_progress' | 'completed';
  holdExpiresAt: Instant | null;
};

/** A lesson that no one marked as done is closed this long after its end, before the next one would begin. */
const CLOSED_AFTER = 15 * MINUTE;

/** All that is still to come for a lesson as it stands now; a lesson that has moved or gone plans nothing of before. */
export function planFor(lesson: Lesson, policy: Policy, zone: string, now: Instant): Planned[] {
  const key = (what: string) => `lesson:${lesson.id}:${lesson.startsAt}:${what}`;
  const event = (kind: (Planned & { what: 'event' })['kind'], dueAt: Instant): Planned => ({
    what: 'event',
    key: key(kind),
    kind,
    dueAt,
  });
  if (lesson.status === 'pending') {
    const ends = lesson.holdExpiresAt ?? now;
    return [{ ...event('hold_ended', ends), key: `${key('hold_ended')}:${ends}` }];
  }
  if (lesson.status === 'in_progress') return [event('lesson_over', lesson.endsAt + CLOSED_AFTER)];
  if (lesson.status !== 'confirmed') return [];
  const reminders = policy.reminderMinutesBefore.flatMap((minutesBefore): Planned[] => {
    const dueAt = reminderDue(lesson.startsAt, minutesBefore, policy, zone, now);
    return dueAt === null
      ? []
      : [{ what: 'reminder', key: key(`${minutesBefore}min`), minutesBefore, dueAt, expiresAt: lesson.startsAt }];
  });
  return [
    ...reminders,
    event('code_due', lesson.startsAt - policy.startCode.minutesBefore * MINUTE),
    event('no_code_by_now', lesson.startsAt + policy.noShow.pingMinutes * MINUTE),
    event('lesson_over', lesson.endsAt + CLOSED_AFTER),
  ];
}

/**
 * When a reminder goes: outside quiet hours (before them the evening before, else in the morning if that is still before
 * the lesson), and not at all when its time has passed already, so that a lesson booked inside the lead time has none.
 */
export function reminderDue(
  startsAt: Instant,
  minutesBefore: number,
  policy: Policy,
  zone: string,
  now: Instant,
): Instant | null {
  const wanted = startsAt - minutesBefore * MINUTE;
  if (wanted <= now) return null;
  const quiet = quietSpan(wanted, policy.quietHours, zone);
  if (!quiet) return wanted;
  const evening = quiet.from - 10 * MINUTE;
  if (evening > now) return evening;
  return quiet.to < startsAt - 30 * MINUTE ? quiet.to : null;
}

/** The quiet hours that hold `at`, as instants; null when it is not quiet then. */
export function quietSpan(
  at: Instant,
  quiet: Policy['quietHours'],
  zone: string,
): { from: Instant; to: Instant } | null {
  if (quiet.from === quiet.to) return null;
  const date = localDateOf(at, zone);
  const time = localTimeOf(at, zone);
  const overnight = quiet.from > quiet.to;
  const isQuiet = overnight ? time >= quiet.from || time < quiet.to : time >= quiet.from && time < quiet.to;
  if (!isQuiet) return null;
  const began = overnight && time < quiet.to ? addDays(date, -1) : date;
  const ends = overnight ? addDays(began, 1) : began;
  return { from: instantOf(began, quiet.from, zone), to: instantOf(ends, quiet.to, zone) };
}
