import type { DateRange } from '../../../flows/heard';
import { numberOf } from '../understand/text/lex';
import type { Token } from '../understand/text/token';
import { wordAt } from '../understand/text/token';
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
const SLICES: Record<string, [number, number]> = {
  early: [0, 2],
  beginning: [0, 2],
  start: [0, 2],
  mid: [1, 3],
  middle: [1, 3],
  late: [3, 6],
  end: [3, 6],
  later: [3, 6],
};

function readWeek(tokens: readonly Token[], at: number, context: DayContext): DayPhrase | undefined {
  let i = at;
  const slice = SLICES[wordAt(tokens, i)];
  if (slice !== undefined) i += 1;
  for (let filler = wordAt(tokens, i); FILLERS.has(filler); filler = wordAt(tokens, ++i));
  const monday = mondayOf(context.today);
  const of = (weeks: number, length: number): DayPhrase => {
    const from = addDays(monday, 7 * weeks);
    const range =
      slice === undefined
        ? { from, to: addDays(from, 6) }
        : { from: addDays(from, slice[0]), to: addDays(from, slice[1]) };
    return span(
      length,
      range.from < context.today && range.to >= context.today ? { from: context.today, to: range.to } : range,
    );
  };
  const lead = wordAt(tokens, i);
  if (lead === 'week' && wordAt(tokens, i + 1) === 'after' && wordAt(tokens, i + 2) === 'next')
    return of(2, i + 3 - at);
  if (i > at && lead === 'week' && wordAt(tokens, i + 1) === 'after' && tokens[i + 2] === undefined)
    return of(2, i + 2 - at);
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
    return lead === 'week' && slice !== undefined && i - at > 1 ? of(0, i + 1 - at) : undefined;
  }
  if (lead === 'next' || lead === 'following') {
    if (wordAt(tokens, i + 2) === 'after' && wordAt(tokens, i + 3) === 'next') return undefined;
    return of(1, i + 2 - at);
  }
  if (lead === 'this' && wordAt(tokens, i + 2) === 'coming') return of(1, i + 3 - at);
  if (lead === 'coming') return of(1, i + 2 - at);
  return lead === 'this' || lead === 'current' ? of(0, i + 2 - at) : undefined;
}

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
  const saturday = addDays(mondayOf(context.today), 5);
  const of = (weeks: number): DateRange => ({
    from: addDays(saturday, 7 * weeks),
    to: addDays(saturday, 7 * weeks + 1),
  });
  const held = weekendOf(tokens, i, context);
  if (held !== undefined) return span(i + held.length - at, held.range);
  if (wordAt(tokens, i) === 'after' && wordAt(tokens, i + 1) === 'next') return span(i + 2 - at, of(1), of(2));
  if (wordAt(tokens, i) === 'after' && wordAt(tokens, i + 1) === '' && !next) return span(i + 1 - at, of(1));
  if (next) return context.weekday >= 6 ? span(i - at, of(1)) : span(i - at, of(1), of(0));
  if (context.weekday === 7)
    return context.time < CLOSE ? span(i - at, of(1), { from: context.today, to: context.today }) : span(i - at, of(1));
  return span(i - at, of(0));
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
  const each: Record<string, number> = { day: 1, days: 1, week: 7, weeks: 7, fortnight: 14 };
  const days = each[wordAt(tokens, i)];
  if (days === undefined) return undefined;
  if (count === undefined && (days === 1 || (days === 7 && i - at < 2))) return undefined;
  return span(i + 1 - at, { from: addDays(context.today, 1), to: addDays(context.today, (count ?? 1) * days) });
}

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
