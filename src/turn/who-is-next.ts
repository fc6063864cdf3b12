import type { Offer } from '../../flows/vocabulary';
import { closedDays } from '../conversation/closed-days';
import { lessonsInTheWay, wantedByWish } from '../conversation/wishes';
import { SHORTEST_HOLD_MINUTES } from '../domain/policy';
import { addDays, localDateOf, weekSpan } from '../domain/time';
import { type Freed, startFor } from '../domain/waitlist';
import type { Speaker } from '../store/speaker';
import type { Waiting } from '../store/waitlist';
import type { Reads } from './reads';

/** Of those who wait, the first in the order of entry whom a slot in the freed time suits, and that slot; null: nobody is left. */
export async function whoIsNext(
  reads: Reads,
  { school, instructors, lessonTypes }: Pick<Speaker, 'school' | 'instructors' | 'lessonTypes'>,
  freed: Freed,
  freedEventId: string,
  now: number,
): Promise<{ waiting: Waiting; slot: Offer } | null> {
  const all = await reads.waitingFor(freedEventId);
  const instructor = instructors.find((one) => one.id === freed.instructorId);
  if (all.length === 0 || !instructor) return null;
  const { zone, policy } = school;
  const date = localDateOf(freed.startsAt, zone);
  const until = addDays(localDateOf(freed.endsAt, zone), 1);
  const diaries = await reads.diaries(
    zone,
    weekSpan(addDays(date, -1), zone).startsAt,
    weekSpan(until, zone).endsAt,
    null,
  );
  const closed = closedDays(school, { from: addDays(date, -1), to: until });
  const offered = await reads.offeredStretches(freed.instructorId);
  for (const waiting of all) {
    const type = lessonTypes.find((one) => one.id === waiting.lessonTypeId);
    if (!type) continue;
    const wanted = wantedByWish(waiting, { school, instructors, lessonTypes });
    const search = {
      instructors: diaries,
      zone,
      policy,
      payMinutes: type.depositCents > 0 ? SHORTEST_HOLD_MINUTES : 0,
      closed,
      going: waiting,
      now,
    };
    const terms = { wanted, lessonMinutes: type.durationMinutes };
    if (!startFor(freed, { ...terms, own: [] }, search, offered)) continue;
    const own = lessonsInTheWay(waiting, await reads.lessonsAhead(waiting.studentId));
    const start = startFor(freed, { ...terms, own }, search, offered);
    if (start) return { waiting, slot: { ...start, instructor: instructor.name, lessonTypeId: type.id } };
  }
  return null;
}
