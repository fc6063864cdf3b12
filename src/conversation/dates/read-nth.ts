import type { Token } from '../understand/text/token';
import { wordAt } from '../understand/text/token';
import { MONTHS, ORDINALS, WEEKDAYS } from '../understand/text/words';
import { addDays, addMonths, firstOn, monthRange, partsOf, weekdayOf } from './calendar';
import type { DayPhrase } from './day';
import type { DayContext } from './read-day';
import { monthSaid } from './read-last-day';

/** "first monday of december", "2nd sat in feb", "last friday of the month". */
export function readNth(tokens: readonly Token[], at: number, context: DayContext): DayPhrase | undefined {
  let i = wordAt(tokens, at) === 'the' ? at + 1 : at;
  const nth = nthAt(tokens, i);
  if (nth === undefined) return undefined;
  i += nth.length;
  const weekday = WEEKDAYS.get(wordAt(tokens, i));
  if (weekday === undefined || !['of', 'in'].includes(wordAt(tokens, i + 1))) return undefined;
  i += 2;
  const month = monthAt(tokens, i, context);
  if (month === undefined) return undefined;
  const length = i + month.length - at;
  const date = nthOf(month.first, weekday, nth.nth);
  if (date !== undefined && date >= context.today) return { meanings: [{ date }], form: 'date', length };
  const next = nthOf(addMonths(month.first, month.named ? 12 : 1), weekday, nth.nth);
  return next === undefined ? undefined : { meanings: [{ date: next }], form: 'date', length };
}

/** "first", "2nd"; 0 is the last. */
export function nthAt(tokens: readonly Token[], at: number): { nth: number; length: number } | undefined {
  const word = wordAt(tokens, at);
  if (word === 'last') return { nth: 0, length: 1 };
  const spoken = ORDINALS.get(word);
  if (spoken !== undefined && spoken <= 5) return { nth: spoken, length: 1 };
  const digits = tokens[at];
  if (digits?.kind !== 'number' || !['st', 'nd', 'rd', 'th'].includes(wordAt(tokens, at + 1))) return undefined;
  const nth = Number(digits.text);
  return nth >= 1 && nth <= 5 ? { nth, length: 2 } : undefined;
}

/** The first day of the month that is named, or of this or the next one. */
export function monthAt(
  tokens: readonly Token[],
  at: number,
  { today }: DayContext,
): { first: string; length: number; named: boolean } | undefined {
  const thisMonth = `${today.slice(0, 8)}01`;
  const named = MONTHS.get(wordAt(tokens, at));
  if (named !== undefined) {
    const ahead = (named - partsOf(today).month + 12) % 12;
    return { first: addMonths(thisMonth, ahead), length: 1, named: true };
  }
  const said = monthSaid(tokens, at);
  if (said !== undefined) return { first: addMonths(thisMonth, said.ahead), length: said.length, named: false };
  const the = wordAt(tokens, at) === 'the' ? 1 : 0;
  return wordAt(tokens, at + the) === 'month' ? { first: thisMonth, length: the + 1, named: false } : undefined;
}

/** The `nth` such weekday of the month that begins with `first`; 0 is the last. */
function nthOf(first: string, weekday: number, nth: number): string | undefined {
  const { year, month } = partsOf(first);
  const { to } = monthRange(year, month);
  if (nth === 0) return addDays(to, -((weekdayOf(to) - weekday + 7) % 7));
  const date = addDays(firstOn(first, weekday), 7 * (nth - 1));
  return date <= to ? date : undefined;
}
