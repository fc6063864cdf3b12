import { numberOf } from '../text/lex';
import type { Token } from '../text/token';
import { wordAt } from '../text/token';
import { NUMBERS } from '../text/words';

type Read = { minutes: number; upTo?: boolean; length: number };

/** Words that a length of time can begin with. */
const BEGINNINGS = new Set([...NUMBERS.keys(), 'half', 'hour', 'double', 'a', 'an', 'one', 'quarter']);

/** "60 min", "an hour and a half", "1.5hrs", "half an hour", "1h30", "5-10 mins" (the larger). */
export function readDuration(tokens: readonly Token[], at: number): Read | undefined {
  const word = wordAt(tokens, at);
  if (tokens[at]?.kind !== 'number' && !BEGINNINGS.has(word)) return undefined;
  const quarters = readQuarters(tokens, at);
  if (quarters !== undefined) return quarters;
  if (word === 'half') {
    let i = at + 1;
    if (wordAt(tokens, i) === 'an' || wordAt(tokens, i) === 'a') i += 1;
    return wordAt(tokens, i) === 'hour' ? { minutes: 30, length: i + 1 - at } : undefined;
  }
  if (word === 'hour') return readExtra(tokens, at, at + 1, 60, true);
  if (word === 'double' && wordAt(tokens, at + 1) === 'hour') return { minutes: 120, length: 2 };
  if (word === 'double' && (LESSONS.has(wordAt(tokens, at + 1)) || isAlone(tokens, at)))
    return { minutes: 120, length: 1 };
  if (word === 'a' || word === 'an' || word === 'one') {
    if (wordAt(tokens, at + 1) === 'hour') return readExtra(tokens, at, at + 2, 60, false);
    if (wordAt(tokens, at + 1) === 'couple' && wordAt(tokens, at + 2) === 'hour') return { minutes: 120, length: 3 };
    if (wordAt(tokens, at + 1) === 'couple' && wordAt(tokens, at + 2) === 'of' && wordAt(tokens, at + 3) === 'hour')
      return { minutes: 120, length: 4 };
  }
  const count = numberOf(tokens[at]);
  if (count === undefined) return undefined;
  let i = at + 1;
  let amount = count;
  const sign = tokens[i];
  if (sign?.kind === 'sign' && sign.text === '.' && sign.glued && tokens[i + 1]?.kind === 'number') {
    amount = Number(`${count}.${tokens[i + 1]?.text ?? '0'}`);
    i += 2;
  } else if (wordAt(tokens, i) === 'and' && wordAt(tokens, i + 1) === 'a' && wordAt(tokens, i + 2) === 'half') {
    amount += 0.5;
    i += 3;
  } else if (sign?.text === '-' || wordAt(tokens, i) === 'to' || wordAt(tokens, i) === 'or') {
    const larger = numberOf(tokens[i + 1]);
    if (larger !== undefined && larger > count && isTimeWord(wordAt(tokens, i + 2))) {
      const unit = wordAt(tokens, i + 2) === 'hour' ? 60 : 1;
      return { minutes: larger * unit, upTo: true, length: i + 3 - at };
    }
  }
  if (tokens[i]?.text === '-' && isTimeWord(wordAt(tokens, i + 1))) i += 1;
  const unit = wordAt(tokens, i);
  if (unit === 'min' && amount > 0 && amount <= 600) return { minutes: Math.round(amount), length: i + 1 - at };
  if ((unit === 'hour' || (unit === 'h' && tokens[i]?.glued)) && amount > 0 && amount <= 12)
    return readExtra(tokens, at, i + 1, Math.round(amount * 60), false);
  if (unit === 'm' && tokens[i]?.glued && amount >= 15 && amount <= 240) return { minutes: amount, length: i + 1 - at };
  return undefined;
}

const LESSONS = new Set(['lesson', 'lessons', 'session', 'slot', 'one', 'block']);

/** "make it a double", "a double pls". */
function isAlone(tokens: readonly Token[], at: number): boolean {
  return (
    wordAt(tokens, at - 1) === 'a' && ['', 'please', 'instead', 'on', 'at', 'thanks'].includes(wordAt(tokens, at + 1))
  );
}

/** "quarter of an hour", "a quarter hour", "three quarters of an hour". */
function readQuarters(tokens: readonly Token[], at: number): Read | undefined {
  let i = at;
  const count = numberOf(tokens[i]) === 3 ? 3 : 1;
  if (count === 3 || wordAt(tokens, i) === 'a') i += 1;
  if (wordAt(tokens, i) !== 'quarter' && (count === 1 || wordAt(tokens, i) !== 'quarters')) return undefined;
  i += 1;
  while (['of', 'an', 'a'].includes(wordAt(tokens, i))) i += 1;
  return wordAt(tokens, i) === 'hour' ? { minutes: 15 * count, length: i + 1 - at } : undefined;
}

function isTimeWord(word: string): boolean {
  return word === 'min' || word === 'hour';
}

/** "... and a half", "1h30", "1 hr 30 min". */
function readExtra(
  tokens: readonly Token[],
  at: number,
  from: number,
  minutes: number,
  onlyWithExtra: boolean,
): Read | undefined {
  if (wordAt(tokens, from) === 'and' && wordAt(tokens, from + 1) === 'a' && wordAt(tokens, from + 2) === 'half')
    return { minutes: minutes + 30, length: from + 3 - at };
  if (wordAt(tokens, from) === 'and' && wordAt(tokens, from + 1) === 'half')
    return { minutes: minutes + 30, length: from + 2 - at };
  if (onlyWithExtra) return undefined;
  const i = wordAt(tokens, from) === 'and' ? from + 1 : from;
  const more = tokens[i]?.kind === 'number' ? Number(tokens[i]?.text) : undefined;
  if (more !== undefined && [15, 30, 45].includes(more)) {
    if (wordAt(tokens, i + 1) === 'min') return { minutes: minutes + more, length: i + 2 - at };
    if (tokens[i]?.glued === true) return { minutes: minutes + more, length: i + 1 - at };
  }
  return { minutes, length: from - at };
}
