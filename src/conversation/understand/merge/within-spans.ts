import { daysOf, firstOn } from '../../dates/calendar';
import type { DayMeaning } from '../../dates/day';
import { daysWithin } from '../units/join-days';
import { type Unit, wordOf } from '../units/unit';
import type { Day } from './day-slots';

/** "next week before friday", "in december after the 10th": spans that are said together are the days they share. */
export function narrowedSpans(days: readonly Day[], units: readonly Unit[]): Day[] {
  const spans = days.filter((day) => day.form === 'span' && !day.not && day.meanings.length === 1);
  const ranges = spans.flatMap(({ meanings: [first] }) =>
    first !== undefined && 'range' in first ? [first.range] : [],
  );
  const [one] = spans;
  if (one === undefined || ranges.length < 2 || ranges.length !== spans.length) return [...days];
  const between = units.filter(({ from }) => from > one.from && from < (spans.at(-1)?.from ?? 0));
  if (between.some((unit) => EITHER.has(wordOf(unit)))) return [...days];
  const from =
    ranges
      .map((range) => range.from)
      .sort()
      .at(-1) ?? '';
  const to = ranges.map((range) => range.to).sort()[0] ?? '';
  if (from > to) return [...days];
  const shared: Day = { ...one, meanings: [from === to ? { date: from } : { range: { from, to } }] };
  if (from === to) shared.form = 'date';
  return days.flatMap((day) => (day === one ? [shared] : spans.includes(day) ? [] : [day]));
}

const EITHER = new Set(['or', 'and', '/', '&', 'then']);

/** "tues next week" and "any weekday next week": a weekday inside a span is a day of it, and the span is used up. */
export function withinSpans(days: readonly Day[]): Day[] {
  const span = days.find((day) => day.form === 'span' && !day.not);
  const range = span?.meanings.length === 1 && 'range' in span.meanings[0]! ? span.meanings[0].range : undefined;
  if (span === undefined || range === undefined) return [...days];
  const series = days.find((day) => day.every && day.weekday !== undefined);
  if (series?.weekday !== undefined && daysOf(range).length <= 7) {
    const date = firstOn(range.from, series.weekday);
    return days.map((day) => (day === span ? { ...span, form: 'date' as const, meanings: [{ date }] } : day));
  }
  let used = false;
  const inside = days.map((day) => {
    if (day.not || day === span) return day;
    const [first] = day.meanings;
    if (
      first !== undefined &&
      'date' in first &&
      DATED.has(day.form) &&
      range.from <= first.date &&
      first.date <= range.to
    )
      used = true;
    if (day.weekday === undefined && day.form !== 'weekdays') return day;
    const weekdays =
      day.form === 'weekdays' && 'weekdays' in day.meanings[0]!
        ? day.meanings[0].weekdays
        : day.weekday === undefined
          ? []
          : [day.weekday];
    if (day.form !== 'weekdays' && (day.form !== 'weekday' || (day.fixed && !span.fixed && day.meanings.length < 2)))
      return day;
    const dates = daysWithin(range, weekdays);
    if (dates.length === 0 || day.every) return day;
    used = true;
    const { orToday: _today, ...plainDay } = day;
    const meanings: DayMeaning[] = dates.length === 1 || day.form === 'weekday' ? [{ date: dates[0]! }] : [{ dates }];
    return { ...plainDay, form: 'date' as const, meanings };
  });
  return used ? inside.filter((day) => day !== span) : inside;
}

const DATED = new Set(['date', 'ordinal']);
