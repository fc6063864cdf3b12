import type { Heard, Intent, LessonRef } from '../../../../flows/heard';
import { addDays, daysOf, mondayOf, weekdayOf } from '../../dates/calendar';
import { corrected } from '../merge/correct';
import { referencesOf, whichOf } from '../merge/lesson-ref';
import { type Slots, slotsOf } from '../merge/slots';
import { has, hasUnits, leftover, type Reading, said } from '../reading';
import { wordOf } from '../units/unit';
import { answer, digitsOf } from './answers';
import { moving } from './build';
import { lateMinutes } from './late';
import { studentNamed } from './name';
import { yesNo } from './yes-no';

/** What an instructor's text asks for, all readings, best first. */
export function instructor(reading: Reading): Heard[] {
  return answered(reading) ?? orders(reading) ?? views(reading) ?? small(reading) ?? [{ intent: 'unknown' }];
}

function answered(reading: Reading): Heard[] | undefined {
  const { asked } = reading.listening;
  return asked.kind === 'confirm' || asked.kind === 'choice' || asked.kind === 'slots' || asked.kind === 'code'
    ? answer(reading)
    : undefined;
}

const on = (reading: Reading, label: string) => has(reading, label) !== undefined;

function orders(reading: Reading): Heard[] | undefined {
  const i = (label: string) => on(reading, `i.${label}`);
  const question =
    reading.text.includes('?') ||
    ['what', 'whats', 'who', 'whos', 'when', 'whens', 'how'].includes(wordOf(reading.units[0]));
  if (on(reading, 'stop')) return [{ intent: 'stop' }];
  if (i('asStudent')) return [{ intent: 'speak_as_student' }];
  if (on(reading, 'menu') || on(reading, 'help')) return [{ intent: on(reading, 'menu') ? 'menu' : 'help' }];
  if (on(reading, 'human')) return [{ intent: 'human' }];
  if (i('noShow')) return referring(reading, 'no_show');
  if (i('late') && !i('notLate') && !question) return lateFor(reading);
  if (i('unblock') && !(i('cancelLesson') && on(reading, 'list'))) return off(reading, 'unblock_time');
  const named = studentNamed(reading, 0);
  if (
    i('start') &&
    !question &&
    (hasUnits(reading, 'number') ||
      digitsOf(reading) !== undefined ||
      !i('schedule') ||
      wordOf(reading.units[0]) === 'start')
  )
    return started(reading);
  if (i('done') && !question) return finished(reading);
  if (on(reading, 'move') && !on(reading, 'notMove'))
    return moving(reading, false).map((heard) => withStudent(reading, heard));
  if (i('hours') && !question) return slotsOf(corrected(reading), reading.context).map(weekly);
  if (i('cancelLesson') && !i('noWork') && !(i('block') && /block|leave/i.test(reading.text)))
    return referring(reading, 'cancel_lesson');
  if (i('book') && !i('block') && (named !== undefined || /\bbook\b/i.test(reading.text)))
    return slotsOf(corrected(reading), reading.context).map((slots) => ({
      intent: 'book',
      ...slots,
      ...(named === undefined ? {} : { learner: named }),
    }));
  if (i('free'))
    return slotsOf(corrected(reading), reading.context).map((slots) => ({ intent: 'free_time', ...slots }));
  if ((i('block') || i('noWork')) && !question) return blocked(reading, named);
  return undefined;
}

/** Working hours are of weekdays, not of a week: "mon-fri 8-5". */
function weekly(slots: Slots): Heard {
  const { range, date, dates, ...rest } = slots;
  const days = range === undefined ? (dates ?? (date === undefined ? [] : [date])) : daysOf(range).slice(0, 7);
  const weekdays = [...new Set(days.map(weekdayOf))].sort();
  return { intent: 'hours', ...rest, ...(weekdays.length === 0 ? {} : { weekdays }) };
}

function blocked(reading: Reading, named: string | undefined): Heard[] | undefined {
  const slotted = hasUnits(reading, 'day', 'time');
  const cannot = /\b(?:cant|can't|cannot)\b/i.test(reading.text);
  if (!slotted && !on(reading, 'i.block')) return undefined;
  const clock = reading.units.some((unit) => unit.kind === 'time' && unit.form === 'clock');
  if (cannot && !on(reading, 'i.noWork') && (named !== undefined || clock)) return referring(reading, 'cancel_lesson');
  const sick = /\b(sick|crook|unwell)\b/i.test(reading.text) && !slotted;
  if (sick) return [{ intent: 'block_time', date: reading.context.today, allDay: true }];
  return off(reading, 'block_time');
}

/** Days and hours off or on again; without a time it is the whole day. */
function off(reading: Reading, intent: 'block_time' | 'unblock_time'): Heard[] {
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

function referring(reading: Reading, intent: Intent): Heard[] {
  return referencesOf(corrected(reading), reading.context).map((ref) => {
    const full: LessonRef = { ...ref };
    delete full.instructor;
    const student = studentNamed(reading, 0);
    if (student !== undefined) full.student = student;
    const which = whichOf(reading);
    if (which !== undefined) full.which = which;
    return Object.keys(full).length === 0 ? { intent } : { intent, lessonRef: full };
  });
}

function withStudent(reading: Reading, heard: Heard): Heard {
  const student = studentNamed(reading, 0);
  return student === undefined ? heard : { ...heard, lessonRef: { ...heard.lessonRef, student } };
}

function lateFor(reading: Reading): Heard[] {
  const minutes = lateMinutes(reading);
  const times = reading.units.filter((unit) => unit.kind === 'time' && !(unit.bare && lateIs(reading, unit.to)));
  const [ref] = referencesOf([...reading.units.filter((unit) => unit.kind === 'day'), ...times], reading.context);
  const full: LessonRef = { ...ref };
  const student = studentNamed(reading, 0);
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

function started(reading: Reading): Heard[] {
  const otp = digitsOf(reading);
  if (otp !== undefined) return [{ intent: 'start_lesson', otp }];
  return referring(reading, 'start_lesson');
}

/** "done mia good roundabouts": whatever follows the student's name is a note. */
function finished(reading: Reading): Heard[] {
  const student = studentNamed(reading, 0);
  const verb = has(reading, 'i.done');
  const at = reading.units.findIndex(
    (unit) => unit.kind === 'word' && unit.token.raw.toLowerCase().replace(/['’]s$/, '') === student,
  );
  const start = Math.max(verb?.to ?? 0, at + 1);
  const note = said(reading, start, reading.units.length).replace(/^(with|for|lesson)\s+/i, '');
  const worth =
    reading.units.slice(start).some((unit) => unit.kind === 'word') && !/^(lesson|with|now|today|thanks)?$/i.test(note);
  return referring(reading, 'complete_lesson').map((heard) => ({ ...heard, ...(worth ? { note } : {}) }));
}

const QUESTION = new Set(['what', 'whats', 'who', 'whos', 'how', 'when', 'show', 'schedule', 'am', 'do']);

function views(reading: Reading): Heard[] | undefined {
  const days = reading.units.filter((unit) => unit.kind === 'day');
  const asks = on(reading, 'i.schedule') || on(reading, 'i.today') || on(reading, 'availability');
  const strange = leftover(reading).length;
  if (on(reading, 'chatter') && !reading.text.includes('?') && !QUESTION.has(wordOf(reading.units[0])))
    return undefined;
  if (days.length === 0) {
    if (on(reading, 'i.next')) return [{ intent: 'next_lesson' }];
    const week = reading.units.find((unit) => wordOf(unit) === 'week');
    if (week !== undefined && (asks || strange === 0))
      return [{ intent: 'schedule_week', range: weekOf(reading.context.today) }];
    return asks ? [{ intent: 'schedule_today' }] : undefined;
  }
  if (!asks && strange > 0) return undefined;
  return slotsOf(corrected(reading), reading.context).map((slots): Heard => {
    const { instructor: _who, durationMinutes: _minutes, ...rest } = slots;
    if (rest.date === reading.context.today && rest.time === undefined && rest.window === undefined)
      return { intent: 'schedule_today' };
    const week = rest.range !== undefined && addDays(rest.range.from, 2) <= rest.range.to;
    return { intent: week ? 'schedule_week' : 'schedule_day', ...rest };
  });
}

function weekOf(today: string): { from: string; to: string } {
  const from = mondayOf(today);
  return { from, to: addDays(from, 6) };
}

function small(reading: Reading): Heard[] | undefined {
  const plain = yesNo(reading);
  const otp = digitsOf(reading);
  if (otp !== undefined && leftover(reading).length === 0) return [{ intent: 'start_lesson', otp }];
  if (on(reading, 'thanks')) return [{ intent: 'thanks' }];
  if (plain !== undefined && reading.tokens.length < 6 && leftover(reading).length < 3) return [plain];
  return on(reading, 'greeting') && leftover(reading).length < 2 ? [{ intent: 'greeting' }] : undefined;
}
