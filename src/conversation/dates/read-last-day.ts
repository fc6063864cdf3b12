import type { Token } from '../understand/text/token';
import { wordAt } from '../understand/text/token';
import { MONTHS } from '../understand/text/words';
import { addMonths, monthRange, partsOf } from './calendar';
import type { DayPhrase } from './day';
import type { DayContext } from './read-day';

/** "last day of november", "of the month", "of next month". */
export function lastDay(
  tokens: readonly Token[],
  at: number,
  before: number,
  context: DayContext,
): DayPhrase | undefined {
  let i = at;
  while (['of', 'the', 'in'].includes(wordAt(tokens, i))) i += 1;
  const named = MONTHS.get(wordAt(tokens, i));
  const said = monthSaid(tokens, i);
  if (named === undefined && said === undefined && wordAt(tokens, i) !== 'month') return undefined;
  const first = addMonths(`${context.today.slice(0, 8)}01`, said?.ahead ?? 0);
  const { year, month } = partsOf(first);
  const ofYear = named !== undefined && named < month ? year + 1 : year;
  const date = monthRange(ofYear, named ?? month).to;
  return { meanings: [{ date }], form: 'date', length: before + i - at + (said?.length ?? 1) };
}

/** "of next month", "this month": how many months ahead. */
export function monthSaid(tokens: readonly Token[], at: number): { ahead: number; length: number } | undefined {
  let i = at;
  for (
    let filler = wordAt(tokens, i);
    filler === 'of' || filler === 'the' || filler === 'in';
    filler = wordAt(tokens, ++i)
  );
  const which = wordAt(tokens, i);
  if (wordAt(tokens, i + 1) === 'month' && (which === 'next' || which === 'this'))
    return { ahead: which === 'next' ? 1 : 0, length: i + 2 - at };
  return undefined;
}
