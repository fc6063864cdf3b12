import { clockLabel, dayLabel, momentLabel } from '../src/domain/labels';
import { initialName } from '../src/domain/names';
import { addDays, daySpan, type Instant, localDateOf, overlaps, type Span } from '../src/domain/time';
import type { Facts, LessonFact, ScheduleFact } from './facts';
import { minutesOf } from './wording';

/** "Thu 26 Nov", or "Mon 23 Nov to Sun 29 Nov". */
export function spanInWords({ from, to }: Pick<ScheduleFact, 'from' | 'to'>, { school }: Facts): string {
  const [first, last] = [dayLabel(from, school.zone), dayLabel(to - 1, school.zone)];
  return first === last ? first : `${first} to ${last}`;
}

/** A day by its lessons, gaps and time off; several days by their lessons, and which of them have none. */
export function scheduleInWords(facts: Facts): string {
  const schedule = facts.schedule!;
  const days = daysOf(schedule, facts);
  if (days.length > 1) return severalDays(schedule, days, facts);
  if (facts.role === 'instructor') return dayLines(schedule, facts).join('\n');
  return facts.instructors
    .map((one) => ({ name: one.name, lines: dayLines(ofInstructor(schedule, one.id), facts) }))
    .filter(({ lines }) => lines.length > 0)
    .map(({ name, lines }) => [`${name}:`, ...lines].join('\n'))
    .join('\n');
}

/** The gaps of each day, "8:00am-12:00pm, 2:15pm-6:00pm"; empty when there are none. */
export function freeInWords(facts: Facts): string {
  const schedule = facts.schedule!;
  const whose = facts.role === 'instructor' ? [{ id: null, name: '' }] : facts.instructors;
  return daysOf(schedule, facts)
    .flatMap((day) =>
      whose.flatMap(({ id, name }) => {
        const gaps = schedule.free.filter((gap) => overlaps(gap, day) && (id === null || gap.instructorId === id));
        const label = [dayLabel(day.startsAt, facts.school.zone), name].filter(Boolean).join(' ');
        return gaps.length === 0 ? [] : [`${label}: ${gaps.map((gap) => clocks(gap, facts)).join(', ')}`];
      }),
    )
    .join('\n');
}

/** "3:00pm Mia C., Manly, deposit paid, coming"; of another type than the school's common one also which. */
export function scheduleLine(lesson: LessonFact, facts: Facts): string {
  return `${clockLabel(lesson.startsAt, facts.school.zone)} ${[initialName(lesson.student), ...restOf(lesson, facts)].join(', ')}`;
}

/** "Sat 28 Nov, 3:00pm, 60 min, Mia C., Manly". */
export function nextInWords(lesson: LessonFact, facts: Facts): string {
  const who = facts.role === 'owner' ? [`${initialName(lesson.student)} (${lesson.instructor})`] : [];
  const name = who.length > 0 ? who : [initialName(lesson.student)];
  const [type, ...rest] = restOf(lesson, facts);
  const isCommon = lesson.lessonType === facts.lessonTypes[0]?.name;
  const others = isCommon ? restOf(lesson, facts) : rest;
  const length = isCommon ? minutesOf(lesson) : type!;
  return [momentLabel(lesson.startsAt, facts.school.zone), length, ...name, ...others].join(', ');
}

function restOf(lesson: LessonFact, facts: Facts): string[] {
  const isCommon = lesson.lessonType === facts.lessonTypes[0]?.name;
  const type = isCommon ? [] : [lesson.lessonType.replace(/ lesson$/i, '')];
  const where = lesson.pickup ?? lesson.suburb;
  return [...type, ...(where ? [where] : []), ...stateOf(lesson)];
}

function stateOf({ status, depositStatus, attending }: LessonFact): string[] {
  if (status === 'in_progress') return ['{day.under_way}'];
  if (status === 'completed') return ['{day.done}'];
  if (status === 'pending') return ['{day.unpaid}'];
  return [...(depositStatus === 'confirmed' ? ['{day.paid}'] : []), ...(attending ? ['{day.coming}'] : [])];
}

function dayLines({ lessons, free, off, from, to }: ScheduleFact, facts: Facts): string[] {
  const lines = [
    ...lessons.map((one) => ({ at: one.startsAt, words: scheduleLine(one, facts) })),
    ...free.map((one) => ({ at: one.startsAt, words: `{day.free:span=${clocks(one, facts)}}` })),
    ...off.map((one) => ({ at: Math.max(one.startsAt, from), words: offInWords(one, from, to, facts) })),
  ];
  return lines.sort((a, b) => a.at - b.at).map((line) => line.words);
}

function offInWords(off: Span, from: Instant, to: Instant, facts: Facts): string {
  if (off.startsAt <= from && off.endsAt >= to) return '{day.off_all_day}';
  if (off.endsAt >= to) return `{day.off_from:span=${clockLabel(off.startsAt, facts.school.zone)}}`;
  const here = { startsAt: Math.max(off.startsAt, from), endsAt: Math.min(off.endsAt, to) };
  return `{day.off:span=${clocks(here, facts)}}`;
}

function severalDays({ lessons, off }: ScheduleFact, days: Span[], facts: Facts): string {
  const { zone } = facts.school;
  const none: string[] = [];
  const lines = days.flatMap((day) => {
    const label = dayLabel(day.startsAt, zone);
    const here = lessons.filter((one) => overlaps({ startsAt: one.startsAt, endsAt: one.startsAt + 1 }, day));
    const away = off.some((one) => one.startsAt <= day.startsAt && one.endsAt >= day.endsAt);
    if (here.length === 0) none.push(away && facts.role === 'instructor' ? `${label} {day.is_off}` : label);
    const whose = (one: LessonFact) => (facts.role === 'owner' ? ` (${one.instructor})` : '');
    return here.length === 0 ? [] : [label, ...here.map((one) => scheduleLine(one, facts) + whose(one))];
  });
  return [...lines, ...(none.length > 0 ? [`{day.none:days=${none.join(', ')}}`] : [])].join('\n');
}

const ofInstructor = (schedule: ScheduleFact, id: string): ScheduleFact => ({
  ...schedule,
  lessons: schedule.lessons.filter((one) => one.instructorId === id),
  free: schedule.free.filter((one) => one.instructorId === id),
  off: schedule.off.filter((one) => one.instructorId === id),
});

function daysOf({ from, to }: ScheduleFact, { school: { zone } }: Facts): Span[] {
  const days: Span[] = [];
  for (let date = localDateOf(from, zone); daySpan(date, zone).startsAt < to; date = addDays(date, 1))
    days.push(daySpan(date, zone));
  return days;
}

const clocks = ({ startsAt, endsAt }: Span, { school: { zone } }: Facts) =>
  `${clockLabel(startsAt, zone)}-${clockLabel(endsAt, zone)}`;
