import type { Heard, Intent, LessonRef } from '../../../../flows/heard';
import { addDays, daysOf, mondayOf, weekdayOf } from '../../dates/calendar';
import { corrected } from '../merge/correct';
import { referencesOf, whichOf } from '../merge/lesson-ref';
import { type Slots, slotsOf } from '../merge/slots';
import { studentNamed } from '../names/student-named';
import { has, type Reading, said } from '../reading';
import { type Unit, wordOf } from '../units/unit';
import { digitsOf } from './digits';
import { lateMinutes } from './late';
import { moving } from './moving';

/** Days and hours off or on again; without a time it is the whole day. */
export function off(reading: Reading, intent: 'block_time' | 'unblock_time'): Heard[] {
  const units = corrected(reading).filter((unit) => unit.kind !== 'person');
  const readings = slotsOf(units, reading.context).map((slots): Heard => {
    const { instructor: _who, durationMinutes: _minutes, ...rest } = slots;
    const timed = rest.time !== undefined || rest.window !== undefined || rest.alternatives !== undefined;
    const dayed =
      rest.date !== undefined || rest.dates !== undefined || rest.range !== undefined || rest.weekdays !== undefined;
    return {
      intent,
      ...rest,
      ...(intent === 'block_time' && dayed && !timed ? { allDay: true } : {}),
      ...(rest.weekdays !== undefined && units.some((unit) => unit.kind === 'day' && unit.every)
        ? { recurring: true }
        : {}),
    };
  });
  const windows = readings.filter((heard) => heard.window !== undefined);
  return windows.length > 0 ? windows : readings;
}

export function referring(reading: Reading, intent: Intent): Heard[] {
  return referencesOf(corrected(reading), reading.context).map((ref) => {
    const full: LessonRef = { ...ref };
    delete full.instructor;
    const student = studentNamed(reading);
    if (student !== undefined) full.student = student;
    const which = whichOf(reading);
    if (which !== undefined) full.which = which;
    return Object.keys(full).length === 0 ? { intent } : { intent, lessonRef: full };
  });
}

/** A move of a student's lesson. */
export function movedFor(reading: Reading): Heard[] {
  const student = studentNamed(reading);
  return moving(reading, false).map((heard) =>
    student === undefined ? heard : { ...heard, lessonRef: { ...heard.lessonRef, student } },
  );
}

/** A lesson booked for a student. */
export function bookedFor(reading: Reading): Heard[] {
  const learner = studentNamed(reading);
  return slotsOf(corrected(reading), reading.context).map((slots) => ({
    intent: 'book',
    ...slots,
    ...(learner === undefined ? {} : { learner }),
  }));
}

/** The days of the diary that are asked about. */
export function viewed(reading: Reading): Slots[] {
  return slotsOf(corrected(reading), reading.context).map(
    ({ instructor: _who, durationMinutes: _minutes, ...rest }) => rest,
  );
}

/** The days of a week's view, this week's unless another was said. */
export function viewedWeek(reading: Reading): Heard[] {
  return viewed(reading).map(
    (slots): Heard => ({
      intent: 'schedule_week',
      ...(Object.keys(slots).length === 0 ? { range: weekOf(reading.context.today) } : slots),
    }),
  );
}

export function lateFor(reading: Reading): Heard[] {
  const minutes = lateMinutes(reading);
  const times = reading.units.filter((unit) => unit.kind === 'time' && !(unit.bare && lateIs(reading, unit.to)));
  const [ref] = referencesOf([...reading.units.filter((unit) => unit.kind === 'day'), ...times], reading.context);
  const full: LessonRef = { ...ref };
  const student = studentNamed(reading);
  if (student !== undefined) full.student = student;
  return [
    {
      intent: 'running_late',
      ...(minutes === undefined ? {} : { lateMinutes: minutes }),
      ...(Object.keys(full).length === 0 ? {} : { lessonRef: full }),
    },
  ];
}

function lateIs(reading: Reading, to: number): boolean {
  return Number(reading.tokens[to - 1]?.text) === lateMinutes(reading);
}

export function started(reading: Reading): Heard[] {
  const otp = digitsOf(reading);
  if (otp !== undefined) return [{ intent: 'start_lesson', otp }];
  return referring(reading, 'start_lesson');
}

/** "done mia good roundabouts": whatever follows the student's name is a note. */
export function finished(reading: Reading): Heard[] {
  const student = studentNamed(reading);
  const verb = has(reading, 'i.done');
  const at = reading.units.findIndex(
    (unit) => unit.kind === 'word' && unit.token.raw.toLowerCase().replace(/['’]s$/, '') === student,
  );
  let start = Math.max(verb?.to ?? 0, at + 1);
  while (start < reading.units.length && isOfLesson(reading.units[start] as Unit)) start += 1;
  const note = said(reading, start, reading.units.length).replace(/^(with|for|lesson)\s+/i, '');
  const worth =
    reading.units.slice(start).some((unit) => unit.kind === 'word') && !/^(lesson|with|now|today|thanks)?$/i.test(note);
  return referring(reading, 'complete_lesson').map((heard) => ({ ...heard, ...(worth ? { note } : {}) }));
}

/** Working hours are of weekdays, not of a week: "mon-fri 8-5". */
export function hoursOf(reading: Reading): Heard[] {
  return slotsOf(corrected(reading), reading.context).map(weekly);
}

function weekly(slots: Slots): Heard {
  const { range, date, dates, ...rest } = slots;
  const days = range === undefined ? (dates ?? (date === undefined ? [] : [date])) : daysOf(range).slice(0, 7);
  const weekdays = [...new Set(days.map(weekdayOf))].sort();
  return { intent: 'hours', ...rest, ...(weekdays.length === 0 ? {} : { weekdays }) };
}

export function weekOf(today: string): { from: string; to: string } {
  const from = mondayOf(today);
  return { from, to: addDays(from, 6) };
}

/** "the 11am": which lesson it was is no note. */
function isOfLesson(unit: Unit): boolean {
  return (
    unit.kind === 'time' ||
    unit.kind === 'day' ||
    ['the', 'with', 'my', 'at', 'lesson', 'oclock'].includes(wordOf(unit))
  );
}
