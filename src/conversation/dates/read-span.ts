import type { DateRange } from '../../../flows/heard';
import { numberOf } from '../understand/text/lex';
import type { Token } from '../understand/text/token';
import { wordAt } from '../understand/text/token';
import { WEEKDAYS } from '../understand/text/words';
import { addDays, mondayOf } from './calendar';
import type { DayPhrase } from './day';
import { firstDay } from './day';
import { readDayMonth, readNumeric, readOrdinal } from './read-date';
import type { DayContext } from './read-day';
import { CLOSE } from './school-clock';

/** "next week", "early next week", "the weekend", "next 3 days", "week of the 7th", "weekdays", "next month", "rest of the week". */
export function readSpan(tokens: readonly Token[], at: number, context: DayContext): DayPhrase | undefined {
  return (
    readWeek(tokens, at, context) ??
    readWeekend(tokens, at, context) ??
    readNextSome(tokens, at, context) ??
    readKinds(tokens, at)
  );
}

const span = (length: number, ...ranges: DateRange[]): DayPhrase => ({
  meanings: ranges.map((range) => ({ range })),
  form: 'span',
  length,
});
const SLICES = new Map<string, [number, number]>(
  Object.entries({
    early: [0, 2],
    beginning: [0, 2],
    start: [0, 2],
    mid: [1, 3],
    middle: [1, 3],
    late: [3, 6],
    end: [3, 6],
    later: [3, 6],
  }),
);

function readWeek(tokens: readonly Token[], at: number, context: DayContext): DayPhrase | undefined {
  let i = at;
  const slice = SLICES.get(wordAt(tokens, i));
  if (slice !== undefined) i += 1;
  for (let filler = wordAt(tokens, i); FILLERS.has(filler); filler = wordAt(tokens, ++i));
  const lead = wordAt(tokens, i);
  if (lead === 'week' && wordAt(tokens, i + 1) === 'after' && wordAt(tokens, i + 2) === 'next')
    return weekOf(2, slice, i + 3 - at, context);
  const last = lead === 'week' && wordAt(tokens, i + 1) === 'after' && tokens[i + 2] === undefined;
  if (i > at && last && !tokens.slice(0, at).some(isOfDays)) return weekOf(2, slice, i + 2 - at, context);
  if (lead === 'week' && WEEK_OF.has(wordAt(tokens, i + 1))) {
    let j = i + 2;
    if (['on', 'the', 'from'].includes(wordAt(tokens, j)) && wordAt(tokens, j) !== 'the') j += 1;
    const day = readDayMonth(tokens, j, context) ?? readNumeric(tokens, j, context) ?? readOrdinal(tokens, j, context);
    const date = firstDay(day?.meanings[0]);
    if (day === undefined || date === undefined) return undefined;
    const from = mondayOf(date);
    return span(j + day.length - at, { from, to: addDays(from, 6) });
  }
  const token = tokens[i + 1];
  const week =
    wordAt(tokens, i + 1) === 'week' || (wordAt(tokens, i + 1) === 'weeks' && (lead === 'next' || lead === 'this'));
  if (!week || token === undefined) {
    return lead === 'week' && slice !== undefined && i - at > 1 ? weekOf(0, slice, i + 1 - at, context) : undefined;
  }
  if (lead === 'next' || lead === 'following') {
    if (wordAt(tokens, i + 2) === 'after' && wordAt(tokens, i + 3) === 'next') return undefined;
    return weekOf(1, slice, i + 2 - at, context);
  }
  if (lead === 'this' && wordAt(tokens, i + 2) === 'coming') return weekOf(1, slice, i + 3 - at, context);
  if (lead === 'coming') return weekOf(1, slice, i + 2 - at, context);
  return lead === 'this' || lead === 'current' ? weekOf(0, slice, i + 2 - at, context) : undefined;
}

/** The week so many weeks on, or a slice of it; of this week what is left. */
function weekOf(weeks: number, slice: [number, number] | undefined, length: number, { today }: DayContext): DayPhrase {
  const monday = addDays(mondayOf(today), 7 * weeks);
  const [first, last] = slice ?? [0, 6];
  const range = { from: addDays(monday, first), to: addDays(monday, last) };
  return span(length, range.from < today && range.to >= today ? { from: today, to: range.to } : range);
}

/** A day or week said before, from which "the week after" counts. */
const isOfDays = ({ text }: Token) => WEEKDAYS.has(text) || ['week', 'tomorrow', 'today', 'weekend'].includes(text);

const FILLERS = new Set(['in', 'of', 'the', 'rest', 'part']);
const WEEK_OF = new Set(['of', 'starting', 'beginning', 'commencing', 'from']);

function readWeekend(tokens: readonly Token[], at: number, context: DayContext): DayPhrase | undefined {
  let i = at;
  let next = false;
  let every = false;
  for (let lead = wordAt(tokens, i); WEEKEND_LEADS.has(lead); lead = wordAt(tokens, ++i)) {
    if (lead === 'next') next = true;
    if (lead === 'every' || lead === 'any') every = true;
  }
  if (wordAt(tokens, i) !== 'weekend') return undefined;
  const token = tokens[i];
  i += 1;
  if (every || token?.plural) return { meanings: [{ weekdays: [6, 7] }], form: 'weekdays', length: i - at };
  const held = weekendOf(tokens, i, context);
  if (held !== undefined) return span(i + held.length - at, held.range);
  if (wordAt(tokens, i) === 'after' && wordAt(tokens, i + 1) === 'next')
    return span(i + 2 - at, weekend(1, context), weekend(2, context));
  if (wordAt(tokens, i) === 'after' && wordAt(tokens, i + 1) === '' && !next)
    return span(i + 1 - at, weekend(1, context));
  if (next)
    return context.weekday >= 6
      ? span(i - at, weekend(1, context))
      : span(i - at, weekend(1, context), weekend(0, context));
  if (context.weekday === 7)
    return context.time < CLOSE
      ? span(i - at, weekend(1, context), { from: context.today, to: context.today })
      : span(i - at, weekend(1, context));
  return span(i - at, weekend(0, context));
}

/** "... of the 5th": the Saturday and Sunday of the week that holds it. */
function weekendOf(
  tokens: readonly Token[],
  at: number,
  context: DayContext,
): { range: DateRange; length: number } | undefined {
  if (wordAt(tokens, at) !== 'of') return undefined;
  const day =
    readDayMonth(tokens, at + 1, context) ??
    readNumeric(tokens, at + 1, context) ??
    readOrdinal(tokens, at + 1, context);
  const date = firstDay(day?.meanings[0]);
  if (day === undefined || date === undefined) return undefined;
  const saturday = addDays(mondayOf(date), 5);
  return { range: { from: saturday, to: addDays(saturday, 1) }, length: day.length + 1 };
}

function weekend(weeks: number, { today }: DayContext): DateRange {
  const saturday = addDays(mondayOf(today), 5 + 7 * weeks);
  return { from: saturday, to: addDays(saturday, 1) };
}

const WEEKEND_LEADS = new Set(['this', 'the', 'next', 'coming', 'every', 'any', 'on']);

/** "next 3 days" is tomorrow and two more; "in the next fortnight" likewise. */
function readNextSome(tokens: readonly Token[], at: number, context: DayContext): DayPhrase | undefined {
  let i = at;
  const within = wordAt(tokens, i) === 'within';
  if (within || wordAt(tokens, i) === 'in' || wordAt(tokens, i) === 'over') i += 1;
  if (wordAt(tokens, i) === 'the') i += 1;
  const next = wordAt(tokens, i) === 'next' || wordAt(tokens, i) === 'coming';
  if (next) i += 1;
  if (!next && !within) return undefined;
  const month = wordAt(tokens, i) === 'month';
  let count = numberOf(tokens[i]);
  if (within && wordAt(tokens, i) === 'a') i += 1;
  if (count !== undefined) i += 1;
  else if (wordAt(tokens, i) === 'few' || wordAt(tokens, i) === 'couple') {
    count = wordAt(tokens, i) === 'few' ? 3 : 2;
    i += 1;
    if (wordAt(tokens, i) === 'of') i += 1;
  } else if (month) return undefined;
  const days = EACH.get(wordAt(tokens, i));
  if (days === undefined) return undefined;
  if (count === undefined && (days === 1 || (days === 7 && i - at < 2))) return undefined;
  return span(i + 1 - at, { from: addDays(context.today, 1), to: addDays(context.today, (count ?? 1) * days) });
}

const EACH = new Map(Object.entries({ day: 1, days: 1, week: 7, weeks: 7, fortnight: 14 }));

/** "weekdays", "any weekday", "during the week". */
function readKinds(tokens: readonly Token[], at: number): DayPhrase | undefined {
  let i = at;
  if (['any', 'a', 'every', 'on', 'the'].includes(wordAt(tokens, i))) i += 1;
  const word = wordAt(tokens, i);
  const part = word === 'weeknight' ? { part: 'evening' } : {};
  if (word === 'weekday' || word === 'weeknight')
    return { meanings: [{ weekdays: [1, 2, 3, 4, 5] }], form: 'weekdays', length: i + 1 - at, ...part };
  if (wordAt(tokens, at) === 'during' && wordAt(tokens, at + 1) === 'the' && wordAt(tokens, at + 2) === 'week') {
    return { meanings: [{ weekdays: [1, 2, 3, 4, 5] }], form: 'weekdays', length: 3 };
  }
  return undefined;
}
