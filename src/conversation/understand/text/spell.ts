import { USUAL, words } from './words';

const FUZZY = words.fuzzy;
const KNOWN = knownWords();

export type Spelling = { text: string; plural?: boolean; possessive?: boolean; guessed?: boolean };

/** What words were spelled lately: a word has one spelling whatever text it stands in. */
const spelled = new Map<string, Spelling>();
const MOST = 5000;
const LONGEST = 30;

/** The usual spelling of one lower-case word: abbreviation, possessive, plural of a day, or a slip of the finger. */
export function spell(raw: string): Spelling {
  const known = spelled.get(raw);
  if (known !== undefined) return known;
  const spelling = spellAnew(raw);
  if (raw.length <= LONGEST) {
    if (spelled.size >= MOST) spelled.clear();
    spelled.set(raw, spelling);
  }
  return spelling;
}

function spellAnew(raw: string): Spelling {
  const word = raw.replaceAll(/['`’]/g, '');
  const usual = USUAL.get(word);
  if (usual !== undefined) return { text: usual };
  const stem = word.length > 3 && word.endsWith('s') ? word.slice(0, -1) : undefined;
  if (stem !== undefined) {
    const day = USUAL.get(stem) ?? stem;
    if (words.possessed.includes(day) && !(day === 'week' && !/['’]s$/.test(raw))) {
      return /['’]s$/.test(raw) || !words.pluralDays.includes(day)
        ? { text: day, possessive: true }
        : { text: day, plural: true };
    }
  }
  if (word.length < 4 || KNOWN.has(word)) return { text: word };
  const squeezed = word.replaceAll(/(\p{L})\1{2,}/gu, '$1');
  if (squeezed !== word) return spell(squeezed);
  const near = nearest(word);
  return near === undefined ? { text: word } : { text: near, guessed: true };
}

/** True for any word that our vocabulary uses or that is known to be ordinary English. */
export function isKnown(word: string): boolean {
  return KNOWN.has(word) || USUAL.has(word);
}

/** Letters to insert, drop, change or swap to get from one word to the other; stops counting above `most`. */
export function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? most + 1;
}

function nearest(word: string): string | undefined {
  if (word.length > 14) return undefined;
  let best: string | undefined;
  let least = 3;
  for (const target of FUZZY) {
    if (target[0] !== word[0]) continue;
    const most = target.length >= 8 ? 2 : target.length >= 5 && word.length >= 4 ? 1 : 0;
    if (most === 0) continue;
    const d = distance(word, target, most);
    if (d <= most && d < least) {
      best = target;
      least = d;
    }
  }
  return best;
}

function knownWords(): Set<string> {
  const known = new Set<string>(words.ordinary.join(' ').split(' '));
  const lists: Record<string, string[]>[] = [words.common, words.student, words.instructor, words.owner, words.parts];
  for (const list of lists)
    for (const phrase of Object.values(list).flat()) for (const word of phrase.split(/[ |?]+/)) known.add(word);
  for (const table of [words.weekdays, words.months, words.numbers, words.ordinals, words.spell])
    for (const word of Object.keys(table)) known.add(word);
  for (const word of words.noise.join(' ').split(' ')) known.add(word);
  for (const word of words.streets) known.add(word);
  return known;
}
