import type { Policy } from './policy';
import { addDays, HOUR, type Instant, instantOf, localDateOf, localTimeOf, MINUTE } from './time';

/** Something that falls due because a lesson stands. `key` makes it one, however often it is planned. */
export type Planned =
  | { what: 'reminder'; key: string; minutesBefore: number; dueAt: Instant; expiresAt: Instant }
  | { what: 'event'; key: string; kind: 'hold_ended' | 'code_due' | 'no_code_by_now' | 'lesson_over'; dueAt: Instant };

type Lesson = {
  id: string;
  lessonType?: string;
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
  const reminders = offsetsFor(policy, lesson.lessonType).flatMap((minutesBefore): Planned[] => {
    const dueAt = reminderDue(lesson.startsAt, minutesBefore, policy, zone, now);
    if (dueAt === null) return [];
    const expiresAt = usefulUntil(dueAt, lesson.startsAt, policy, zone);
    return [{ what: 'reminder', key: reminderKey(lesson, minutesBefore), minutesBefore, dueAt, expiresAt }];
  });
  const past = lesson.startsAt <= now;
  return [
    ...distinct(reminders),
    ...(past ? [] : [event('code_due', lesson.startsAt - policy.startCode.minutesBefore * MINUTE)]),
    ...(past ? [] : [event('no_code_by_now', lesson.startsAt + policy.noShow.pingMinutes * MINUTE)]),
    event('lesson_over', lesson.endsAt + CLOSED_AFTER),
  ];
}

/** How long before a lesson its student is reminded, in minutes: of its type, else of the school. */
export function offsetsFor(policy: Policy, lessonType: string | undefined): number[] {
  const own = Object.hasOwn(policy.reminderMinutesBeforeByLessonType, lessonType ?? '')
    ? policy.reminderMinutesBeforeByLessonType[lessonType!]
    : undefined;
  return [...new Set(own ?? policy.reminderMinutesBefore)];
}

export const reminderKey = (lesson: { id: string; startsAt: Instant }, minutesBefore: number) =>
  `lesson:${lesson.id}:${lesson.startsAt}:${minutesBefore}min`;

/** A reminder that has fallen due, as it was planned. */
export type DueReminder = { key: string; minutesBefore: number; expiresAt: Instant };

/** Why a reminder that has fallen due is not sent now; null when it is. */
export function reasonNotToRemind(
  due: DueReminder,
  lesson: Pick<Lesson, 'id' | 'startsAt' | 'status' | 'lessonType'> | null,
  policy: Policy,
  zone: string,
  now: Instant,
): string | null {
  if (lesson?.status !== 'confirmed' || due.key !== reminderKey(lesson, due.minutesBefore))
    return 'the lesson has moved or gone';
  if (!offsetsFor(policy, lesson.lessonType).includes(due.minutesBefore))
    return 'the school reminds at other times now';
  if (now >= due.expiresAt || quietSpan(now, policy.quietHours, zone)) return 'too late to be of use';
  return null;
}

/** Quiet hours may bring two reminders of one lesson together: then the one nearer to the lesson is enough. */
function distinct(reminders: Planned[]): Planned[] {
  return reminders.filter((one) =>
    reminders.every((other) => other === one || Math.abs(other.dueAt - one.dueAt) >= HOUR || isNearer(one, other)),
  );
}

function isNearer(one: Planned, other: Planned): boolean {
  return one.what === 'reminder' && other.what === 'reminder' && one.minutesBefore < other.minutesBefore;
}

/** A reminder that is kept waiting is of no use once the lesson begins, nor when the next quiet hours do. */
function usefulUntil(dueAt: Instant, startsAt: Instant, policy: Policy, zone: string): Instant {
  const { from, to } = policy.quietHours;
  if (from === to) return startsAt;
  const today = instantOf(localDateOf(dueAt, zone), from, zone);
  const next = today > dueAt ? today : instantOf(addDays(localDateOf(dueAt, zone), 1), from, zone);
  return Math.min(startsAt, next);
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
  const goodTime = (at: Instant) => at > now && at < startsAt && !quietSpan(at, policy.quietHours, zone);
  const evening = quiet.from - 10 * MINUTE;
  if (goodTime(evening)) return evening;
  return goodTime(quiet.to) && quiet.to < startsAt - 30 * MINUTE ? quiet.to : null;
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
