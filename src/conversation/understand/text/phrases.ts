import { USUAL, words } from './words';

/**
 * Phrases as data: words with a space between; `a|b` is either, `x?` may be missing, `..` is up to three of anything, `#day` any
 * day, `#time`, `#number`, `#duration`, `#person` likewise; `^` is the start of the text and `$` its end.
 */
export type Phrases = { root: Node };
export type Found = { label: string; from: number; to: number };

type Node = { next: Map<string, Node>; gap?: Node; labels: string[] };
type Step = { words: string[]; maybe: boolean; gap: boolean };

/** One tree for all phrases of all labels: finding costs the same however many there are. */
export function phrases(lists: Record<string, string[]>): Phrases {
  const root = node();
  for (const [label, list] of Object.entries(lists)) for (const phrase of list) grow([root], steps(phrase), label);
  return { root };
}

/** Every phrase that occurs in `keys`; each key may be known by two names (a word and its class). */
export function find(tree: Phrases, keys: readonly (readonly string[])[]): Found[] {
  const found: Found[] = [];
  const seen = new Set<string>();
  const note = (labels: string[], from: number, to: number) => {
    for (const label of labels) {
      const key = `${label} ${from} ${to}`;
      if (seen.has(key)) continue;
      seen.add(key);
      found.push({ label, from, to });
    }
  };
  let opening = true;
  for (let from = 0; from < keys.length; from++) {
    if (opening) {
      const start = tree.root.next.get('^');
      if (start !== undefined) walk(start, keys, from, from, note);
      opening = LEADERS.has(keys[from]?.[0] ?? '');
    }
    walk(tree.root, keys, from, from, note);
  }
  return found;
}

/** "um, yes": what may stand before the start of a text. */
const LEADERS = new Set(words.leaders);

function walk(
  at: Node,
  keys: readonly (readonly string[])[],
  from: number,
  position: number,
  note: (labels: string[], from: number, to: number) => void,
): void {
  if (position > from) note(at.labels, from, position);
  if (position >= keys.length) {
    const end = at.next.get('$');
    if (end !== undefined) note(end.labels, from, position);
    return;
  }
  for (const name of keys[position] ?? []) {
    const next = at.next.get(name);
    if (next !== undefined) walk(next, keys, from, position + 1, note);
  }
  const gap = at.gap;
  if (gap === undefined) return;
  for (let skip = 0; skip <= 3 && position + skip <= keys.length; skip++) walk(gap, keys, from, position + skip, note);
}

function grow(at: Node[], rest: Step[], label: string): void {
  const step = rest[0];
  if (step === undefined) {
    for (const one of at) if (!one.labels.includes(label)) one.labels.push(label);
    return;
  }
  const reached: Node[] = step.maybe ? [...at] : [];
  for (const one of at) {
    if (step.gap) {
      one.gap ??= node();
      reached.push(one.gap);
      continue;
    }
    for (const word of step.words) {
      let next = one.next.get(word);
      if (next === undefined) {
        next = node();
        one.next.set(word, next);
      }
      reached.push(next);
    }
  }
  grow(reached, rest.slice(1), label);
}

function steps(phrase: string): Step[] {
  return phrase.split(' ').map((part) => {
    const maybe = part.length > 1 && part.endsWith('?');
    const plain = maybe ? part.slice(0, -1) : part;
    return { words: plain.split('|').map((word) => USUAL.get(word) ?? word), maybe, gap: plain === '..' };
  });
}

function node(): Node {
  return { next: new Map(), labels: [] };
}
