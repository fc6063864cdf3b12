import type { Token } from '../understand/text/token';
import { wordAt } from '../understand/text/token';
import { MONTHS } from '../understand/text/words';
import { dateOf, nextDayMonth } from './calendar';
import type { DayPhrase } from './day';
import type { DayContext } from './read-day';

const JOINTS = new Set(['to', 'til', 'until', 'through', 'thru', 'and']);

/** "18-20 dec", "the 3rd to the 7th of jan", "dec 18-20": days of one month from the one to the other. */
export function readDaysOfMonth(tokens: readonly Token[], at: number, context: DayContext): DayPhrase | undefined {
  let i = at;
  const lead = wordAt(tokens, i);
  if (lead === 'from' || lead === 'between') i += 1;
  const first = MONTHS.get(wordAt(tokens, i));
  if (first !== undefined) i += 1;
  const from = dayAt(tokens, i);
  if (from === undefined) return undefined;
  i += from.length;
  const joint = tokens[i];
  if (joint?.text !== '-' && !JOINTS.has(joint?.text ?? '')) return undefined;
  if (joint?.text === 'and' && lead !== 'between') return undefined;
  i += 1;
  const to = dayAt(tokens, i);
  if (to === undefined || to.day <= from.day) return undefined;
  i += to.length;
  if (first === undefined && wordAt(tokens, i) === 'of') i += 1;
  const month = first ?? MONTHS.get(wordAt(tokens, i));
  if (month === undefined) return undefined;
  if (first === undefined) i += 1;
  else if ([':', '.'].includes(tokens[i]?.text ?? '') || ['am', 'pm'].includes(wordAt(tokens, i))) return undefined;
  const end = nextDayMonth(context.today, to.day, month);
  const start = end === undefined ? undefined : dateOf(Number(end.slice(0, 4)), month, from.day);
  if (start === undefined || end === undefined) return undefined;
  return { meanings: [{ range: { from: start, to: end } }], form: 'span', fixed: true, length: i - at };
}

/** "18", "18th", "the 18th". */
function dayAt(tokens: readonly Token[], at: number): { day: number; length: number } | undefined {
  const the = wordAt(tokens, at) === 'the' ? 1 : 0;
  const token = tokens[at + the];
  if (token?.kind !== 'number' || token.text.length > 2) return undefined;
  const day = Number(token.text);
  if (day < 1 || day > 31) return undefined;
  const suffixed = ['st', 'nd', 'rd', 'th'].includes(wordAt(tokens, at + the + 1));
  return { day, length: the + (suffixed ? 2 : 1) };
}
