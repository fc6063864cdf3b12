import type { Token } from '../understand/text/token';
import { wordAt } from '../understand/text/token';
import { addDays, mondayOf, monthRange, partsOf } from './calendar';
import type { DayPhrase } from './day';
import type { DayContext } from './read-day';
import { monthAt, nthAt } from './read-nth';

/** "the second week of december", "first week of next month": the Mon..Sun weeks counted from that of the 1st. */
export function readWeekOfMonth(tokens: readonly Token[], at: number, context: DayContext): DayPhrase | undefined {
  let i = wordAt(tokens, at) === 'the' ? at + 1 : at;
  const nth = nthAt(tokens, i);
  if (nth === undefined || wordAt(tokens, i + nth.length) !== 'week') return undefined;
  i += nth.length + 1;
  if (!['of', 'in'].includes(wordAt(tokens, i))) return undefined;
  const month = monthAt(tokens, i + 1, context);
  if (month === undefined) return undefined;
  const { year, month: number } = partsOf(month.first);
  const whole = monthRange(year, number);
  const monday = nth.nth === 0 ? mondayOf(whole.to) : addDays(mondayOf(whole.from), 7 * (nth.nth - 1));
  const from = [monday, whole.from, context.today].sort().at(-1) ?? monday;
  const to = [addDays(monday, 6), whole.to].sort()[0] ?? monday;
  if (from > to) return undefined;
  return { meanings: [{ range: { from, to } }], form: 'span', length: i + 1 + month.length - at };
}
