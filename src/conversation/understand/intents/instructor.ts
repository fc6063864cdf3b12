import type { Heard } from '../../../../flows/heard';
import { addDays } from '../../dates/calendar';
import { digitsOf } from '../fields/digits';
import {
  bookedFor,
  finished,
  hoursOf,
  lateFor,
  movedFor,
  off,
  referring,
  started,
  viewed,
  weekOf,
} from '../fields/instructor';
import { corrected } from '../merge/correct';
import { slotsOf } from '../merge/slots';
import { studentNamed } from '../names/student-named';
import { has, hasUnits, labelsOf, leftover, type Reading } from '../reading';
import { wordOf } from '../units/unit';
import { answer } from './answers';
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

function on(reading: Reading, label: string): boolean {
  return has(reading, label) !== undefined;
}

function orders(reading: Reading): Heard[] | undefined {
  const heard = labelsOf(reading);
  const question =
    reading.text.includes('?') ||
    ['what', 'whats', 'who', 'whos', 'when', 'whens', 'how'].includes(wordOf(reading.units[0]));
  if (on(reading, 'stop')) return [{ intent: 'stop' }];
  if (heard.has('i.asStudent')) return [{ intent: 'speak_as_student' }];
  if (on(reading, 'menu') || on(reading, 'help')) return [{ intent: on(reading, 'menu') ? 'menu' : 'help' }];
  if (on(reading, 'human')) return [{ intent: 'human' }];
  if (heard.has('i.waive')) return referring(reading, 'waive');
  if (heard.has('i.noShow')) return referring(reading, 'no_show');
  if (heard.has('i.late') && !heard.has('i.notLate') && !question) return lateFor(reading);
  if (heard.has('i.unblock') && !(heard.has('i.cancelLesson') && on(reading, 'list')))
    return off(reading, 'unblock_time');
  const named = studentNamed(reading);
  if (
    heard.has('i.start') &&
    !question &&
    (hasUnits(reading, 'number') ||
      digitsOf(reading) !== undefined ||
      !heard.has('i.schedule') ||
      wordOf(reading.units[0]) === 'start')
  )
    return started(reading);
  if (heard.has('i.done') && !question) return finished(reading);
  if (on(reading, 'move') && !on(reading, 'notMove')) return movedFor(reading);
  if (heard.has('i.hours') && !question) return hoursOf(reading);
  if (
    heard.has('i.cancelLesson') &&
    !heard.has('i.noWork') &&
    !(heard.has('i.block') && /block|leave/i.test(reading.text))
  )
    return referring(reading, 'cancel_lesson');
  if (heard.has('i.book') && !heard.has('i.block') && (named !== undefined || /\bbook\b/i.test(reading.text)))
    return bookedFor(reading);
  if (heard.has('i.free'))
    return slotsOf(corrected(reading), reading.context).map((slots) => ({ intent: 'free_time', ...slots }));
  if ((heard.has('i.block') || heard.has('i.noWork')) && !question) return blocked(reading, named);
  return undefined;
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
  return viewed(reading).map((rest): Heard => {
    if (rest.date === reading.context.today && rest.time === undefined && rest.window === undefined)
      return { intent: 'schedule_today' };
    const week = rest.range !== undefined && addDays(rest.range.from, 2) <= rest.range.to;
    return { intent: week ? 'schedule_week' : 'schedule_day', ...rest };
  });
}

function small(reading: Reading): Heard[] | undefined {
  const plain = yesNo(reading);
  const otp = digitsOf(reading);
  if (otp !== undefined && leftover(reading).length === 0) return [{ intent: 'start_lesson', otp }];
  if (on(reading, 'thanks')) return [{ intent: 'thanks' }];
  if (plain !== undefined && reading.tokens.length < 6 && leftover(reading).length < 3) return [plain];
  return on(reading, 'greeting') && leftover(reading).length < 2 ? [{ intent: 'greeting' }] : undefined;
}
