import { leftover, type Reading } from '../reading';
import { isKnown } from '../text/spell';
import type { Unit } from '../units/unit';

/** What kind of clue it is; how many symbols name it. `c` the question asked, `w` a word, `b` `t` `s` neighbours, `l` a phrase. */
export const KINDS = { c: 1, w: 1, b: 2, t: 3, s: 2, l: 1, n: 1, o: 1, '?': 0, '!': 0, r: 1 } as const;
export type ClueKind = keyof typeof KINDS;

/** Takes one clue: its kind, up to three symbols, and whether it is kept for the place asked as well. */
export type Take<S> = (kind: ClueKind, here: boolean, a?: S, b?: S, c?: S) => void;

/** Where a text stands: who writes and what we had asked. A choice of lessons or readings is answered as one of slots is. */
export function placeOf({ asked, role }: Reading['listening']): string {
  return `${role}.${asked.kind === 'choice' ? 'slots' : asked.kind}`;
}

/**
 * What a text shows of its intent, piece by piece: its words with days, times, names and numbers told by kind, what stands
 * next to what, the phrases found, and what we had asked. `knows` is the vocabulary of the weights: any other word counts as
 * strange, so that a name never seen is still a name. `symbol` turns each name into what clues are kept by, once a text.
 */
export function eachClue<S>(
  reading: Reading,
  firstGuess: string | null,
  knows: (word: string) => boolean,
  symbol: (name: string) => S,
  take: Take<S>,
): void {
  const keys = reading.units.map((unit) => keyOf(reading, unit, knows));
  take('c', false, symbol(placeOf(reading.listening)));
  take('c', false, symbol(''));
  const { from, to } = plain(keys);
  const row = [symbol('^')];
  for (let at = from; at < to; at++) row.push(symbol(keys[at]!));
  row.push(symbol('$'));
  for (let at = 0; at < row.length - 1; at++) {
    const [key, next] = [row[at]!, row[at + 1]!];
    if (at > 0) take('w', true, key);
    take('b', false, key, next);
    const third = row[at + 2];
    if (third === undefined) continue;
    take('t', false, key, next, third);
    take('s', false, key, third);
  }
  for (const one of reading.found) if (one.label !== 'greeting' || row.length <= 3) take('l', true, symbol(one.label));
  take('n', true, symbol(String(Math.min(9, keys.length))));
  take('o', true, symbol(String(Math.min(6, leftover(reading).length))));
  if (reading.text.includes('?')) take('?', true);
  if (reading.text.includes('!')) take('!', false);
  if (firstGuess !== null) take('r', true, symbol(firstGuess));
}

/** The clues of a text by name, as the weights are kept: `b:next monday`, `w:cancel@student.idle`. */
export function cluesOf(reading: Reading, firstGuess: string | null, knows: (word: string) => boolean): string[] {
  const place = placeOf(reading.listening);
  const clues = new Set<string>();
  eachClue(
    reading,
    firstGuess,
    knows,
    (name) => name,
    (kind, here, ...symbols) => {
      const clue = KINDS[kind] === 0 ? kind : `${kind}:${symbols.join(' ')}`;
      clues.add(clue);
      if (here) clues.add(`${clue}@${place}`);
    },
  );
  return [...clues];
}

/** "hi" before and "thanks" after a request say nothing of it; alone they are all that was said. */
function plain(keys: readonly string[]): { from: number; to: number } {
  let from = 0;
  let to = keys.length;
  while (from < to - 1 && HELLO.has(keys[from]!)) from += 1;
  while (to > from + 1 && PLEASE.has(keys[to - 1]!)) to -= 1;
  return { from, to };
}

const HELLO = new Set([
  'hi',
  'hello',
  'hey',
  'hiya',
  'heya',
  'yo',
  'gday',
  'good',
  'morning',
  'sorry',
  'please',
  'um',
  'umm',
  'so',
  'lol',
  'haha',
  'sir',
  'there',
  'mate',
  'dear',
]);
const PLEASE = new Set(['please', 'thanks', 'lol', 'haha', 'mate', 'sorry', 'x', 'xx', 'sir', 'ta']);

/** Shorter than this in minutes nobody is taught: "2 mins" is a delay or a pause. */
const SHORTEST_LESSON = 25;

function keyOf(reading: Reading, unit: Unit, knows: (word: string) => boolean): string {
  switch (unit.kind) {
    case 'word': {
      const { text, raw } = unit.token;
      if (knows(text)) return text;
      if (isKnown(text)) return '#common';
      return /^\p{Lu}/u.test(raw) ? '#Strange' : '#strange';
    }
    case 'day':
      return `#${unit.not ? 'not' : ''}${unit.form === 'relative' || unit.form === 'span' ? unit.form : 'day'}`;
    case 'time':
      return unit.form === 'bound' || unit.form === 'range' ? '#window' : unit.form === 'part' ? '#part' : '#clock';
    case 'masked':
      return `#${unit.what}`;
    case 'number':
      return reading.listening.asked.kind === 'slots' && unit.value <= 4 ? '#option' : '#number';
    case 'duration':
      return unit.minutes < SHORTEST_LESSON ? '#moment' : '#duration';
    case 'person':
      return '#person';
  }
}
