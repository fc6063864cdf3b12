import { numberOf } from '../understand/text/lex';
import type { Token } from '../understand/text/token';
import { wordAt } from '../understand/text/token';
import { MONTHS, ORDINALS, WEEKDAYS, words } from '../understand/text/words';
import { namedDay } from './by-chrono';
import { addMonths, dateOf, monthRange, nextDayMonth, nextDayOfMonth, partsOf } from './calendar';
import type { DayPhrase } from './day';
import type { DayContext } from './read-day';
import { lastDay, monthSaid } from './read-last-day';

const NAMES = [
  '',
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

function dated(date: string | undefined, length: number, form: DayPhrase['form'] = 'date'): DayPhrase | undefined {
  return date === undefined ? undefined : { meanings: [{ date }], form, length };
}

/** "2026-12-05". */
export function readIso(tokens: readonly Token[], at: number, _context: DayContext): DayPhrase | undefined {
  const [y, a, m, b, d] = tokens.slice(at, at + 5);
  if (
    y?.kind !== 'number' ||
    y.text.length !== 4 ||
    a?.text !== '-' ||
    b?.text !== '-' ||
    m?.kind !== 'number' ||
    d?.kind !== 'number'
  )
    return undefined;
  return dated(dateOf(Number(y.text), Number(m.text), Number(d.text)), 5);
}

/** A day with the month's name, either way round; chrono reads it once the spelling is plain. */
export function readDayMonth(tokens: readonly Token[], at: number, context: DayContext): DayPhrase | undefined {
  let i = at;
  if (wordAt(tokens, i) === 'the') i += 1;
  let month = MONTHS.get(wordAt(tokens, i));
  let day: { value: number; length: number } | undefined;
  if (month !== undefined) {
    i += 1;
    if (wordAt(tokens, i) === 'the') i += 1;
    day = dayNumber(tokens, i);
    if (day === undefined || isClock(tokens, i + day.length)) return undefined;
    i += day.length;
  } else {
    day = dayNumber(tokens, i);
    if (day === undefined) return undefined;
    i += day.length;
    if (tokens[i - 1]?.stop !== '') return undefined;
    if (wordAt(tokens, i) === 'of') i += 1;
    if (tokens[i]?.text === '-' || tokens[i]?.text === '/') i += 1;
    month = MONTHS.get(wordAt(tokens, i));
    if (month === undefined) return undefined;
    i += 1;
    if ((tokens[i]?.text === '-' || tokens[i]?.text === '/') && yearNumber(tokens, i + 1) !== undefined) i += 1;
  }
  const year = yearNumber(tokens, i);
  if (year !== undefined) i += 1;
  const read = namedDay(`${day.value} ${NAMES[month] ?? ''}${year === undefined ? '' : ` ${year}`}`);
  if (read === undefined) return undefined;
  return dated(
    read.year === undefined
      ? nextDayMonth(context.today, read.day, read.month)
      : dateOf(read.year, read.month, read.day),
    i - at,
  );
}

/** "dec 10am" and "may 3:30" are no days of a month. */
function isClock(tokens: readonly Token[], after: number): boolean {
  const word = wordAt(tokens, after);
  if (['am', 'pm', 'a', 'p', 'oclock'].includes(word) && (word.length > 1 || tokens[after]?.glued === true))
    return true;
  return (tokens[after]?.text === ':' || tokens[after]?.text === '.') && tokens[after]?.glued === true;
}

/** 1-31 as "5", "5th", "fifth", "twenty third". */
function dayNumber(
  tokens: readonly Token[],
  at: number,
): { value: number; length: number; ordinal: boolean } | undefined {
  const token = tokens[at];
  const word = wordAt(tokens, at);
  if (word === 'twenty' || word === 'thirty') {
    const units = ORDINALS.get(wordAt(tokens, at + 1));
    const hyphen = tokens[at + 1]?.text === '-' ? ORDINALS.get(wordAt(tokens, at + 2)) : undefined;
    const value = (word === 'twenty' ? 20 : 30) + (units ?? hyphen ?? 0);
    if ((units ?? hyphen) !== undefined && value <= 31)
      return { value, length: units === undefined ? 3 : 2, ordinal: true };
    return undefined;
  }
  const ordinal = ORDINALS.get(word);
  if (ordinal !== undefined && ordinal <= 31) return { value: ordinal, length: 1, ordinal: true };
  if (token?.kind !== 'number' || token.text.length > 2) return undefined;
  const value = Number(token.text);
  if (value < 1 || value > 31) return undefined;
  const suffixed =
    ['st', 'nd', 'rd', 'th'].includes(wordAt(tokens, at + 1)) &&
    (tokens[at + 1]?.glued === true || wordAt(tokens, at + 1) !== 'st');
  return { value, length: suffixed ? 2 : 1, ordinal: suffixed };
}

function yearNumber(tokens: readonly Token[], at: number): number | undefined {
  const token = tokens[at];
  if (token?.kind !== 'number' || token.text.length !== 4 || !/^20[2-9]\d$/.test(token.text)) return undefined;
  return Number(token.text);
}

/** "5/12", "05/12/26", "5-12", "5.12"; never a time ("9-11", "10.30") nor an impossible day. */
export function readNumeric(tokens: readonly Token[], at: number, context: DayContext): DayPhrase | undefined {
  let at0 = at;
  if (wordAt(tokens, at) === 'the') at0 += 1;
  const [d, sign, m, again, y] = tokens.slice(at0, at0 + 5);
  if (d?.kind !== 'number' || m?.kind !== 'number' || sign?.kind !== 'sign' || d.text.length > 2 || m.text.length > 2)
    return undefined;
  if (!['/', '-', '.'].includes(sign.text) || tokens[at0 - 1]?.text === '/') return undefined;
  const [day, month] = [Number(d.text), Number(m.text)];
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const lead = at0 - at;
  if (again?.text === sign.text && y?.kind === 'number' && (y.text.length === 2 || y.text.length === 4)) {
    const year = y.text.length === 2 ? 2000 + Number(y.text) : Number(y.text);
    return dated(dateOf(year, month, day), lead + 5);
  }
  if (again?.text === '/' && again.glued) return undefined;
  if (sign.text !== '/' && !looksLikeDate(d.text, m.text, sign.text, tokens, at0)) return undefined;
  return dated(nextDayMonth(context.today, day, month), lead + 3);
}

/** With a hyphen or a dot a time is likelier, unless the numbers can be none. */
function looksLikeDate(d: string, m: string, sign: string, tokens: readonly Token[], at: number): boolean {
  if (
    ['am', 'pm', 'a', 'p', 'min', 'hour', 'late', 'behind', 'away', 'off'].includes(wordAt(tokens, at + 3)) &&
    tokens[at + 3] !== undefined
  )
    return false;
  if (tokens[at + 1]?.glued !== true) return false;
  const [day, month] = [Number(d), Number(m)];
  const led = ['at', 'around', 'before', 'after', 'by'].includes(wordAt(tokens, at - 1));
  const clockLater =
    wordAt(tokens, at + 3) === 'at' ||
    tokens.slice(at + 3, at + 12).some((token) => token.text === 'am' || token.text === 'pm');
  if (sign === '-') return day > 12 || (d.startsWith('0') && m.length === 2) || (month >= 10 && day <= 6);
  if (led) return false;
  return day > 19 || m.length === 1 || month % 5 !== 0 || clockLater || (d.startsWith('0') && clockLater);
}

/** "the 5th", "5th", "the fifth", "5th of next month"; a bare "5" is no day. */
export function readOrdinal(tokens: readonly Token[], at: number, context: DayContext): DayPhrase | undefined {
  const the = wordAt(tokens, at) === 'the' ? 1 : 0;
  if (wordAt(tokens, at + the) === 'last' && wordAt(tokens, at + the + 1) === 'day')
    return lastDay(tokens, at + the + 2, the + 2, context);
  const day = dayNumber(tokens, at + the);
  if (day === undefined) return undefined;
  const after = at + the + day.length;
  if (the === 0 && ORDINALS.has(wordAt(tokens, at)) && wordAt(tokens, after) !== 'of') return undefined;
  const ofMonth = monthSaid(tokens, after);
  if (!day.ordinal && !(the === 1 && day.value > 12) && ofMonth === undefined) return undefined;
  if (ofMonth !== undefined) {
    const { year, month } = partsOf(addMonths(`${context.today.slice(0, 8)}01`, ofMonth.ahead));
    return dated(dateOf(year, month, day.value), the + day.length + ofMonth.length);
  }
  const next = wordAt(tokens, after);
  if (NUMBERED.has(next)) return undefined;
  const spoken = ORDINALS.has(wordAt(tokens, at + the)) && tokens[after - 1]?.stop === '';
  if (spoken && next !== '' && !AFTER_DATES.has(next) && !WEEKDAYS.has(next)) return undefined;
  return dated(nextDayOfMonth(context.today, day.value), the + day.length, 'ordinal');
}

/** What has a number of its own: "5th floor". */
const NUMBERED = new Set(words.numbered);
/** What may stand after a spoken day ("the fifth at 3"); any other word makes it the first of something. */
const AFTER_DATES = new Set(words.afterDates);

const THIRDS = new Map(Object.entries({ early: 0, start: 0, beginning: 0, mid: 1, middle: 1, late: 2, end: 2 }));

/** "in december", "early jan", "next month": the whole month or a third of it, from today on. */
export function readMonth(tokens: readonly Token[], at: number, context: DayContext): DayPhrase | undefined {
  let i = at;
  if (wordAt(tokens, i) === 'in' || wordAt(tokens, i) === 'during') i += 1;
  const third = THIRDS.get(wordAt(tokens, i));
  if (third !== undefined) i += 1;
  while (third !== undefined && ['of', 'the', 'in'].includes(wordAt(tokens, i))) i += 1;
  const now = partsOf(context.today);
  let month = MONTHS.get(wordAt(tokens, i));
  let year = now.year;
  if (month !== undefined) {
    if (i === at && AMBIGUOUS_MONTHS.has(month)) return undefined;
    if (month < now.month) year += 1;
    i += 1;
  } else if (wordAt(tokens, i + 1) === 'month' || (third !== undefined && wordAt(tokens, i) === 'month')) {
    const said = wordAt(tokens, i);
    if (said !== 'next' && said !== 'this' && said !== 'month') return undefined;
    const then = partsOf(addMonths(`${context.today.slice(0, 8)}01`, said === 'next' ? 1 : 0));
    year = then.year;
    month = then.month;
    i += said === 'month' ? 1 : 2;
  } else return undefined;
  if (numberOf(tokens[i]) !== undefined && third === undefined && i - at === 1) return undefined;
  const whole = monthRange(year, month);
  const from =
    third === undefined || third === 0 ? whole.from : `${whole.from.slice(0, 8)}${third === 1 ? '11' : '21'}`;
  const to = third === undefined || third === 2 ? whole.to : `${whole.from.slice(0, 8)}${third === 0 ? '10' : '20'}`;
  if (to < context.today) return undefined;
  return {
    meanings: [{ range: { from: from < context.today ? context.today : from, to } }],
    form: 'span',
    length: i - at,
  };
}

/** March, April and May are words or names unless "in" or a number says otherwise. */
const AMBIGUOUS_MONTHS = new Set([3, 4, 5]);
