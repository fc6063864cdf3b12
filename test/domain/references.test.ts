import fc from 'fast-check';
import { findReferences, isReference, makeReference, nearReferences } from '../../src/domain/references';

const ALPHABET = '34679ACDEFGHJKMNPRTVWXY';
const random = fc.uint8Array({ minLength: 10, maxLength: 10 }).map((bytes) => Buffer.from(bytes));
const references = random.map(makeReference);

test('a reference is DS and six characters that cannot be taken for one another', () => {
  fc.assert(
    fc.property(references, (reference) => {
      expect(reference).toMatch(/^DS[34679ACDEFGHJKMNPRTVWXY]{6}$/);
      expect(isReference(reference)).toBe(true);
    }),
  );
  expect(() => makeReference(Buffer.alloc(9))).toThrow('a reference needs 10 random bytes, got 9');
});

test('one wrong character is always noticed', () => {
  fc.assert(
    fc.property(references, fc.integer({ min: 2, max: 7 }), fc.constantFrom(...ALPHABET), (reference, at, letter) => {
      const wrong = reference.slice(0, at) + letter + reference.slice(at + 1);
      expect(isReference(wrong)).toBe(wrong === reference);
    }),
    { numRuns: 5000 },
  );
});

test('two swapped characters are always noticed, neighbours or not', () => {
  fc.assert(
    fc.property(references, fc.integer({ min: 2, max: 7 }), fc.integer({ min: 2, max: 7 }), (reference, a, b) => {
      const letters = [...reference];
      [letters[a], letters[b]] = [letters[b]!, letters[a]!];
      expect(isReference(letters.join(''))).toBe(letters[a] === letters[b]);
    }),
    { numRuns: 5000 },
  );
});

const R = makeReference(Buffer.from('0102030405060708090a', 'hex'));
const other = makeReference(Buffer.from('f102f304a50607b8090a', 'hex'));

test.each([
  ['alone', [R]],
  ['in small letters', [R.toLowerCase()]],
  ['with a space in it', [`${R.slice(0, 2)} ${R.slice(2, 5)} ${R.slice(5)}`]],
  ['with hyphens in it', [`${R.slice(0, 4)}-${R.slice(4)}`]],
  ['letter by letter', [[...R].join(' ')]],
  ['with words around it', [`lesson mia ${R}, thanks`]],
  ['after a colon', [`Ref:${R}`]],
  ['in full-width letters', [[...R].map((letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)).join('')]],
  ['in the second field', ['PAYMENT', `${R} MIA CHEN`]],
  ['twice', [R, `PAYID ${R}`]],
  ['over the end of a line', [`${R.slice(0, 5)}\n${R.slice(5)}`]],
])('a payer who writes it %s has paid', (_, fields) => {
  expect(findReferences(fields)).toEqual([R]);
});

test.each([
  ['as part of a longer word', [`X${R}`, `${R}9`, `REF${R}`, `é${R}`]],
  ['with a wrong character', [R.slice(0, 7) + (R[7] === 'A' ? 'C' : 'A')]],
  ['cut short', [R.slice(0, 7)]],
  ['without its DS', [R.slice(2)]],
  ['over two fields', [R.slice(0, 4), R.slice(4)]],
  ['not at all', ['', 'DS', 'DSDSDSDS', 'lesson for mia', '\u0000', '\ud800', 'ds '.repeat(100)]],
])('a payer who writes it %s confirms nothing', (_, fields) => {
  expect(findReferences(fields)).toEqual([]);
});

test('two references in one payment are both found', () => {
  expect(findReferences([`${R} ${other}`])).toEqual([R, other]);
});

test('the office is shown which one was probably meant', () => {
  const open = new Set([R, other]);
  const near = (text: string) => nearReferences([text], open);
  expect(near(`REF${R}`)).toEqual([R]);
  expect(near(R.slice(2).toLowerCase())).toEqual([R]);
  expect(near(R.slice(0, 7))).toEqual([R]);
  expect(near(`${R.slice(0, 4)}0${R.slice(4)}`)).toEqual([R]);
  expect(near(`${R.slice(0, 4)}0${R.slice(5)}`)).toEqual([R]);
  expect(near(R.slice(0, 4) + R[5] + R[4] + R.slice(6))).toEqual([R]);
  expect(near(`D5${R.slice(2)}`)).toEqual([R]);
  expect(near('lesson for mia saturday')).toEqual([]);
});

test('any single slip of the payer is suggested and never confirmed', () => {
  const slips = fc.tuple(
    references,
    fc.nat(7),
    fc.constantFrom('wrong', 'missing', 'added', 'swapped'),
    fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'),
  );
  fc.assert(
    fc.property(slips, ([reference, at, slip, letter]) => {
      const [head, tail] = [reference.slice(0, at), reference.slice(at)];
      const typed = {
        wrong: head + letter + tail.slice(1),
        missing: head + tail.slice(1),
        added: head + letter + tail,
        swapped: head + (tail[1] ?? '') + tail[0] + tail.slice(2),
      }[slip];
      if (typed === reference) return;
      expect(findReferences([typed])).not.toContain(reference);
      expect(nearReferences([`mia ${typed} lesson`], new Set([reference]))).toEqual([reference]);
    }),
    { numRuns: 2000 },
  );
});

/** P18, a fifth of it at each run: words, names, numbers, other payees' references, and our own letters. */
test('200,000 random descriptions match none of 10,000 open references', () => {
  let seed = 20261124;
  const chance = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const open = new Set<string>();
  while (open.size < 10_000) open.add(makeReference(Buffer.from(Array.from({ length: 10 }, () => chance(256)))));
  const words = [
    'lesson',
    'driving',
    'ds',
    'DS',
    'mia',
    'chen',
    'payid',
    'osko',
    'bayside',
    'dep',
    'sat',
    '28',
    'nov',
    'd',
    's',
    'INV',
  ];
  const letters = (alphabet: string, length: number) =>
    Array.from({ length }, () => alphabet[chance(alphabet.length)]).join('');
  let found = 0;
  for (let i = 0; i < 200_000; i++) {
    const tokens = Array.from({ length: 1 + chance(7) }, () =>
      chance(2)
        ? words[chance(words.length)]!
        : letters(chance(2) ? ALPHABET : '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', 1 + chance(10)),
    );
    if (findReferences([tokens.join(chance(4) ? ' ' : '-')]).some((reference) => open.has(reference))) found++;
  }
  expect(found).toBe(0);
});
