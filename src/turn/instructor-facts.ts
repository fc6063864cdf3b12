import type { Heard } from '../../flows/heard';
import type { Facts, LessonFact } from '../../flows/vocabulary';
import { DAY, daySpan, HOUR, localDateOf, MINUTE, weekSpan } from '../domain/time';
import type { Speaker } from '../store/speaker';
import type { Reads } from './reads';

/** A lesson can be started this long before its time. */
const EARLY = 15 * MINUTE;

/** What an instructor (or, over all instructors, the owner) may be answered with. */
export async function instructorFacts(
  reads: Reads,
  speaker: Speaker,
  facts: Facts,
  instructorId: string | null,
  heard: Heard,
  now: number,
): Promise<Facts> {
  const { school } = speaker;
  const between = (from: number, to: number) => reads.lessonsBetween(instructorId, from, to);
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
      return { ...facts, ...pick(await between(now - 3 * HOUR, now + EARLY), heard, ['confirmed']) };
    case 'complete_lesson': {
      const today = await between(now - 12 * HOUR, now + EARLY);
      const underWay = pick(today, heard, ['in_progress']);
      return { ...facts, ...(underWay.alsoNamed.length > 0 ? underWay : pick(today.slice(-1), heard, ['completed'])) };
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

/** The lessons that may be meant; the one when it is clear, which is by its name when there are several. */
function pick(
  lessons: LessonFact[],
  heard: Heard,
  statuses: LessonFact['status'][],
): Pick<Facts, 'named' | 'alsoNamed'> {
  const name = (heard.lessonRef?.student ?? heard.name)?.toLowerCase();
  const alsoNamed = lessons
    .filter((one) => statuses.includes(one.status))
    .filter((one) => !name || one.student.toLowerCase().startsWith(name));
  return { named: alsoNamed.length === 1 ? alsoNamed[0]! : null, alsoNamed };
}
