import type { Token } from '../understand/text/token';
import { wordAt } from '../understand/text/token';
import { WEEKDAYS } from '../understand/text/words';
import { addDays, firstOn, mondayOf } from './calendar';
import type { DayPhrase } from './day';
import type { DayContext } from './read-day';
import { CLOSE } from './school-clock';

/** "tuesday", "next tues", "this fri", "wed week", "sat fortnight", "the sat after next", "every monday", "tuesdays". */
export function readWeekday(tokens: readonly Token[], at: number, context: DayContext): DayPhrase | undefined {
  let i = at;
  let next = false;
  let every = false;
  let any = false;
  let coming7 = false;
  let everyWeeks: number | undefined;
  for (let lead = wordAt(tokens, i); LEADS.has(lead); lead = wordAt(tokens, ++i)) {
    if (lead === 'coming' && i === at && wordAt(tokens, at - 1) === 'not') return undefined;
    if (lead === 'next') next = true;
    if (lead === 'coming' || lead === 'upcoming') coming7 = true;
    if (lead === 'every' || lead === 'each') every = true;
    const second = every ? secondAt(tokens, i + 1) : 0;
    if (second > 0 || lead === 'alternate') {
      every = true;
      everyWeeks = 2;
      i += second;
    }
    if (lead === 'any' || lead === 'a') any = true;
  }
  const weekday = WEEKDAYS.get(wordAt(tokens, i));
  const token = tokens[i];
  if (weekday === undefined || token === undefined) return undefined;
  i += 1;
  const coming = firstOn(addDays(context.today, 1), weekday);
  if (token.stop === '') {
    if (wordAt(tokens, i) === 'after' && wordAt(tokens, i + 1) === 'next') {
      return later(coming, 7, weekday, i + 2 - at);
    }
    if (wordAt(tokens, i) === 'week' && !WEEK_TAILS.has(wordAt(tokens, i + 1))) {
      return later(coming, 7, weekday, i + 1 - at);
    }
    if (wordAt(tokens, i) === 'fortnight') {
      return later(coming, 14, weekday, i + 1 - at);
    }
  }
  if (every) {
    const apart = everyWeeks === undefined ? {} : { everyWeeks };
    return { meanings: [{ weekdays: [weekday] }], form: 'weekdays', weekday, every, ...apart, length: i - at };
  }
  const lessonNext = LESSONS.has(wordAt(tokens, i));
  if ((any && !next) || (token.plural && !lessonNext))
    return { meanings: [{ weekdays: [weekday] }], form: 'weekdays', weekday, length: i - at };
  if (next) {
    const ofNextWeek = addDays(mondayOf(context.today), 7 + weekday - 1);
    const meanings = ofNextWeek === coming ? [{ date: coming }] : [{ date: ofNextWeek }, { date: coming }];
    return { meanings, form: 'weekday', weekday, fixed: true, length: i - at };
  }
  const phrase: DayPhrase = { meanings: [{ date: coming }], form: 'weekday', weekday, length: i - at };
  if (!coming7 && weekday === context.weekday && context.time < CLOSE) phrase.orToday = context.today;
  return phrase;
}

/** "second", "other", "2nd" after "every". */
function secondAt(tokens: readonly Token[], at: number): number {
  if (['second', 'other', 'alternate'].includes(wordAt(tokens, at))) return 1;
  return tokens[at]?.text === '2' && wordAt(tokens, at + 1) === 'nd' ? 2 : 0;
}

const LESSONS = new Set(
  'lesson one appointment booking class bookings lessons schedule diary list students'.split(' '),
);

function later(coming: string, days: number, weekday: number, length: number): DayPhrase {
  return { meanings: [{ date: addDays(coming, days) }], form: 'weekday', weekday, fixed: true, length };
}

const LEADS = new Set(['alternate', 'this', 'next', 'coming', 'every', 'each', 'any', 'a', 'upcoming']);
const WEEK_TAILS = new Set(['after', 'is', 'of']);
