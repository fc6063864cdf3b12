/** No 0/O/Q, 1/I/L, 5/S, 2/Z, 8/B, U/V. 23 letters because a prime makes the check find every swap. */
const ALPHABET = '34679ACDEFGHJKMNPRTVWXY';
const PREFIX = 'DS';
const BODY = 6;
const SEPARATORS = '[\\s\\-._/]{0,3}';
const EXACT = new RegExp(`^${PREFIX}[${ALPHABET}]{${BODY}}$`);
const INSIDE = new RegExp(
  `(?<![\\p{L}\\p{N}])${[...PREFIX, ...Array<string>(BODY).fill(`[${ALPHABET}]`)].join(SEPARATORS)}(?![\\p{L}\\p{N}])`,
  'giu',
);

/**
 * "DS" and six characters, the last a check: one of 23^5 = 6,436,343. Needs at least 10 random bytes; throws RangeError with fewer.
 * Not unique by itself: on a collision in the database draw again.
 */
export function makeReference(random: Buffer): string {
  const needed = 2 * (BODY - 1);
  if (random.length < needed) throw new RangeError(`a reference needs ${needed} random bytes, got ${random.length}`);
  const values = Array.from({ length: BODY - 1 }, (_, i) => random.readUInt16BE(2 * i) % ALPHABET.length);
  return PREFIX + [...values, checkOf(values)].map((value) => ALPHABET[value]).join('');
}

/** True for a reference exactly as we write it, check character included. */
export function isReference(text: string): boolean {
  if (!EXACT.test(text)) return false;
  const values = [...text.slice(PREFIX.length)].map((letter) => ALPHABET.indexOf(letter));
  return checkOf(values.slice(0, -1)) === values.at(-1);
}

/** Valid references in the bank's text fields, upper case, each once, in order. Any case, spaces, hyphens or dots inside; never part of a longer word. */
export function findReferences(fields: readonly string[]): string[] {
  const found = fields.flatMap((field) => [...plain(field).matchAll(INSIDE)].map((match) => squeezed(match[0])));
  return [...new Set(found.filter(isReference))];
}

/**
 * Which of the `open` references a payer may have meant: one character wrong, missing, added or swapped, the DS left out, or glued to
 * other text. For a person to choose from; never enough to confirm.
 */
export function nearReferences(fields: readonly string[], open: ReadonlySet<string>): string[] {
  const near = new Set<string>();
  for (const field of fields) {
    for (const guess of guesses(plain(field))) {
      for (const variant of oneEdit(guess)) if (open.has(variant)) near.add(variant);
    }
  }
  return [...near];
}

/** Weights 1, 2, .. (the check's comes last) are distinct below a prime: one wrong or any two swapped characters never pass. */
function checkOf(values: readonly number[]): number {
  const sum = values.reduce((total, value, i) => total + (i + 1) * value, 0);
  return [...ALPHABET].findIndex((_, check) => (sum + (values.length + 1) * check) % ALPHABET.length === 0);
}

/** Compatibility letters (full width) become plain; a bank's field is never longer than 280 characters, ten times that is read. */
function plain(field: string): string {
  return field.slice(0, 2800).normalize('NFKC');
}

function squeezed(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

function guesses(field: string): Set<string> {
  const found = new Set<string>();
  const letters = squeezed(field);
  const length = PREFIX.length + BODY;
  for (let from = 0; from < letters.length; from++) {
    if (letters[from] !== 'D' && letters[from] !== 'S' && letters[from + 1] !== 'S') continue;
    for (const size of [length - 1, length, length + 1])
      if (from + size <= letters.length) found.add(letters.slice(from, from + size));
  }
  for (const word of field.toUpperCase().split(/[^A-Z0-9]+/)) if (word.length === BODY) found.add(PREFIX + word);
  return found;
}

function* oneEdit(text: string): Generator<string> {
  yield text;
  const full = PREFIX.length + BODY;
  const letters = `${ALPHABET}S`;
  for (let i = 0; i <= text.length; i++) {
    const [head, tail] = [text.slice(0, i), text.slice(i)];
    if (text.length === full + 1 && tail) yield head + tail.slice(1);
    if (text.length === full && tail.length > 1) yield head + tail[1] + tail[0] + tail.slice(2);
    if (text.length === full && tail) for (const letter of letters) yield head + letter + tail.slice(1);
    if (text.length === full - 1) for (const letter of letters) yield head + letter + tail;
  }
}
