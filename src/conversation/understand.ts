import type { Heard, Listening, Understood } from '../../flows/heard';
import { alsoSaid } from './understand/also';
import { build } from './understand/intents/build';
import { carrierWord, tapback } from './understand/intents/carrier';
import { instructor } from './understand/intents/instructor';
import { owner } from './understand/intents/owner';
import { student } from './understand/intents/student';
import { type Reading, read } from './understand/reading';
import { settled } from './understand/weigh/settle';
import { weighed } from './understand/weigh/weighed';
import { why } from './understand/why';

export { type Reading, read };

/** What a text means, all readings, best first. Pure: no clock, no environment; the time taken grows with the length only. */
export function understand(text: string, listening: Listening): Understood {
  const quick = carrierWord(text, listening.role) ?? tapback(text);
  if (quick !== undefined)
    return {
      readings: [quick],
      also: [],
      why: [quick.intent === 'stop' || quick.intent === 'start' ? 'a word of the carrier' : 'a reaction to our text'],
    };
  const reading = read(text, listening);
  const capitals = nameByCapitals(text, listening);
  const { heard, shares } = settled(reading, guessOf(reading), build);
  const named = capitals && (heard[0]?.intent ?? 'unknown') === 'unknown';
  const readings: Heard[] = named ? [{ intent: 'give_name', name: capitals }] : heard;
  const [first = { intent: 'unknown' as const }, ...rest] = readings;
  return {
    readings: [first, ...rest],
    also: alsoSaid(reading, first, guessOf),
    // Few ask why.
    get why() {
      return [...why(reading), ...weighed(shares)];
    },
  };
}

/** "Can Yilmaz", "Do Thi Mai", "Will": written as a name and nothing else, when a name was asked, it is one. */
function nameByCapitals(text: string, { asked }: Listening): string | undefined {
  const plain = text.trim().replace(/\s+/g, ' ');
  return asked.kind === 'name' && /^\p{Lu}[\p{L}'\u2019-]+( \p{Lu}[\p{L}'\u2019-]*){0,3}$/u.test(plain)
    ? plain
    : undefined;
}

/** What the rules alone make of a text: one clue of its intent, and its words in full where the weights agree. */
export function guessOf(reading: Reading): Heard[] {
  switch (reading.listening.role) {
    case 'student':
      return student(reading);
    case 'instructor':
      return instructor(reading);
    case 'owner':
      return owner(reading);
  }
}
