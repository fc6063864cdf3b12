import type { Wanted } from '../src/domain/wanted';
import type { Heard } from './heard';

const DAY_FIELDS = ['date', 'dates', 'range', 'weekdays', 'excludeWeekdays', 'alternatives', 'asap'] as const;
const TIME_FIELDS = ['time', 'times', 'window', 'alternatives'] as const;
const OTHER_FIELDS = [
  'durationMinutes',
  'lessonType',
  'instructor',
  'excludeInstructor',
  'learner',
  'learners',
] as const;
/** What makes of a wish for one lesson a wish for several. */
const SERIES_FIELDS = ['recurring', 'several', 'occurrences', 'everyWeeks', 'until'] as const;

/**
 * The request as it stands after something more was said: each kind of fact (day, time, length, with whom) is replaced
 * by what was said of it last and kept otherwise. "sat arvo", then "sunday instead" is Sunday afternoon.
 */
export function mergeRequest(before: Heard | null, heard: Heard): Heard {
  const request: Heard = { ...keptDays(before, heard), intent: 'book' };
  replaceSeries(request, heard);
  replace(request, heard, DAY_FIELDS);
  replace(request, heard, TIME_FIELDS);
  for (const field of OTHER_FIELDS) if (heard[field] !== undefined) Object.assign(request, { [field]: heard[field] });
  if (heard.durationMinutes !== undefined && heard.lessonType === undefined) delete request.lessonType;
  if (heard.lessonType !== undefined && heard.durationMinutes === undefined) delete request.durationMinutes;
  if (heard.instructor !== undefined) delete request.excludeInstructor;
  if (heard.learner !== undefined && !heard.learners) delete request.learners;
  return shifted(request, heard);
}

/** Something was said of when; without it the student is asked. */
export function saysWhen(request: Heard): boolean {
  return says(request, [...DAY_FIELDS, ...TIME_FIELDS]);
}

/** True when exactly one day and one time were said, so that there is one slot to confirm. */
export function isOneMoment(request: Heard): boolean {
  return request.date !== undefined && request.time !== undefined && !request.alternatives && !request.times;
}

/** The request in the terms of the slot search. */
export function wantedOf(request: Heard, ids: { instructorId?: string; excludeInstructorId?: string }): Wanted {
  const days = request.date ? [request.date] : (request.dates ?? (request.range ? [request.range] : undefined));
  const alternatives = request.alternatives ?? request.times?.map((time) => ({ time }));
  return {
    ...(days && { days }),
    ...(request.weekdays && { weekdays: request.weekdays }),
    ...(request.excludeWeekdays && { excludeWeekdays: request.excludeWeekdays }),
    ...(request.time && { time: request.time }),
    ...(request.window && { window: request.window }),
    ...(alternatives && { alternatives }),
    ...(request.asap && { asap: true }),
    ...ids,
  };
}

/** "5pm instead" of several days each with a time of its own: the days stay. */
function keptDays(before: Heard | null, heard: Heard): Heard | null {
  const days = before?.alternatives?.flatMap((one) => one.date ?? []) ?? [];
  const onlyTime = !says(heard, DAY_FIELDS) && says(heard, TIME_FIELDS);
  if (!before?.several || !onlyTime || days.length !== before.alternatives?.length) return before;
  const { alternatives: _, ...rest } = before;
  return { ...rest, dates: [...new Set(days)] };
}

/** Other days end a series, unless they are its weekdays, or the days that it lacked; several days are named anew. */
function replaceSeries(request: Heard, heard: Heard): void {
  const lacksDays = !says(request, DAY_FIELDS);
  const ended = says(heard, DAY_FIELDS) && !lacksDays && !(request.recurring && heard.weekdays);
  for (const field of SERIES_FIELDS) {
    if (ended) delete request[field];
    if (heard[field] !== undefined) Object.assign(request, { [field]: heard[field] });
  }
}

const says = (heard: Heard, fields: readonly (keyof Heard)[]) => fields.some((field) => heard[field] !== undefined);

function replace(request: Heard, heard: Heard, fields: readonly (keyof Heard)[]): void {
  if (!says(heard, fields)) return;
  for (const field of fields) {
    delete request[field];
    if (heard[field] !== undefined) Object.assign(request, { [field]: heard[field] });
  }
}

/** "an hour later" moves the time that stands. */
function shifted(request: Heard, heard: Heard): Heard {
  if (heard.shiftMinutes === undefined || !request.time) return request;
  const [hours = 0, minutes = 0] = request.time.split(':').map(Number);
  const moved = Math.min(Math.max(hours * 60 + minutes + heard.shiftMinutes, 0), 23 * 60 + 59);
  request.time = `${String(Math.floor(moved / 60)).padStart(2, '0')}:${String(moved % 60).padStart(2, '0')}`;
  return request;
}
