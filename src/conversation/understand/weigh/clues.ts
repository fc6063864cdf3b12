import { leftover, type Reading } from '../reading';
import { isKnown } from '../text/spell';
import type { Unit } from '../units/unit';

/**
 * What a text shows of its intent, as names that weights are kept for: its words with days, times, names and numbers told
 * by kind, what stands next to what, the phrases found, and what we had asked. `knows` is the vocabulary of the weights:
 * any other word counts as strange, so that a name never seen is still a name.
 */
export function cluesOf(reading: Reading, firstGuess: string | null, knows: (word: string) => boolean): string[] {
  const { asked, role } = reading.listening;
  // A choice of lessons or readings is answered as one of slots is.
  const place = `${role}.${asked.kind === 'choice' ? 'slots' : asked.kind}`;
  const keys = reading.units.map((unit) => keyOf(reading, unit, knows));
  const clues = new Set<string>([`c:${place}`, 'c:']);
  const here = (clue: string) => {
    clues.add(clue);
    clues.add(`${clue}@${place}`);
  };
  const row = ['^', ...plain(keys), '$'];
  for (const [at, key] of row.entries()) {
    if (at > 0 && at < row.length - 1) here(`w:${key}`);
    const next = row[at + 1];
    if (next === undefined) continue;
    clues.add(`b:${key} ${next}`);
    const third = row[at + 2];
    if (third === undefined) continue;
    clues.add(`t:${key} ${next} ${third}`);
    clues.add(`s:${key} ${third}`);
  }
  for (const one of reading.found) if (one.label !== 'greeting' || row.length <= 3) here(`l:${one.label}`);
  here(`n:${Math.min(9, keys.length)}`);
  here(`o:${Math.min(6, leftover(reading).length)}`);
  if (reading.text.includes('?')) here('?');
  if (reading.text.includes('!')) clues.add('!');
  if (firstGuess !== null) here(`r:${firstGuess}`);
  return [...clues];
}

/** "hi" before and "thanks" after a request say nothing of it; alone they are all that was said. */
function plain(keys: string[]): string[] {
  let from = 0;
  let to = keys.length;
  while (from < to - 1 && HELLO.has(keys[from]!)) from += 1;
  while (to > from + 1 && PLEASE.has(keys[to - 1]!)) to -= 1;
  return keys.slice(from, to);
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
    case 'person':
      return `#${unit.kind}`;
  }
}
