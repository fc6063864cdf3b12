import type { Asked } from '../../../../flows/heard';
import { addDays, nextDayOfMonth } from '../../dates/calendar';
import { firstDay } from '../../dates/day';
import type { Token } from '../text/token';
import { words } from '../text/words';
import { type Unit, wordOf } from './unit';

/** "so 4 on wednesday". */
const SO = new Set(['so', 'maybe', 'say', 'then', 'please']);
const AT = new Set(words.beforeClock);
/** "is 5 too late", "is 4 free". */
const JUDGED = new Set('too okay good fine alright possible free available taken gone still'.split(' '));
const AMENDS = new Set(['not', 'actually', 'no', 'wait', 'mean', 'meant', 'sorry', 'nah', 'rather', '*']);
const JOINING = new Set(['or', 'and', 'to', 'til', '-', '/', 'then']);

/** Bare numbers that their neighbours or our question make times become times. */
export function settleNumbers(units: readonly Unit[], tokens: readonly Token[], asked: Asked, today: string): Unit[] {
  const expecting =
    asked.kind === 'when' || asked.kind === 'time' || asked.kind === 'confirm' || asked.kind === 'moveWhen';
  const settled = [...units];
  const lastClock = units.findLastIndex(isClockish);
  let clocks = 0;
  for (let i = 0; i < settled.length; i++) {
    const unit = settled[i];
    if (isClockish(unit)) clocks += 1;
    if (unit?.kind !== 'number' || unit.clock === undefined) continue;
    if (unit.value === 0 && unit.digits.length < 3) continue;
    const hourLike = unit.value <= 12 || unit.digits.length >= 3;
    const before = settled[i - 1];
    const after = settled[i + 1];
    const judged = (wordOf(after) === 'instead' && hourLike) || (wordOf(before) === 'is' && JUDGED.has(wordOf(after)));
    const led =
      judged ||
      (hourLike && isPutDown(settled, i)) ||
      (AT.has(wordOf(before)) && (hourLike || wordOf(before) !== 'be')) ||
      (wordOf(before) === 'the' && wordOf(after) === 'one') ||
      (hourLike && wordOf(before) === 'that' && wordOf(settled[i - 2]) === 'make') ||
      (hourLike && SO.has(wordOf(before)) && wordOf(after) === 'on' && settled[i + 2]?.kind === 'day');
    const beside =
      (before?.kind === 'day' && before.form !== 'span') ||
      (after?.kind === 'day' && after.form !== 'span') ||
      isPart(before) ||
      isPart(after);
    const amends = AMENDS.has(wordOf(before)) && clocks > 0;
    const joined =
      (JOINING.has(wordOf(before)) && settled[i - 2]?.kind === 'time') ||
      (JOINING.has(wordOf(after)) && isClockish(settled[i + 2]));
    const alone = expecting && hourLike && lastClock < i;
    const nearDay =
      before?.kind === 'person' && settled.some((other) => other.kind === 'day' && other.from < unit.from);
    if ((led && (hourLike || unit.value <= 19)) || (hourLike && (beside || joined || amends || alone || nearDay))) {
      settled[i] = { ...unit.clock, from: unit.from, to: unit.to };
      clocks += 1;
    }
  }
  return settleMonthDays(asked.kind === 'when' ? settleLoneDays(settled, today) : settled, tokens);
}

/** "stick me down for 11", "book me in for 3", "for the 11". */
function isPutDown(units: readonly Unit[], at: number): boolean {
  const [word, before] = [wordOf(units[at - 1]), wordOf(units[at - 2])];
  if (word === 'the') return before === 'for' && (units[at + 1] === undefined || wordOf(units[at + 1]) === 'oclock');
  return word === 'for' && PUT.has(before);
}

const PUT = new Set(['down', 'in', 'booked', 'me', 'him', 'her', 'set', 'lesson', 'confirmed']);

function isPart(unit: Unit | undefined): boolean {
  return unit?.kind === 'time' && unit.form === 'part';
}

function isClockish(unit: Unit | undefined): boolean {
  return unit?.kind === 'time' && unit.form === 'clock';
}

/** "29 is good", when we asked which day: no hour of a clock, so a day of the month. */
function settleLoneDays(units: readonly Unit[], today: string): Unit[] {
  if (units.some((unit) => unit.kind === 'day')) return [...units];
  return units.map((unit, i): Unit => {
    if (unit.kind !== 'number' || unit.value < 13 || unit.digits.length !== 2 || !PRAISED.has(wordOf(units[i + 1])))
      return unit;
    const date = nextDayOfMonth(today, unit.value);
    if (date === undefined) return unit;
    return { kind: 'day', form: 'ordinal', meanings: [{ date }], from: unit.from, to: unit.to };
  });
}

const PRAISED = new Set(['is', 'works', 'suits', 'would', 'please', 'good', 'okay', 'fine']);

/** "sat 28": a weekday with a number above the clock's is the day of the month, if they agree. */
function settleMonthDays(units: readonly Unit[], _tokens: readonly Token[]): Unit[] {
  return units.filter((unit, i) => {
    const before = units[i - 1];
    if (
      unit.kind !== 'number' ||
      before?.kind !== 'day' ||
      before.form !== 'weekday' ||
      unit.value < 13 ||
      unit.value > 31
    )
      return true;
    const coming = firstDay(before.meanings[0]);
    if (coming === undefined) return true;
    for (let week = -7; week <= 21; week += 7) {
      const date = addDays(coming, week);
      if (Number(date.slice(8)) === unit.value) {
        before.meanings = [{ date }];
        before.form = 'date';
        return false;
      }
    }
    return true;
  });
}

const NOT = new Set(['not', 'except', 'besides', 'excluding', 'bar', 'nor']);
const NOT_FILLERS = new Set('on with a the at for in this until of can want do make come'.split(' '));
const WIDE = new Set('any anything every all whenever anytime anyday each anyone anybody whoever'.split(' '));

const NEGATED = new Set<Unit['kind']>(['day', 'person', 'number', 'duration']);

/** "not tuesday", "any weekday but fri", "other than sam" mark what they speak of. */
export function settleNegations(units: readonly Unit[], open: boolean): Unit[] {
  const marked = [...units];
  const firstWide = units.findIndex(isWide);
  const firstIf = units.findIndex((unit) => wordOf(unit) === 'if');
  const lastAsked = units.findLastIndex((unit) => unit.kind === 'day' || unit.kind === 'time');
  for (let i = 0; i < marked.length; i++) {
    const word = wordOf(marked[i]);
    if (word === '') continue;
    const apart = word === 'than' && wordOf(marked[i - 1]) === 'other';
    const from = word === 'from' && wordOf(marked[i - 1]) === 'apart';
    const but = word === 'but' && firstWide >= 0 && firstWide < i;
    const dont =
      (word === 'dont' && ['want', 'like'].includes(wordOf(marked[i + 1]))) ||
      (word === 'no' &&
        !ended(marked[i]) &&
        ((marked[i + 1]?.kind === 'day' && i > 0 && !replaces(marked, i)) || isPart(marked[i + 1])));
    const works = word === 'work' && wordOf(marked[i - 1]) === 'i' && isDay(marked, i + 1);
    const cant =
      open &&
      ((['cant', 'busy', 'working'].includes(word) && lastAsked >= i + 3) || works) &&
      (firstIf < 0 || firstIf >= i + 3);
    if (!cant && !NOT.has(word) && !apart && !from && !but && !dont) continue;
    if (word === 'not' && wordOf(marked[i - 1]) === 'if') continue;
    let j = i + 1;
    while (NOT_FILLERS.has(wordOf(marked[j]))) j += 1;
    for (;;) {
      const unit = marked[j];
      if (unit === undefined || (!NEGATED.has(unit.kind) && !(unit.kind === 'time' && !apart))) break;
      marked[j] = { ...unit, not: true };
      if (unit.kind !== 'day' || !['or', 'and'].includes(wordOf(marked[j + 1])) || marked[j + 2]?.kind !== 'day') break;
      j += 2;
    }
  }
  return marked;
}

/** "any day", "weekdays", "anytime": what an exception can be made from. */
function isWide(unit: Unit): boolean {
  return (
    WIDE.has(wordOf(unit)) ||
    (unit.kind === 'day' && unit.form === 'weekdays') ||
    (unit.kind === 'time' && unit.part === 'any')
  );
}

function ended(unit: Unit | undefined): boolean {
  return unit?.kind === 'word' && unit.token.stop !== '';
}

/** "i work mondays", not "i work mondays til 3". */
function isDay(units: readonly Unit[], at: number): boolean {
  const i = wordOf(units[at]) === 'on' ? at + 1 : at;
  return units[i]?.kind === 'day' && !units.some((unit) => unit.kind === 'time');
}

/** "wed, no thurs": another day just before makes it a correction. */
function replaces(units: readonly Unit[], at: number): boolean {
  let i = at - 1;
  while (['actually', 'wait', 'sorry', 'oh', 'um'].includes(wordOf(units[i]))) i -= 1;
  const before = units[i];
  if (before === undefined) return at > 0;
  return before.kind === 'day' && (before.form === 'weekday' || before.form === 'date' || before.form === 'relative');
}
