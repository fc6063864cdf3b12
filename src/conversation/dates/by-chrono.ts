import { Chrono, en } from 'chrono-node';

/** A day as chrono reads one with a month's name in it; the year only when it was written. */
export type NamedDay = { day: number; month: number; year?: number };

const KEEP = new Set([
  'ENMonthNameLittleEndianParser',
  'ENMonthNameMiddleEndianParser',
  'ISOFormatParser',
  'ENYearMonthDayParser',
]);
const chrono = new Chrono({
  parsers: en.configuration
    .createCasualConfiguration(true)
    .parsers.filter((parser) => KEEP.has(parser.constructor.name)),
  refiners: [],
});
/** Any instant will do: only components that were written are read, never a `.date()` nor a zone. */
const ANCHOR = { instant: new Date(Date.UTC(2024, 0, 1, 12)), timezone: 0 };

/** The day at the very start of `phrase` ("3rd of march", "dec 15", "2026-12-05"), and nothing guessed. */
export function namedDay(phrase: string): NamedDay | undefined {
  const first = chrono.parse(phrase, ANCHOR)[0];
  if (first === undefined || first.index !== 0) return undefined;
  const { start } = first;
  if (first.end !== undefined && first.end !== null) return undefined;
  const day = start.isCertain('day') ? start.get('day') : null;
  const month = start.isCertain('month') ? start.get('month') : null;
  if (day === null || month === null) return undefined;
  const year = start.isCertain('year') ? start.get('year') : null;
  return year === null ? { day, month } : { day, month, year };
}
