import type { Heard } from '../../flows/heard';
import type { Facts, LessonFact } from '../../flows/vocabulary';
import { DAY, daySpan, HOUR, localDateOf, weekSpan } from '../domain/time';
import { lessonsBetween } from '../store/lessons';
import type { Speaker } from '../store/speaker';
import type { Tx } from '../store/sql';

/** What an instructor (or, over all instructors, the owner) may be answered with. */
export async function instructorFacts(
  tx: Tx,
  speaker: Speaker,
  facts: Facts,
  instructorId: string | null,
  heard: Heard,
  now: number,
): Promise<Facts> {
  const { school } = speaker;
  const between = (from: number, to: number) => lessonsBetween(tx, school.id, instructorId, from, to, now);
  switch (heard.intent) {
    case 'schedule_today':
    case 'schedule_day':
    case 'schedule_week':
    case 'availability':
    case 'list_lessons': {
      const span = scheduleSpan(heard, school.zone, now);
      return {
        ...facts,
        schedule: { from: span.startsAt, to: span.endsAt, lessons: await between(span.startsAt, span.endsAt) },
      };
    }
    case 'next_lesson': {
      const ahead = await between(now, now + 60 * DAY);
      return { ...facts, lessons: ahead.filter((one) => one.status === 'confirmed' || one.status === 'pending') };
    }
    case 'start_lesson':
      return { ...facts, named: pick(await between(now - 3 * HOUR, now + HOUR), heard, 'confirmed', now) };
    case 'complete_lesson': {
      const today = await between(now - 12 * HOUR, now + HOUR);
      return { ...facts, named: pick(today, heard, 'in_progress', now) ?? pick(today, heard, 'completed', now) };
    }
    default:
      return facts;
  }
}

function scheduleSpan(heard: Heard, zone: string, now: number) {
  const today = localDateOf(now, zone);
  if (heard.range)
    return { startsAt: daySpan(heard.range.from, zone).startsAt, endsAt: daySpan(heard.range.to, zone).endsAt };
  if (heard.intent === 'schedule_week' && !heard.date)
    return { ...weekSpan(today, zone), startsAt: daySpan(today, zone).startsAt };
  const first = heard.date ?? heard.dates?.[0] ?? today;
  return daySpan(first, zone);
}

/** The lesson that is meant: of the named student, else the one nearest to now. */
function pick(lessons: LessonFact[], heard: Heard, status: LessonFact['status'], now: number): LessonFact | null {
  const name = heard.lessonRef?.student ?? heard.name;
  const meant = lessons
    .filter((one) => one.status === status)
    .filter((one) => !name || one.student.toLowerCase().startsWith(name.toLowerCase()));
  return meant.sort((a, b) => Math.abs(a.startsAt - now) - Math.abs(b.startsAt - now))[0] ?? null;
}
