import type { Wanted } from '../src/domain/wanted';
import type { Heard } from './heard';

const DAY_FIELDS = [
  'date',
  'dates',
  'range',
  'weekdays',
  'excludeWeekdays',
  'alternatives',
  'asap',
  'recurring',
] as const;
const TIME_FIELDS = ['time', 'times', 'window', 'alternatives'] as const;
const OTHER_FIELDS = [
  'durationMinutes',
  'lessonType',
  'instructor',
  'excludeInstructor',
  'learner',
  'occurrences',
  'several',
] as const;

/**
 * The request as it stands after something more was said: each kind of fact (day, time, length, with whom) is replaced
 * by what was said of it last and kept otherwise. "sat arvo", then "sunday instead" is Sunday afternoon.
 */
export function mergeRequest(before: Heard | null, heard: Heard): Heard {
  const request: Heard = { ...(before ?? {}), intent: 'book' };
  replace(request, heard, DAY_FIELDS);
  replace(request, heard, TIME_FIELDS);
  for (const field of OTHER_FIELDS) if (heard[field] !== undefined) Object.assign(request, { [field]: heard[field] });
  if (heard.durationMinutes !== undefined && heard.lessonType === undefined) delete request.lessonType;
  if (heard.lessonType !== undefined && heard.durationMinutes === undefined) delete request.durationMinutes;
  if (heard.instructor !== undefined) delete request.excludeInstructor;
  return shifted(request, heard);
}

/** Something was said of when; without it the student is asked. */
export function saysWhen(request: Heard): boolean {
  return [...DAY_FIELDS, ...TIME_FIELDS].some((field) => request[field] !== undefined);
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

function replace(request: Heard, heard: Heard, fields: readonly (keyof Heard)[]): void {
  if (!fields.some((field) => heard[field] !== undefined)) return;
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
