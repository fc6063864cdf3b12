import type { DateRange } from '../../../../flows/heard';
import { addDays, addMonths, daysOf, firstOn, mondayOf, weekdayOf } from '../../dates/calendar';
import { type DayMeaning, firstDay } from '../../dates/day';
import type { Token } from '../text/token';
import { type Unit, type UnitOf, wordOf } from './unit';

type Day = UnitOf<'day'>;
const BETWEEN = new Set(['to', 'til', 'until', 'through', 'thru', '-']);
const SILENT = new Set(['the', 'on', 'of', 'in', 'at', 'for', 'is']);

/** "mon-fri", "24/12 to 2/1", "tues 25/11", "before friday": several words about days that are one phrase. */
export function joinDays(units: readonly Unit[], tokens: readonly Token[], today: string, ranges: boolean): Unit[] {
  return bounded(agreed(sameWeek(ranges ? ranged(units) : [...units]), tokens), today);
}

/** "next mon or tues": the second is of the same week as the first. */
function sameWeek(units: readonly Unit[]): Unit[] {
  const settled = [...units];
  for (let i = 2; i < settled.length; i++) {
    const [first, unit] = [settled[i - 2], settled[i] as Unit];
    if (unit.kind !== 'day' || unit.form !== 'weekday' || unit.fixed || unit.weekday === undefined) continue;
    if (first?.kind !== 'day' || first.weekday === undefined || !first.fixed) continue;
    if (!['or', 'and'].includes(wordOf(settled[i - 1])) || unit.weekday <= first.weekday) continue;
    const apart = unit.weekday - first.weekday;
    const meanings = first.meanings.flatMap((one) => ('date' in one ? [{ date: addDays(one.date, apart) }] : []));
    const { orToday: _today, ...rest } = unit;
    settled[i] = { ...rest, fixed: true, meanings };
  }
  return settled;
}

function ranged(units: readonly Unit[]): Unit[] {
  const joined: Unit[] = [];
  for (let i = 0; i < units.length; i++) {
    const unit = units[i] as Unit;
    const next = wordOf(units[i + 2]) === 'the' ? units[i + 3] : units[i + 2];
    const between =
      BETWEEN.has(wordOf(units[i + 1])) || (wordOf(units[i + 1]) === 'and' && wordOf(units[i - 1]) === 'between');
    if (unit.kind !== 'day' || next?.kind !== 'day' || !between || !haveEnds(unit, next)) {
      joined.push(unit);
      continue;
    }
    joined.push({ ...rangeOf(unit, next), from: unit.from, to: next.to });
    i = units.indexOf(next);
  }
  return joined;
}

/** "weekdays until thursday": from no day in particular, so no range of days. */
function haveEnds(a: Day, b: Day): boolean {
  const pattern = a.form === 'weekdays' && b.form === 'weekdays' && a.weekday !== undefined && b.weekday !== undefined;
  return pattern || ((a.orToday ?? firstDay(a.meanings[0])) !== undefined && lastDay(b.meanings[0]) !== undefined);
}

function rangeOf(a: Day, b: Day): Day {
  if (a.form === 'weekdays' && b.form === 'weekdays' && a.weekday !== undefined && b.weekday !== undefined) {
    const weekdays: number[] = [];
    for (let day = a.weekday; ; day = (day % 7) + 1) {
      weekdays.push(day);
      if (day === b.weekday) break;
    }
    return { ...a, meanings: [{ weekdays }] };
  }
  const from = a.orToday ?? firstDay(a.meanings[0]) ?? '';
  let to = lastDay(b.meanings[0]) ?? '';
  if (b.form === 'weekday' && b.weekday !== undefined)
    while (to < from || (to > addDays(from, 6) && !b.fixed)) to = addDays(to, to < from ? 7 : -7);
  else if (to < from && b.form === 'ordinal') to = addMonths(to, 1);
  else if (to < from) to = `${Number(from.slice(0, 4)) + 1}${to.slice(4)}`;
  const { orToday: _today, weekday: _weekday, ...rest } = a;
  return { ...rest, form: 'span', fixed: true, meanings: [{ range: { from, to } }] };
}

function lastDay(meaning: DayMeaning | undefined): string | undefined {
  return meaning !== undefined && 'range' in meaning ? meaning.range.to : firstDay(meaning);
}

/** A weekday beside a date: one day if they agree, two readings if not. */
function agreed(units: readonly Unit[], tokens: readonly Token[]): Unit[] {
  const joined: Unit[] = [];
  for (const unit of units) {
    let last = joined.length - 1;
    while (last > 0 && SILENT.has(wordOf(joined[last])) && last > joined.length - 3) last -= 1;
    const before = joined[last];
    if (
      unit.kind !== 'day' ||
      before?.kind !== 'day' ||
      before.not !== unit.not ||
      before.role !== unit.role ||
      isApart(tokens, before, unit)
    ) {
      joined.push(unit);
      continue;
    }
    const both = agree(before, unit) ?? agree(unit, before) ?? holiday(before, unit) ?? holiday(unit, before);
    if (both === undefined) {
      joined.push(unit);
      continue;
    }
    joined.length = last;
    joined.push({ ...both, from: before.from, to: unit.to });
  }
  return joined;
}

/** A full stop between them. */
function isApart(tokens: readonly Token[], before: Unit, unit: Unit): boolean {
  return tokens.slice(before.to - 1, unit.from).some(({ stop }) => stop !== '' && stop !== ',');
}

const DATED = new Set(['date', 'ordinal', 'holiday', 'relative']);

function agree(weekday: Day, dated: Day): Day | undefined {
  if (weekday.form !== 'weekday' || weekday.weekday === undefined || !DATED.has(dated.form)) return undefined;
  const date = firstDay(dated.meanings[0]);
  if (date === undefined) return undefined;
  const { orToday: _today, ...rest } = dated;
  if (weekdayOf(date) === weekday.weekday) return { ...rest, form: 'date' };
  if (
    dated.form === 'relative' &&
    date >= addDays(firstDay(weekday.meanings[0]) ?? date, -1) &&
    date > addDays(firstDay(weekday.meanings[0]) ?? date, 1)
  ) {
    return { ...rest, form: 'date', meanings: [{ date: addDays(mondayOf(date), weekday.weekday - 1) }] };
  }
  const matching = weekday.meanings.find((meaning) => firstDay(meaning) === date);
  if (matching !== undefined) return { ...rest, form: 'date' };
  return { ...rest, form: 'date', meanings: [...dated.meanings, ...weekday.meanings.slice(0, 1)] };
}

/** "easter tuesday 6/4": the date counts; the holiday is the other reading when not even the weekday agrees. */
function holiday(named: Day, dated: Day): Day | undefined {
  if (named.form !== 'holiday' || (dated.form !== 'date' && dated.form !== 'ordinal')) return undefined;
  const [a, b] = [firstDay(named.meanings[0]), firstDay(dated.meanings[0])];
  if (a === undefined || b === undefined) return undefined;
  return weekdayOf(a) === weekdayOf(b) || a === b
    ? dated
    : { ...dated, meanings: [...dated.meanings, ...named.meanings] };
}

/** "before friday", "by the 5th", "after tuesday": the days on that side, a fortnight at most where there is no end. */
function bounded(units: readonly Unit[], today: string): Unit[] {
  const joined: Unit[] = [];
  for (const unit of units) {
    let last = joined.length - 1;
    if (wordOf(joined[last]) === 'the') last -= 1;
    const word = wordOf(joined[last]);
    const date = unit.kind === 'day' && unit.form !== 'weekdays' ? boundaryOf(unit, word) : undefined;
    const beside = date === undefined ? undefined : nearest(joined[last - 1], word, date);
    if (beside !== undefined && unit.kind === 'day') {
      joined.length = last - 1;
      if (SUPERLATIVE.has(wordOf(joined.at(-1)))) joined.pop();
      joined.push({ ...beside, to: unit.to });
      continue;
    }
    const range = date === undefined ? undefined : sideOf(word, wordOf(joined[last - 1]), date, today);
    if (range === undefined || unit.kind !== 'day') {
      joined.push(unit);
      continue;
    }
    joined.length = last;
    const { orToday: _today, weekday: _weekday, ...rest } = unit;
    joined.push(
      range.from === range.to
        ? { ...rest, form: 'date', meanings: [{ date: range.from }] }
        : { ...rest, form: 'span', fixed: true, meanings: [{ range }] },
    );
  }
  return joined;
}

/** The day that is counted from: a month begins on its first and is over after its last. */
function boundaryOf(day: Day, word: string): string | undefined {
  const [first] = day.meanings;
  if (day.form !== 'span') return firstDay(first);
  if (first === undefined || !('range' in first) || daysOf(first.range).length < 20) return undefined;
  return word === 'after' || word === 'by' ? first.range.to : word === 'before' ? first.range.from : undefined;
}

const SUPERLATIVE = new Set(['last', 'first']);

/** "the last sat before xmas", "the monday after the 5th". */
function nearest(before: Unit | undefined, word: string, date: string): Day | undefined {
  if (before?.kind !== 'day' || before.not || (word !== 'before' && word !== 'after')) return undefined;
  if (isWeekend(before)) {
    const from = firstOn(addDays(date, word === 'before' ? -8 : 1), 6);
    return {
      ...{ kind: 'day', form: 'span', fixed: true, meanings: [{ range: { from, to: addDays(from, 1) } }] },
      ...{ from: before.from, to: before.to },
    };
  }
  if (before.form !== 'weekday' || before.weekday === undefined) return undefined;
  const found = firstOn(addDays(date, word === 'before' ? -7 : 1), before.weekday);
  return { kind: 'day', form: 'date', meanings: [{ date: found }], from: before.from, to: before.to };
}

function isWeekend({ form, meanings: [first] }: Day): boolean {
  return form === 'span' && first !== undefined && 'range' in first && addDays(first.range.from, 1) === first.range.to;
}

function sideOf(word: string, before: string, date: string, today: string): DateRange | undefined {
  if (before === 'day' && (word === 'before' || word === 'after')) {
    const beside = addDays(date, word === 'before' ? -1 : 1);
    return { from: beside, to: beside };
  }
  if (
    ((word === 'before' && before !== 'not') || (word === 'than' && (before === 'sooner' || before === 'earlier'))) &&
    date > today
  )
    return { from: today, to: addDays(date, -1) };
  if (word === 'before' && before === 'not') return { from: date, to: addDays(date, 14) };
  if ((word === 'til' || word === 'until') && (before === 'not' || before === 'nothing'))
    return { from: date, to: addDays(date, 14) };
  if ((word === 'by' || word === 'until' || word === 'til') && date >= today) return { from: today, to: date };
  if (word === 'after' && before !== 'not') return { from: addDays(date, 1), to: addDays(date, 14) };
  return undefined;
}

/** The days of a range that fall on one of these weekdays. */
export function daysWithin(range: DateRange, weekdays: readonly number[]): string[] {
  return daysOf(range).filter((date) => weekdays.includes(weekdayOf(date)));
}
