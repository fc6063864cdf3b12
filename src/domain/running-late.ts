import { type Instant, MINUTE, type Span } from './time';
import { minutesBetween, type Whereabouts } from './travel';

type Roads = Parameters<typeof minutesBetween>[0];

/** A lesson that begins later than it was booked, and when. */
export type Delayed<Lesson> = { lesson: Lesson; expectedAt: Instant };

/**
 * What a delay of the first lesson does to those after it, in order of time: each begins once the one before has had its
 * whole length and the way between them is driven. Ends with the first that can still begin on time.
 */
export function delayedStarts<Lesson extends Span & Whereabouts>(
  lessons: readonly Lesson[],
  lateMinutes: number,
  roads: Roads,
  now: Instant,
): Delayed<Lesson>[] {
  const delayed: Delayed<Lesson>[] = [];
  for (const lesson of lessons) {
    const before = delayed.at(-1);
    const expectedAt = before
      ? before.expectedAt +
        (before.lesson.endsAt - before.lesson.startsAt) +
        minutesBetween(roads, before.lesson, lesson) * MINUTE
      : lateFrom(lesson.startsAt, lateMinutes, now);
    if (expectedAt <= lesson.startsAt) break;
    delayed.push({ lesson, expectedAt });
  }
  return delayed;
}

/** From its time on; said when that has passed already, from now on. */
function lateFrom(startsAt: Instant, lateMinutes: number, now: Instant): Instant {
  const expectedAt = startsAt + lateMinutes * MINUTE;
  return expectedAt > now ? expectedAt : now + lateMinutes * MINUTE;
}

/** Until when a lesson that begins so much later may run on, when the next one leaves room for it; null when it does not. */
export function roomAfter<Lesson extends Span & Whereabouts>(
  lesson: Lesson,
  next: Lesson | undefined,
  lateMinutes: number,
  roads: Roads,
): Instant | null {
  const endsAt = lesson.endsAt + lateMinutes * MINUTE;
  const fits = !next || endsAt + minutesBetween(roads, lesson, next) * MINUTE <= next.startsAt;
  return fits ? endsAt : null;
}
