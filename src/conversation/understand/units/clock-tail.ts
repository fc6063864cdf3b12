import type { Token } from '../text/token';
import { wordAt } from '../text/token';

/** "nine and half": the words after the hour that make it half past. */
export function andHalf(tokens: readonly Token[], at: number): number {
  if (wordAt(tokens, at) !== 'and') return 0;
  const i = ['a', 'an'].includes(wordAt(tokens, at + 1)) ? at + 2 : at + 1;
  return wordAt(tokens, i) === 'half' && !['hour', 'an'].includes(wordAt(tokens, i + 1)) ? i + 1 - at : 0;
}

/** "1100 hrs". */
export function isMilitary(tokens: readonly Token[], at: number): boolean {
  const digits = tokens[at - 1];
  if (wordAt(tokens, at) !== 'hour' || digits?.kind !== 'number') return false;
  return digits.text.length === 4 || (tokens[at - 2]?.text === ':' && Number(tokens[at - 3]?.text) >= 7);
}

/** "am", "pm". */
export function readHalf(tokens: readonly Token[], at: number): { half: 'am' | 'pm'; length: number } | undefined {
  const word = wordAt(tokens, at);
  const glued = tokens[at]?.glued === true;
  if (word === 'am' || (word === 'a' && glued)) return { half: 'am', length: 1 };
  if (word === 'pm' || (word === 'p' && glued)) return { half: 'pm', length: 1 };
  return undefined;
}

const HALVES = new Map<string, 'am' | 'pm'>([
  ['morning', 'am'],
  ['arvo', 'pm'],
  ['evening', 'pm'],
  ['night', 'pm'],
]);

/** "in the arvo", "at night", "this evening": only which half of the day. */
export function readPartHalf(tokens: readonly Token[], at: number): { half: 'am' | 'pm'; length: number } | undefined {
  let i = at;
  const joint = wordAt(tokens, i);
  if (joint === 'in' || joint === 'at' || joint === 'of') i += 1;
  if (i > at && wordAt(tokens, i) === 'the') i += 1;
  if (i === at) return undefined;
  const half = HALVES.get(wordAt(tokens, i));
  return half === undefined ? undefined : { half, length: i + 1 - at };
}
