import type { Heard } from '../../flows/heard';
import { saysWhen } from '../../flows/request';
import type { Facts, LessonFact, ScheduleFact } from '../../flows/vocabulary';
import { closedDays } from '../conversation/closed-days';
import { gapsOf } from '../domain/day-plan';
import { addDays, DAY, daySpan, HOUR, localDateOf, MINUTE, overlaps, type Span, weekSpan } from '../domain/time';
import type { Speaker } from '../store/speaker';
import { lateFacts } from './late-facts';
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
    case 'free_time':
    case 'list_lessons':
      return {
        ...facts,
        schedule: await scheduleOf(reads, speaker, instructorId, scheduleSpan(heard, school.zone, now), now),
      };
    case 'next_lesson': {
      const ahead = await between(now, now + 60 * DAY);
      return { ...facts, lessons: ahead.filter((one) => one.status === 'confirmed' || one.status === 'pending') };
    }
    case 'start_lesson':
      return { ...facts, ...pick(await between(now - 3 * HOUR, now + EARLY), heard, ['confirmed']) };
    case 'running_late':
      return instructorId === null ? facts : { ...facts, late: await lateFacts(reads, facts, heard, now) };
    case 'complete_lesson': {
      const today = await between(now - 12 * HOUR, now + EARLY);
      const underWay = pick(today, heard, ['in_progress']);
      return { ...facts, ...(underWay.alsoNamed.length > 0 ? underWay : pick(today.slice(-1), heard, ['completed'])) };
    }
    default:
      return facts;
  }
}

/** The lessons of the days, and of the diaries what gaps and time off they have. */
async function scheduleOf(
  reads: Reads,
  { school, lessonTypes }: Speaker,
  instructorId: string | null,
  { startsAt: from, endsAt: to }: Span,
  now: number,
): Promise<ScheduleFact> {
  const { zone, policy } = school;
  const all = await reads.diaries(zone, from, to, null);
  const diaries = all.filter((one) => instructorId === null || one.id === instructorId);
  const rules = {
    zone,
    bufferMinutes: policy.bufferMinutes,
    shortestMinutes: Math.min(...lessonTypes.map((type) => type.durationMinutes)),
    closed: closedDays(school, { from: localDateOf(from, zone), to: localDateOf(to, zone) }),
    now,
  };
  const whose = (instructorId: string) => (span: Span) => ({ ...span, instructorId });
  return {
    from,
    to,
    lessons: await reads.lessonsBetween(instructorId, from, to),
    free: diaries.flatMap((one) => gapsOf(one, from, to, rules).map(whose(one.id))),
    off: diaries.flatMap((one) =>
      one.timeOff.filter((off) => overlaps(off, { startsAt: from, endsAt: to })).map(whose(one.id)),
    ),
  };
}

/** Without a day, gaps are those of the week to come. */
function scheduleSpan(heard: Heard, zone: string, now: number) {
  const today = localDateOf(now, zone);
  if (heard.range) {
    const { from, to } = heard.range;
    // Of this week, what is left of it.
    const first = from < today && today <= to ? today : from;
    return { startsAt: daySpan(first, zone).startsAt, endsAt: daySpan(to, zone).endsAt };
  }
  if (heard.intent === 'schedule_week' && !heard.date)
    return { ...weekSpan(today, zone), startsAt: daySpan(today, zone).startsAt };
  const first = heard.date ?? heard.dates?.[0] ?? heard.alternatives?.[0]?.date ?? today;
  if (heard.intent === 'free_time' && !saysWhen(heard))
    return { startsAt: daySpan(today, zone).startsAt, endsAt: daySpan(addDays(today, 6), zone).endsAt };
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
