import type { Heard, Intent } from '../../../../flows/heard';
import { corrected } from '../merge/correct';
import { type Slots, slotsOf } from '../merge/slots';
import { learnerNamed } from '../names/name';
import { has, type Reading } from '../reading';
import { type Unit, wordOf } from '../units/unit';
import { lengthNamed } from './length-named';

/** Readings of a text whose days and times are what is wanted: book, availability, waitlist, time off. */
export function wanting(reading: Reading, intent: Intent, units: readonly Unit[] = corrected(reading)): Heard[] {
  const again = nextWeekSame(reading);
  const said = units.some((unit) => unit.kind === 'time' && unit.form === 'clock' && unit.role === undefined);
  const shift = reading.listening.asked.kind === 'confirm' && !said ? shiftOf(reading) : undefined;
  if (shift !== undefined) return [{ intent, ...shift }];
  const moved = said && shiftOf(reading) !== undefined && reading.listening.asked.kind === 'confirm';
  const open = wished(moved ? units.filter((unit) => unit.kind !== 'duration') : units);
  const used = !again ? open : open.filter((unit) => !(unit.kind === 'day' && unit.form === 'span'));
  const extra = extras(reading, intent);
  if (again && !used.some((unit) => unit.kind === 'day')) extra.shiftDays = 7;
  return slotsOf(used, reading.context).map((slots) => ({ intent, ...several(reading, used, slots), ...extra }));
}

/** "next week same time". */
function isSameTime(reading: Reading): boolean {
  return reading.units.some(
    (unit, i) => wordOf(unit) === 'same' && ['time', 'day'].includes(wordOf(reading.units[i + 1])),
  );
}

/** What is turned down is excluded, and what there is already is no wish as soon as something else is. */
function wished(units: readonly Unit[]): Unit[] {
  const others = units.some((unit) => unit.role === undefined && (unit.kind === 'day' || unit.kind === 'time'));
  return units.flatMap((unit): Unit[] => {
    if (unit.role === 'booked' && others) return [];
    return [unit.role === 'refused' ? { ...unit, not: true } : unit];
  });
}

/** "same time next week", not "same time thursday". */
export function nextWeekSame(reading: Reading): boolean {
  return (
    (has(reading, 'again') !== undefined || isSameTime(reading)) &&
    (reading.units.some((unit) => unit.kind === 'day' && unit.form === 'span') ||
      besideLesson(reading.units.map(wordOf)) === 7)
  );
}

/** "an hour later", "back 30 mins", "a day earlier". */
export function shiftOf(reading: Reading): Pick<Heard, 'shiftMinutes' | 'shiftDays'> | undefined {
  const words = reading.units.map(wordOf);
  const half = halfMeant(words);
  if (half !== undefined) return { shiftMinutes: half === 'pm' ? 12 * 60 : -12 * 60 };
  const beside = besideLesson(words);
  if (beside !== undefined) return { shiftDays: beside };
  const later = words.some((word) => LATER.has(word));
  const earlier = words.some((word) => word === 'earlier' || word === 'forward' || word === 'sooner' || word === 'up');
  if (!later && !earlier) return undefined;
  const sign = later ? 1 : -1;
  const duration = reading.units.find((unit) => unit.kind === 'duration');
  const direct = reading.units.some(
    (unit, i) =>
      unit.kind === 'duration' &&
      (['later', 'earlier', 'back', 'forward', 'sooner'].includes(words[i + 1] ?? '') ||
        ['back', 'forward', 'it', 'by'].includes(words[i - 1] ?? '')),
  );
  if (duration?.kind === 'duration' && (direct || earlier || later)) return { shiftMinutes: sign * duration.minutes };
  const by = words.indexOf('by');
  const days =
    countedDays(reading, by) ??
    countedDays(
      reading,
      words.findIndex((word) => MOVED.has(word)),
    );
  if (days !== undefined) return { shiftDays: sign * days };
  const at = words.findIndex((word) => word === 'later' || word === 'earlier');
  const unit = words[at - 1];
  if (at > 1 && (unit === 'day' || unit === 'days')) return { shiftDays: sign * (Number(words[at - 2]) || 1) };
  if (at > 1 && (unit === 'week' || unit === 'weeks')) return { shiftDays: sign * 7 };
  const moved = words.findIndex((word) => word === 'back' || word === 'forward' || word === 'out');
  const unitAt = words[moved + 1] === 'a' || words[moved + 1] === 'by' ? moved + 2 : -1;
  const step = STEPS.get((words[unitAt] === 'a' ? words[unitAt + 1] : words[unitAt]) ?? '');
  if (moved >= 0 && step !== undefined) return { shiftDays: sign * step };
  return undefined;
}

const LATER = new Set(['later', 'back', 'delay', 'out', 'postpone']);
const MOVED = new Set(['back', 'forward', 'out']);

/** "by two days", "back 2 weeks". */
function countedDays({ units }: Reading, at: number): number | undefined {
  const [count, step] = [units[at + 1], STEPS.get(wordOf(units[at + 2]).replace(/s$/, ''))];
  if (at < 0 || count?.kind !== 'number' || step === undefined) return undefined;
  return count.value * step;
}

/** "make that pm", "no i meant am": only the half of the day changes. */
function halfMeant(words: readonly string[]): 'am' | 'pm' | undefined {
  const at = words.findIndex((word, i) => (word === 'am' || word === 'pm') && HALF_LEADS.has(words[i - 1] ?? ''));
  return at < 0 ? undefined : (words[at] as 'am' | 'pm');
}

const HALF_LEADS = new Set(['', 'it', 'that', 'meant', 'mean', 'be', 'the', 'in', 'to', 'no', 'for', 'actually']);

/** "the same time the day after": counted from the lesson, as no other day was said. */
function besideLesson(words: readonly string[]): number | undefined {
  const at = words.findIndex(
    (word, i) => word === 'the' && STEPS.has(words[i + 1] ?? '') && ['after', 'before'].includes(words[i + 2] ?? ''),
  );
  const next = words[at + 3];
  if (at < 0 || (next !== undefined && next !== '' && !AFTER_BESIDE.has(next))) return undefined;
  return (STEPS.get(words[at + 1] ?? '') ?? 0) * (words[at + 2] === 'after' ? 1 : -1);
}

const AFTER_BESIDE = new Set(['same', 'at', 'instead', 'please', 'if', 'that', 'then', 'thanks', 'or', 'and']);

const STEPS = new Map(Object.entries({ day: 1, week: 7, fortnight: 14 }));

/** "tues and thurs 4pm" asks for several lessons; "tues or thurs" for one. */
function several(reading: Reading, units: readonly Unit[], slots: Slots): Slots {
  const many = (slots.dates?.length ?? slots.alternatives?.length ?? slots.weekdays?.length ?? 0) > 1;
  if (!many) return slots;
  const and = units.some(
    (unit, i) =>
      wordOf(unit) === 'and' &&
      (units[i - 1]?.kind === 'day' || units[i - 1]?.kind === 'time') &&
      units.slice(i + 1, i + 4).some((next) => next.kind === 'day' || next.kind === 'time'),
  );
  const or = reading.units.some((unit) => wordOf(unit) === 'or');
  return and && !or ? { ...slots, several: true } : slots;
}

const REGULAR = new Set(['weekly', 'regular', 'standing', 'ongoing', 'permanent']);

/** Asap, weekly series, learner, lesson type. */
function extras(reading: Reading, intent: Intent): Partial<Heard> {
  const extra: Partial<Heard> = {};
  const words = reading.units.map(wordOf);
  if (has(reading, 'asap') !== undefined && intent !== 'waitlist') extra.asap = true;
  const weekly =
    words.some((word) => REGULAR.has(word)) ||
    (words.includes('once') && words.includes('week')) ||
    words.some(
      (word, i) => (word === 'every' || word === 'each') && ['week', 'fortnight'].includes(words[i + 1] ?? ''),
    );
  const every = reading.units.find((unit) => unit.kind === 'day' && unit.every);
  const fortnightly = has(reading, 'fortnightly') !== undefined;
  if ((weekly || fortnightly || every !== undefined) && intent === 'book') {
    extra.recurring = true;
    if (fortnightly || (every?.kind === 'day' && every.everyWeeks === 2)) extra.everyWeeks = 2;
    const days = reading.units.flatMap((unit) =>
      unit.kind === 'day' && unit.weekday !== undefined && unit.form === 'weekday' ? [unit.weekday] : [],
    );
    if ((weekly || fortnightly) && days.length > 0) extra.weekdays = [...new Set(days)].sort();
    const count = reading.units.findIndex(
      (unit, i) => unit.kind === 'number' && ['weeks', 'week', 'times'].includes(words[i + 1] ?? ''),
    );
    const unit = reading.units[count];
    if (unit?.kind === 'number') extra.occurrences = unit.value;
  }
  const learner = learnerNamed(reading);
  if (learner !== undefined) extra.learner = learner;
  const named = lengthNamed(reading);
  const said = reading.units.some((unit) => unit.kind === 'duration' && !unit.not);
  if (named.lessonType !== undefined || !said) Object.assign(extra, named);
  return extra;
}
