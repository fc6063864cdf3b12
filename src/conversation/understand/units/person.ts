import { distance, isKnown } from '../text/spell';
import type { Token } from '../text/token';
import { wordAt } from '../text/token';
import { MONTHS, NUMBERS, words } from '../text/words';

/** The school's instructors, as the reader needs them. */
export type Roster = { names: readonly string[]; letters: ReadonlySet<string> };
type Read = { name: string; sure: boolean; length: number };

const BEFORE = new Set(words.namesFollow);
const NOT_BEFORE = new Set(words.verbsFollow);
const NOT_AFTER = new Set(words.nounsPrecede);

export function rosterOf(instructors: readonly string[]): Roster {
  const names = instructors
    .map((name) => (name.trim().split(/\s+/, 1)[0] ?? '').toLowerCase())
    .map((name) => (PLAIN.test(name) ? name : name.normalize('NFKD').replaceAll(/\p{M}/gu, '')))
    .filter((name) => name !== '');
  return { names, letters: new Set(names.map((name) => name[0] ?? '')) };
}

const PLAIN = /^[a-z]*$/;

/** Lower case, without accents and apostrophes. */
function folded(raw: string): string {
  const lower = raw.toLowerCase();
  return PLAIN.test(lower) ? lower : lower.normalize('NFKD').replaceAll(/[\p{M}'’]/gu, '');
}

/** An instructor's first name: exactly, as "sams", or misheard after "with" and the like. */
export function readPerson(tokens: readonly Token[], at: number, roster: Roster): Read | undefined {
  const token = tokens[at];
  if (token === undefined || token.kind !== 'word') return undefined;
  const said = folded(token.raw);
  if (!roster.letters.has(said[0] ?? '')) return undefined;
  const led = BEFORE.has(wordAt(tokens, at - 1));
  const form = roster.names.includes(said) ? said : said.endsWith('s') ? said.slice(0, -1) : said;
  if (roster.names.includes(form)) {
    if (isWordToo(form) && !isNameHere(tokens, at, form, led)) return undefined;
    return { name: form, sure: true, length: 1 };
  }
  if (!led && said.length >= 3 && !isKnown(said)) {
    const alike = roster.names.find(
      (name) =>
        name.length >= 3 && name[0] === said[0] && squeeze(name) === squeeze(said) && distance(said, name, 2) <= 2,
    );
    if (alike !== undefined) return { name: alike, sure: false, length: 1 };
  }
  if (
    !MISHEARD_AFTER.has(wordAt(tokens, at - 1)) ||
    said.length < 2 ||
    (isKnown(said) && !token.guessed) ||
    /\d/.test(said)
  )
    return undefined;
  let best: string | undefined;
  let least = 3;
  for (const name of roster.names) {
    if (name[0] !== said[0]) continue;
    const most = name.length >= 5 ? 2 : 1;
    const d = Math.min(distance(said, name, most), distance(squeeze(said), squeeze(name), 0) + (said === name ? 0 : 1));
    if (d <= most && d < least) [best, least] = [name, d];
  }
  return best === undefined ? undefined : { name: best, sure: false, length: 1 };
}

/** A word that is nearly a name is one only after these. */
const MISHEARD_AFTER = new Set(['with', 'by', 'see', 'instructor', 'prefer', 'want', 'have', 'get']);

/** Said aloud alike: vowels and doubled letters are where ears slip. */
function squeeze(name: string): string {
  return (
    name.slice(0, 1) +
    name
      .slice(1)
      .replaceAll(/[aeiouyh]/g, '')
      .replaceAll(/(.)\1/g, '$1')
  );
}

/** April, May, Will, Mark, Grace, Hope: also words. */
function isWordToo(name: string): boolean {
  return isKnown(name) || MONTHS.has(name) || NUMBERS.has(name);
}

/** "can will take me": a second auxiliary is a name. */
const AUXILIARY = new Set(['can', 'could', 'does', 'is', 'has', 'would']);

function isNameHere(tokens: readonly Token[], at: number, name: string, led: boolean): boolean {
  const before = wordAt(tokens, at - 1);
  const after = wordAt(tokens, at + 1);
  const next = tokens[at + 1];
  if (MONTHS.has(name)) {
    if (
      tokens[at - 1]?.kind === 'number' ||
      before === 'of' ||
      before === 'in' ||
      ['st', 'nd', 'rd', 'th'].includes(before)
    )
      return false;
    return next?.kind !== 'number' || tokens[at]?.stop !== '' || led;
  }
  if (led || AUXILIARY.has(before)) return true;
  if (NOT_AFTER.has(before)) return false;
  return !NOT_BEFORE.has(after) || (tokens[at]?.stop ?? '') !== '';
}
