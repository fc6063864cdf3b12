import { numberOf } from '../understand/text/lex';
import type { Token } from '../understand/text/token';
import { wordAt } from '../understand/text/token';
import { addDays, addMonths } from './calendar';
import { type DayMeaning, type DayPhrase, firstDay } from './day';
import { readDayMonth, readNumeric } from './read-date';
import type { DayContext } from './read-day';
import { readWeekday } from './read-weekday';

/** "today", "tonight", "tomorrow", "day after tomorrow", "tomorrow week", "in 3 days", "2 weeks from friday", "in a fortnight". */
export function readRelative(tokens: readonly Token[], at: number, context: DayContext): DayPhrase | undefined {
  return readNear(tokens, at, context) ?? readAfterSome(tokens, at, context);
}

const PARTS_OF_TODAY = new Set(['morning', 'arvo', 'evening', 'night']);

function readNear(tokens: readonly Token[], at: number, context: DayContext): DayPhrase | undefined {
  const word = wordAt(tokens, at);
  if (word === 'tonight') return { ...relative(context, 0, 1), part: 'evening' };
  if (word === 'this' && PARTS_OF_TODAY.has(wordAt(tokens, at + 1)))
    return { ...relative(context, 0, 2), part: wordAt(tokens, at + 1) };
  const following = dayAfter(tokens, at, context);
  if (following !== undefined) return following;
  let i = at;
  if (wordAt(tokens, i) === 'the') i += 1;
  if (wordAt(tokens, i) === 'day' && wordAt(tokens, i + 1) === 'after' && wordAt(tokens, i + 2) === 'tomorrow')
    return relative(context, 2, i + 3 - at);
  if (word === 'overmorrow') return relative(context, 2, 1);
  const days = word === 'today' ? 0 : word === 'tomorrow' ? 1 : undefined;
  if (days === undefined) return undefined;
  if (tokens[at]?.stop === '') {
    if (wordAt(tokens, at + 1) === 'week') return relative(context, days + 7, 2);
    if (wordAt(tokens, at + 1) === 'fortnight') return relative(context, days + 14, 2);
  }
  if (days === 1 && context.hour < 3) {
    return { meanings: [{ date: addDays(context.today, 1) }, { date: context.today }], form: 'relative', length: 1 };
  }
  return relative(context, days, 1);
}

function relative({ today }: DayContext, days: number, length: number): DayPhrase {
  return { meanings: [{ date: addDays(today, days) }], form: 'relative', length };
}

/** "tomorrow or the day after": one day on from the day just said. */
function dayAfter(tokens: readonly Token[], at: number, context: DayContext): DayPhrase | undefined {
  const joint = wordAt(tokens, at - 1);
  if (wordAt(tokens, at) !== 'the' || wordAt(tokens, at + 1) !== 'day' || wordAt(tokens, at + 2) !== 'after')
    return undefined;
  if ((joint !== 'or' && joint !== 'and') || wordAt(tokens, at + 3) === 'tomorrow') return undefined;
  const said = readNear(tokens, at - 2, context) ?? readWeekday(tokens, at - 2, context);
  const date = firstDay(said?.meanings[0]);
  return date === undefined ? undefined : { meanings: [{ date: addDays(date, 1) }], form: 'relative', length: 3 };
}

/** "(in) N days|weeks|months (from|on|after|today|tomorrow|friday)", "a fortnight". */
function readAfterSome(tokens: readonly Token[], at: number, context: DayContext): DayPhrase | undefined {
  let i = at;
  const led = ['in', 'within'].includes(wordAt(tokens, i));
  if (
    ['within', 'every', 'each'].some(
      (word) => word === wordAt(tokens, i) || (word !== 'within' && word === wordAt(tokens, i - 1)),
    )
  )
    return undefined;
  if (led) i += 1;
  if (['about', 'around'].includes(wordAt(tokens, i))) i += 1;
  let count = 1;
  let counted = false;
  const number = numberOf(tokens[i]);
  if (wordAt(tokens, i) === 'a' || wordAt(tokens, i) === 'an') {
    counted = true;
    i += 1;
    if (wordAt(tokens, i) === 'couple' || wordAt(tokens, i) === 'few') return couple(tokens, at, i, led, context);
  } else if (wordAt(tokens, i) === 'couple') {
    return couple(tokens, at, i, led, context);
  } else if (number !== undefined && number > 0 && number < 60) {
    counted = true;
    count = number;
    i += 1;
  }
  const unit = UNITS.get(wordAt(tokens, i));
  if (unit === undefined) return undefined;
  const possessive = tokens[i]?.possessive;
  i += 1;
  const tail = readAnchor(tokens, i, context);
  if (tail !== undefined && (counted || unit !== 'month')) {
    return {
      meanings: tail.meanings.map((meaning) => ({ date: later((meaning as { date: string }).date, count, unit) })),
      form: 'relative',
      length: i + tail.length - at,
    };
  }
  if (wordAt(tokens, i) === 'time' || possessive) {
    if (!counted && !led) return undefined;
    if (wordAt(tokens, i) === 'time') i += 1;
    return { meanings: [{ date: later(context.today, count, unit) }], form: 'relative', length: i - at };
  }
  // "a fortnight" and no more: in how long.
  const alone = at === 0 && tokens[i] === undefined && wordAt(tokens, i - 1) === 'fortnight';
  if (!led && !alone) return undefined;
  if (!counted && wordAt(tokens, i - 1) !== 'fortnight') return undefined;
  return { meanings: [{ date: later(context.today, count, unit) }], form: 'relative', length: i - at };
}

const later = (date: string, count: number, unit: number | 'month') =>
  unit === 'month' ? addMonths(date, count) : addDays(date, count * unit);

const UNITS = new Map<string, number | 'month'>([
  ['day', 1],
  ['days', 1],
  ['week', 7],
  ['weeks', 7],
  ['fortnight', 14],
  ['fortnights', 14],
  ['month', 'month'],
  ['months', 'month'],
]);

/** "from today", "from now", "today", "from friday", "on sat", "after the 5th": what the count starts from. */
function readAnchor(
  tokens: readonly Token[],
  at: number,
  context: DayContext,
): { meanings: DayMeaning[]; length: number } | undefined {
  const joint = wordAt(tokens, at);
  const joined = joint === 'from' || joint === 'on' || joint === 'after';
  const i = joined ? at + 1 : at;
  if (joint === 'after' && wordAt(tokens, i) === 'next') return undefined;
  if (joined && wordAt(tokens, i) === 'now') return { meanings: [{ date: context.today }], length: 2 };
  const near = readNear(tokens, i, context);
  if (near !== undefined && near.part === undefined && near.length <= 4)
    return { meanings: near.meanings, length: i - at + near.length };
  if (!joined) return undefined;
  const day = readWeekday(tokens, i, context) ?? readDayMonth(tokens, i, context) ?? readNumeric(tokens, i, context);
  if (day === undefined || day.meanings.some((meaning) => !('date' in meaning))) return undefined;
  return { meanings: day.meanings, length: i - at + day.length };
}

function couple(
  tokens: readonly Token[],
  at: number,
  from: number,
  led: boolean,
  context: DayContext,
): DayPhrase | undefined {
  let i = from;
  const count = wordAt(tokens, i) === 'few' ? 3 : 2;
  i += 1;
  if (wordAt(tokens, i) === 'of') i += 1;
  const unit = UNITS.get(wordAt(tokens, i));
  if (!led || unit === undefined || unit === 'month') return undefined;
  i += 1;
  if (wordAt(tokens, i) === 'time') i += 1;
  return { meanings: [{ date: addDays(context.today, count * unit) }], form: 'relative', length: i - at };
}
