import { addDays, mondayOf, weekdayOf } from '../../dates/calendar';
import type { Token } from '../text/token';
import { ends } from '../text/token';
import { type Unit, type UnitOf, wordOf } from './unit';

const BOUNDS = new Set(['before', 'after', 'by', 'until', 'til', 'from', 'than']);

/**
 * A weekday that bounds a week said beside it is that week's: "next week before friday", "2 lessons next week before my
 * test on friday", "before friday next week".
 */
export function settleOwnWeek(units: readonly Unit[], tokens: readonly Token[]): Unit[] {
  const gone = new Set<Unit>();
  const settled = units.map((unit, i): Unit => {
    if (unit.kind !== 'day' || unit.form !== 'weekday' || unit.weekday === undefined || unit.fixed) return unit;
    if (!isBound(units, i)) return unit;
    const after = units[i + 1];
    const week = weekAt(after) ?? weekBefore(units, tokens, i);
    if (week === undefined) return unit;
    if (weekAt(after) !== undefined && after !== undefined) gone.add(after);
    const { orToday: _today, ...rest } = unit;
    return { ...rest, fixed: true, meanings: [{ date: addDays(week, unit.weekday - 1) }] };
  });
  return settled.filter((_, i) => !gone.has(units[i] as Unit));
}

/** "before friday", "before my test on friday". */
function isBound(units: readonly Unit[], at: number): boolean {
  for (let i = at - 1; i >= 0 && i >= at - 5; i--) {
    const word = wordOf(units[i]);
    if (word === '') return false;
    if (BOUNDS.has(word)) return true;
  }
  return false;
}

/** The Monday of a week said before, in the same statement. */
function weekBefore(units: readonly Unit[], tokens: readonly Token[], at: number): string | undefined {
  for (let i = at - 1; i >= 0; i--) {
    const unit = units[i] as Unit;
    if (ends(tokens[unit.to - 1]) || unit.kind === 'time') return undefined;
    if (unit.kind === 'day') return weekAt(unit);
  }
  return undefined;
}

/** The Monday of a unit that is the whole of a coming week. */
function weekAt(unit: Unit | undefined): string | undefined {
  if (unit?.kind !== 'day' || unit.form !== 'span' || unit.meanings.length !== 1) return undefined;
  const [first] = unit.meanings as UnitOf<'day'>['meanings'];
  if (first === undefined || !('range' in first)) return undefined;
  const { from, to } = first.range;
  return weekdayOf(to) === 7 && mondayOf(from) === mondayOf(to) && weekdayOf(from) === 1 ? from : undefined;
}
