import { addDays, firstOn, mondayOf } from '../../dates/calendar';
import { type DayMeaning, firstDay } from '../../dates/day';
import { type Unit, type UnitOf, wordOf } from './unit';

type Day = UnitOf<'day'>;

const THAT = new Set(['that', 'it', 'then']);
const STEPS = new Map(Object.entries({ one: 7, day: 1, week: 7, fortnight: 14 }));

/**
 * Days counted from a day said before: "not this sat, the one after", "my test is the 22nd so the day before", "the week
 * after that", "to the following saturday".
 */
export function settleAnchors(units: readonly Unit[]): Unit[] {
  const settled: Unit[] = [];
  let anchor: Day | undefined;
  for (let i = 0; i < units.length; i++) {
    const unit = units[i] as Unit;
    const moved = anchor === undefined ? undefined : (following(units, i, anchor) ?? beside(units, i, anchor));
    if (moved !== undefined) {
      settled.push(moved.day);
      anchor = moved.day;
      i = moved.to - 1;
      continue;
    }
    if (unit.kind === 'day' && unit.form !== 'weekdays') anchor = unit;
    settled.push(unit);
  }
  return settled;
}

type Read = { day: Day; to: number };

/** "the following saturday", "the saturday after (that)", "the weekend after". */
function following(units: readonly Unit[], at: number, anchor: Day): Read | undefined {
  let i = wordOf(units[at]) === 'the' ? at + 1 : at;
  const led = wordOf(units[i]) === 'following';
  if (led) i += 1;
  const unit = units[i];
  const from = firstDay(anchor.meanings[0]);
  if (from === undefined || unit?.kind !== 'day') return undefined;
  const weekend = isWeekend(unit);
  if (!weekend && (unit.form !== 'weekday' || unit.weekday === undefined)) return undefined;
  let to = i + 1;
  if (!led) {
    if (wordOf(units[to]) !== 'after' || units[to + 1]?.kind === 'day' || units[to + 1]?.kind === 'time')
      return undefined;
    to += 1;
    if (THAT.has(wordOf(units[to]))) to += 1;
    else if (to < units.length && wordOf(units[at]) !== 'the' && !weekend) return undefined;
  }
  const meaning = weekend
    ? counted('weekend', 1, from, anchor)
    : { date: firstOn(addDays(from, 1), unit.weekday ?? 1) };
  return meaning === undefined ? undefined : { day: made(units, at, to, meaning), to };
}

/** "the one after", "the day before that", "the week after", "the weekend before". */
function beside(units: readonly Unit[], at: number, anchor: Day): Read | undefined {
  if (wordOf(units[at]) !== 'the') return undefined;
  const step = wordOf(units[at + 1]);
  const side = wordOf(units[at + 2]);
  if (side !== 'after' && side !== 'before' && !(side === 'following' && step === 'day')) return undefined;
  const from = firstDay(anchor.meanings[0]);
  let to = at + 3;
  if (THAT.has(wordOf(units[to]))) to += 1;
  else if (wordOf(units[to]) === 'my' || wordOf(units[to]) === 'the' || isSaid(units[to])) return undefined;
  const sign = side === 'before' ? -1 : 1;
  if (from === undefined) return undefined;
  const meaning = counted(step, sign, from, anchor);
  return meaning === undefined ? undefined : { day: made(units, at, to, meaning), to };
}

/** A number may follow ("the day after, 11"); a day or a time that belongs to "after" may not. */
function isSaid(unit: Unit | undefined): boolean {
  return unit?.kind === 'day';
}

function counted(step: string, sign: 1 | -1, from: string, anchor: Day): DayMeaning | undefined {
  const days = STEPS.get(step);
  const wide = anchor.form === 'span';
  if (step === 'weekend' || (step === 'one' && isWeekend(anchor))) {
    const saturday = addDays(mondayOf(from), 5 + 7 * sign);
    return { range: { from: saturday, to: addDays(saturday, 1) } };
  }
  if (days === undefined) return undefined;
  if (step === 'week' || (step === 'one' && wide)) {
    const monday = addDays(mondayOf(from), 7 * sign);
    return { range: { from: monday, to: addDays(monday, 6) } };
  }
  return wide ? undefined : { date: addDays(from, sign * days) };
}

function isWeekend({ form, meanings: [first] }: Day): boolean {
  return form === 'span' && first !== undefined && 'range' in first && addDays(first.range.from, 1) === first.range.to;
}

function made(units: readonly Unit[], at: number, end: number, meaning: DayMeaning): Day {
  return {
    kind: 'day',
    form: 'range' in meaning ? 'span' : 'date',
    meanings: [meaning],
    from: units[at]?.from ?? 0,
    to: units[end - 1]?.to ?? 0,
  };
}
