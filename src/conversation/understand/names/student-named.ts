import type { Reading } from '../reading';
import { isKnown } from '../text/spell';
import type { Token } from '../text/token';
import { words } from '../text/words';
import { type Unit, wordOf } from '../units/unit';

const TITLES = new Set(words.titles);
const RELATIONS = new Set(words.relations);
/** Words that a person's name follows ("with mia", "cancel mia") or that follow one ("mia didnt show"). */
const BEFORE = new Set(words.studentFollows.split(' '));
const AFTER = new Set(words.studentPrecedes.split(' '));
const NEVER = new Set(words.noStudent.split(' '));
const PLACES = new Set([
  'near',
  'in',
  'at',
  'the',
  'a',
  'an',
  'so',
  'very',
  'really',
  'too',
  'this',
  'these',
  'some',
  'my',
  'your',
  'his',
]);
/** From here on a word is a name; a capital or a strange word alone is none. */
const ENOUGH = 3;

/**
 * A student's name in an instructor's text, lower case: one on the list, one with a title, or a word that stands where a name
 * does and looks like one (a capital, or no word of English that we know). "flat tyre" and "im cooked" name nobody.
 */
export function studentNamed(reading: Reading): string | undefined {
  const known = new Set((reading.listening.students ?? []).map((name) => (name.split(' ')[0] ?? '').toLowerCase()));
  let best: { name: string; score: number } | undefined;
  for (const [i, unit] of reading.units.entries()) {
    const found = nameAt(reading, unit, i, known);
    if (found !== undefined && found.score >= ENOUGH && found.score > (best?.score ?? 0)) best = found;
  }
  return best?.name;
}

function nameAt(
  reading: Reading,
  unit: Unit,
  at: number,
  known: ReadonlySet<string>,
): { name: string; score: number } | undefined {
  const token = reading.tokens[unit.from];
  if (token === undefined || unit.to - unit.from !== 1 || unit.kind === 'masked' || unit.kind === 'duration')
    return undefined;
  const plain = bare(token);
  if (TITLES.has(plain)) {
    const next = reading.tokens[unit.from + 1];
    const titled = next?.kind === 'word' && (!isKnown(bare(next)) || isCapital(next));
    return titled ? { name: bare(next), score: 8 } : undefined;
  }
  if (known.has(plain) || known.has(plain.replace(/s$/, '')))
    return { name: known.has(plain) ? plain : plain.slice(0, -1), score: 10 };
  if (!/^\p{L}{2,}$/u.test(plain) || RELATIONS.has(plain) || NEVER.has(plain)) return undefined;
  const strange = unit.kind === 'word' && !isKnown(plain) && token.guessed !== true;
  const capital = isCapital(token) && (at > 0 || strange);
  if (!strange && !capital) return undefined;
  if (PLACES.has(wordOf(reading.units[at - 1])) && !isOwner(token, reading.units[at + 1])) return undefined;
  const score = (strange ? 1 : 0) + (capital ? 2 : 0) + placeOf(reading, token, at);
  return { name: owned(plain, token, reading.units[at + 1]), score };
}

/** How much the words around speak for a name. */
function placeOf(reading: Reading, token: Token, at: number): number {
  const before = reading.units[at - 1];
  const after = reading.units[at + 1];
  const opens = at === 0 || (reading.tokens[(before?.to ?? 0) - 1]?.stop ?? '') !== '';
  const led = BEFORE.has(wordOf(before)) ? 2 : 0;
  const followed =
    AFTER.has(wordOf(after)) || (after !== undefined && after.kind !== 'word' && after.kind !== 'masked') ? 2 : 0;
  const alone = opens && (after === undefined || token.stop !== '') ? 2 : 0;
  return led + followed + alone + (isOwner(token, after) ? 2 : 0);
}

function isOwner(token: Token, next: Unit | undefined): boolean {
  return /['’]s?$/.test(token.raw) || ['lesson', 'lessons', 'one', 'booking', 'slot'].includes(wordOf(next));
}

function isCapital(token: Token): boolean {
  return /^\p{Lu}\p{Ll}/u.test(token.raw);
}

function bare(token: Token): string {
  return token.raw.toLowerCase().replace(/['’]s?$/, '');
}

/** "mias lesson" is Mia's, "chris lesson" is Chris's. */
function owned(name: string, token: Token, next: Unit | undefined): string {
  if (token.raw.toLowerCase() !== name) return name;
  const owns = ['lesson', 'one', 'lessons', 'booking'].includes(wordOf(next)) || next?.kind === 'time';
  return name.length >= 4 && name.endsWith('s') && owns && !words.namesInS.includes(name) ? name.slice(0, -1) : name;
}
