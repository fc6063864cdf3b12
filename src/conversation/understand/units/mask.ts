import { numberOf } from '../text/lex';
import type { Token } from '../text/token';
import { wordAt } from '../text/token';
import { NUMBERS, words } from '../text/words';

type Masked = { what: 'address' | 'phone' | 'price' | 'count' | 'link'; length: number };

const STREETS = new Set(words.streets);
const PLACES = new Set(words.placeNumbers);
const AFTER_LATENESS = new Set(['min', 'late', 'behind', 'away', 'off']);
const COUNTED = new Set(words.counted);
const ROADS = new Set(words.roadLetters);

/** Words that something with a number in it can begin with. */
const BEGINNINGS = new Set([...PLACES, ...ROADS, ...NUMBERS.keys(), 'im', 'turn']);

/** What has numbers in it and is neither a day nor a time. */
export function readMask(tokens: readonly Token[], at: number): Masked | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  if (token.kind === 'link') return { what: 'link', length: 1 };
  if (token.kind === 'price') return { what: 'price', length: 1 };
  if (token.kind === 'word' && !BEGINNINGS.has(token.text)) return undefined;
  return (
    readRoad(tokens, at) ??
    readPhone(tokens, at) ??
    readPlace(tokens, at) ??
    readAddress(tokens, at) ??
    readCount(tokens, at)
  );
}

/** Eight digits or more, however they are spaced. */
function readPhone(tokens: readonly Token[], at: number): Masked | undefined {
  let digits = 0;
  let i = at;
  if (tokens[i]?.text === '+') i += 1;
  while (
    digits <= 15 &&
    tokens[i]?.kind === 'number' &&
    (i === at || tokens[i - 1]?.stop === '') &&
    tokens[i + 1]?.kind !== 'sign'
  )
    digits += (tokens[i++]?.text ?? '').length;
  return digits >= 8 && digits <= 15 ? { what: 'phone', length: i - at } : undefined;
}

/** "5/12-14 high st": no address has more numbers. */
const MOST_PARTS = 4;

/** "the m5", "a3": letters and numbers of roads. */
function readRoad(tokens: readonly Token[], at: number): Masked | undefined {
  const number = tokens[at + 1];
  if (!ROADS.has(wordAt(tokens, at)) || !number?.glued || number.kind !== 'number') return undefined;
  return number.text.length <= 2 ? { what: 'address', length: 2 } : undefined;
}

/** "unit 5/12", "bus 370", "platform 2", "route 9". */
function readPlace(tokens: readonly Token[], at: number): Masked | undefined {
  if (!PLACES.has(wordAt(tokens, at)) || tokens[at + 1]?.kind !== 'number') return undefined;
  let i = at + 2;
  const most = i + MOST_PARTS * 2;
  while (i < most && ((tokens[i]?.text === '/' && tokens[i + 1]?.kind === 'number') || tokens[i]?.text === '-')) i += 2;
  const street = readAddress(tokens, i);
  return { what: 'address', length: i - at + (street?.length ?? 0) };
}

/** "9 wattle ave", "5/12 high st", "120 george street". */
function readAddress(tokens: readonly Token[], at: number): Masked | undefined {
  if (tokens[at]?.kind !== 'number') return undefined;
  let i = at + 1;
  const most = i + MOST_PARTS * 2;
  while (i < most && (tokens[i]?.text === '/' || tokens[i]?.text === '-') && tokens[i + 1]?.kind === 'number') i += 2;
  if (tokens[i]?.kind === 'word' && tokens[i]?.glued && wordAt(tokens, i).length === 1) i += 1;
  for (let named = 0; named < 3; named++, i++) {
    const token = tokens[i];
    if (token === undefined || token.kind !== 'word' || (token.glued && named === 0)) return undefined;
    if (named > 0 && STREETS.has(token.text)) return { what: 'address', length: i + 1 - at };
    if (token.stop !== '' && !STREETS.has(wordAt(tokens, i + 1))) return undefined;
    if (words.notInStreets.includes(token.text)) return undefined;
  }
  return STREETS.has(wordAt(tokens, i)) ? { what: 'address', length: i + 1 - at } : undefined;
}

/** "10 lessons", "50 bucks", "17 years old", "x5", "80km". */
function readCount(tokens: readonly Token[], at: number): Masked | undefined {
  const token = tokens[at];
  if ((wordAt(tokens, at) === 'im' || wordAt(tokens, at) === 'turn') && tokens[at + 1]?.kind === 'number') {
    const age = Number(tokens[at + 1]?.text);
    if (age >= 15 && age < 100 && !AFTER_LATENESS.has(wordAt(tokens, at + 2))) return { what: 'count', length: 2 };
  }
  if (numberOf(token) === undefined || token?.stop !== '') return undefined;
  const next = wordAt(tokens, at + 1);
  if (next === 'dollars' || next === 'bucks' || next === 'dollar') return { what: 'price', length: 2 };
  if (next === 'percent') return { what: 'count', length: 2 };
  const hours = next === 'hour' && words.logged.includes(wordAt(tokens, at + 2));
  if (hours) return { what: 'count', length: 3 };
  return COUNTED.has(next) ? { what: 'count', length: 2 } : undefined;
}
