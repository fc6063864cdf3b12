import type { Heard } from '../../flows/heard';
import type { Facts, LateFact, LessonFact, StudentLateFact } from '../../flows/vocabulary';
import { delayedStarts, roomAfter } from '../domain/running-late';
import { daySpan, HOUR, localDateOf, MINUTE } from '../domain/time';
import type { Reads } from './reads';

/** A lesson that has not begun this long after its time is no longer waited for. */
const GIVEN_UP = 45 * MINUTE;
/** A student who says that they are late speaks of a lesson at most so far ahead. */
const NEAR = 3 * HOUR;

/** Whose lessons an instructor's delay moves, from the next one on or from the one that was named. */
export async function lateFacts(reads: Reads, facts: Facts, heard: Heard, now: number): Promise<LateFact> {
  const { zone, policy } = facts.school;
  const until = daySpan(localDateOf(now, zone), zone).endsAt;
  const today = await reads.lessonsBetween(facts.instructor!.id, now - GIVEN_UP, until);
  const waiting = today.filter((one) => one.status === 'confirmed' || one.status === 'pending');
  const name = heard.lessonRef?.student?.toLowerCase() ?? null;
  const first = name === null ? 0 : waiting.findIndex((one) => one.student.toLowerCase().startsWith(name));
  const minutes = heard.lateMinutes ?? null;
  const delayed = first < 0 ? [] : delayedStarts(waiting.slice(first), minutes ?? 0, policy, now);
  return {
    ...{ minutes, waited: first >= 0 && waiting.length > 0 },
    ...(await byReach(reads, delayed, ({ lesson }) => lesson.studentPhone)),
  };
}

/** The lesson for which a student is late, and whether the instructor has room to run on after it. */
export async function studentLateFacts(
  reads: Reads,
  { school: { policy } }: Facts,
  lessons: readonly LessonFact[],
  heard: Heard,
  now: number,
): Promise<StudentLateFact | null> {
  const near = (one: LessonFact) => one.startsAt > now - GIVEN_UP && one.startsAt < now + NEAR;
  const lesson = lessons.find((one) => one.status === 'confirmed' && near(one));
  if (!lesson) return null;
  const minutes = heard.lateMinutes ?? null;
  const [next] = await reads.lessonsBetween(lesson.instructorId, lesson.endsAt, lesson.endsAt + NEAR);
  return { lesson, minutes, roomUntil: minutes === null ? null : roomAfter(lesson, next, minutes, policy) };
}

/** Who gets our texts, and who has stopped them. */
export async function byReach<T>(
  reads: Reads,
  all: readonly T[],
  phoneOf: (one: T) => string,
): Promise<{ reached: T[]; unreached: T[] }> {
  const stopped = all.length === 0 ? [] : await reads.optedOut(all.map(phoneOf));
  const isStopped = (one: T) => stopped.includes(phoneOf(one));
  return { reached: all.filter((one) => !isStopped(one)), unreached: all.filter(isStopped) };
}
