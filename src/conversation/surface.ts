import type { Asked, Heard, LessonRef, Listening, Role, Understood } from '../../flows/heard';
import { outsideName } from './understand/weigh/kinds';

/** One line of `dss understand`: a text and the moment it came. */
export type OutsideRecord = {
  id?: string;
  role?: string;
  text: string;
  now: string;
  tz: string;
  context?: string;
  offered?: (string | { at: string; instructor?: string })[];
  instructors?: string[];
  students?: string[];
  state?: string;
};
/** What is answered: snake_case fields of one reading, and `readings` when there are two or more. */
export type OutsideAnswer = { id?: string; intent: string; [field: string]: unknown };

const INSTRUCTORS = ['Sam', 'Priya', 'Dave', 'Mel', 'Jo', 'April', 'Will'];

/** A record from outside as a text and all that its reading may depend on. */
export function fromRecord(record: OutsideRecord): { text: string; listening: Listening } {
  const now = Date.parse(record.now);
  if (Number.isNaN(now))
    throw new RangeError(`"now" is no moment: ${record.now}; write it as 2026-11-26T12:30:00+11:00`);
  const listening: Listening = {
    role: (record.role ?? 'student') as Role,
    asked: askedOf(record),
    now,
    zone: record.tz,
    instructors: record.instructors ?? INSTRUCTORS,
  };
  if (record.students !== undefined) listening.students = record.students;
  if (record.state !== undefined) listening.state = record.state;
  return { text: record.text, listening };
}

/** What was understood in the names of the outside surface; the best reading at the top. */
export function toRecord(understood: Understood, record: OutsideRecord): OutsideAnswer {
  const outside = understood.readings.map((heard) => outsideOf(heard, record));
  const readings = [...new Map(outside.map((one) => [JSON.stringify(one), one])).values()];
  const answer: OutsideAnswer = {
    ...(record.id === undefined ? {} : { id: record.id }),
    ...(readings[0] as { intent: string }),
  };
  if (readings.length > 1) answer.readings = readings;
  if (understood.also.length > 0) answer.also = understood.also.map((heard) => outsideOf(heard, record));
  return answer;
}

/** What was understood, for a person: each reading on a line, then why. */
export function explain(understood: Understood): string {
  const show = (heard: Heard) => {
    const { intent, ...fields } = heard;
    const said = Object.entries(fields).map(
      ([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
    );
    return said.length === 0 ? intent : `${intent}: ${said.join(', ')}`;
  };
  const lines = understood.readings.map((heard, i) =>
    understood.readings.length === 1 ? show(heard) : `${i + 1}. ${show(heard)}`,
  );
  if (understood.readings.length > 1) lines.unshift('several meanings, to be asked:');
  for (const heard of understood.also) lines.push(`also ${show(heard)}`);
  for (const reason of understood.why) lines.push(`  ${reason}`);
  return lines.join('\n');
}

const FIELDS: Partial<Record<keyof Heard, string>> = {
  date: 'date',
  dates: 'dates',
  range: 'range',
  alternatives: 'alternatives',
  weekdays: 'weekdays',
  excludeWeekdays: 'exclude_weekdays',
  time: 'time',
  times: 'times',
  window: 'window',
  allDay: 'all_day',
  asap: 'asap',
  recurring: 'recurring',
  everyWeeks: 'every_weeks',
  occurrences: 'occurrences',
  several: 'several',
  durationMinutes: 'duration_minutes',
  lessonType: 'lesson_type',
  instructor: 'instructor',
  excludeInstructor: 'exclude_instructor',
  option: 'option',
  otp: 'otp',
  name: 'name',
  yes: 'yes',
  lateMinutes: 'late_minutes',
  shiftMinutes: 'shift_minutes',
  shiftDays: 'shift_days',
  learner: 'learner',
  note: 'note',
};

function outsideOf(heard: Heard, record: OutsideRecord): OutsideAnswer {
  const answer: OutsideAnswer = { intent: intentOf(heard, record) };
  for (const [inside, outside] of Object.entries(FIELDS)) {
    const value = heard[inside as keyof Heard];
    if (value !== undefined) answer[outside] = value;
  }
  const ref = refOf(heard.lessonRef ?? {});
  if (Object.keys(ref).length > 0) answer.lesson_ref = ref;
  return answer;
}

function intentOf(heard: Heard, record: OutsideRecord): string {
  if (heard.intent === 'free_time' && heard.date === undefined && heard.range === undefined) return 'schedule_today';
  if (heard.intent === 'free_time' && heard.range !== undefined) return 'schedule_week';
  if (record.role === 'instructor' && heard.intent === 'cancel') return 'cancel_lesson';
  return outsideName(heard.intent);
}

/** Which by order is told only inside: the surface knows of the next one and of all. */
function refOf({ nth: _nth, ...ref }: LessonRef): LessonRef {
  return ref;
}

function askedOf(record: OutsideRecord): Asked {
  const [name = 'idle', detail = ''] = (record.context ?? 'idle').split(':');
  switch (name) {
    case 'asked_when':
      return { kind: 'when' };
    case 'asked_time':
      return { kind: 'time', date: detail };
    case 'asked_duration':
      return { kind: 'duration' };
    case 'asked_confirm':
      return { kind: 'confirm' };
    case 'offered_slots': {
      const offered = (record.offered ?? []).map((slot) =>
        typeof slot === 'string' ? { at: slot.slice(0, 16) } : slot,
      );
      return offered.length > 0 ? { kind: 'slots', offered } : { kind: 'choice', options: Number(detail) || 3 };
    }
    case 'asked_choice':
      return { kind: 'choice', options: Number(detail) || 2 };
    case 'awaiting_otp':
      return { kind: 'code' };
    case 'asked_name':
      return { kind: 'name' };
    case 'resched_asked_when':
      return { kind: 'moveWhen' };
    default:
      return { kind: 'idle' };
  }
}
