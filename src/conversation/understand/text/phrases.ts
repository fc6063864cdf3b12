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
  const start = tree.root.next.get('^');
  let opening = true;
  for (let from = 0; from < keys.length; from++) {
    const before = found.length;
    if (opening) {
      if (start !== undefined) walk(start, keys, from, from, found, before);
      opening = LEADERS.has(keys[from]?.[0] ?? '');
    }
    walk(tree.root, keys, from, from, found, before);
  }
  return found;
}

/** "um, yes": what may stand before the start of a text. */
const LEADERS = new Set(words.leaders);

/** Notes in `found` what begins at `from`; `since` is where in `found` that began. */
function walk(
  at: Node,
  keys: readonly (readonly string[])[],
  from: number,
  position: number,
  found: Found[],
  since: number,
): void {
  if (position > from && at.labels.length > 0) note(at.labels, from, position, found, since);
  const names = keys[position];
  if (names === undefined) {
    const end = at.next.get('$');
    if (end !== undefined) note(end.labels, from, position, found, since);
    return;
  }
  for (const name of names) {
    const next = at.next.get(name);
    if (next !== undefined) walk(next, keys, from, position + 1, found, since);
  }
  const gap = at.gap;
  if (gap === undefined) return;
  for (let skip = 0; skip <= 3 && position + skip <= keys.length; skip++)
    walk(gap, keys, from, position + skip, found, since);
}

function note(labels: readonly string[], from: number, to: number, found: Found[], since: number): void {
  for (const label of labels) {
    let known = false;
    for (let i = since; i < found.length && !known; i++) known = found[i]?.label === label && found[i]?.to === to;
    if (!known) found.push({ label, from, to });
  }
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
