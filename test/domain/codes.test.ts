import fc from 'fast-check';
import { codeFor, codeHash, codeIn, maskCodes, sameHash } from '../../src/domain/codes';

const key = Buffer.alloc(32, 7);

test('a code is six digits, the same for the same event and nonce, another for any other', () => {
  const code = codeFor(key, 'event-1', 'nonce-1');
  expect(code).toMatch(/^\d{6}$/);
  expect(codeFor(key, 'event-1', Buffer.from('nonce-1'))).toBe(code);
  const others = [
    codeFor(key, 'event-2', 'nonce-1'),
    codeFor(key, 'event-1', 'nonce-2'),
    codeFor(Buffer.alloc(32, 8), 'event-1', 'nonce-1'),
  ];
  expect(new Set([code, ...others]).size).toBe(4);
});

test('no digit is likelier than another at any place', () => {
  const counts = Array.from({ length: 6 }, () => Array<number>(10).fill(0));
  for (let i = 0; i < 20_000; i++) {
    for (const [place, digit] of [...codeFor(key, 'event', String(i))].entries()) counts[place]![Number(digit)]!++;
  }
  const chiSquares = counts.map((place) => place.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0));
  // 9 degrees of freedom: above 34 once in 10,000.
  for (const chiSquare of chiSquares) expect(chiSquare).toBeLessThan(34);
});

test('what is kept tells neither the code nor fits another lesson', () => {
  const hash = codeHash(key, 'event-1', '123456');
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(sameHash(hash, codeHash(key, 'event-1', '123456'))).toBe(true);
  expect(sameHash(hash, codeHash(key, 'event-2', '123456'))).toBe(false);
  expect(sameHash(hash, codeHash(key, 'event-1', '123457'))).toBe(false);
  expect(sameHash(hash, '')).toBe(false);
});

test.each([
  ['123456', '123456'],
  ['my code is 123 456', '123456'],
  ['123-456 thanks', '123456'],
  ['its 12 34 56', '123456'],
  ['1 2 3 4 5 6', '123456'],
  ['code:123456.', '123456'],
  ['１２３４５６', '123456'],
  ['١٢٣٤٥٦', '123456'],
  ['1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣', '123456'],
  ['no 123456 sorry 654321', '654321'],
  ['lesson 3 123456', '123456'],
  ['call me on 0491 570 006', null],
  ['0491570006', null],
  ['+61 491 570 006', null],
  ['12345', null],
  ['1234567', null],
  ['$75', null],
  ['', null],
])('in "%s" the code is %s', (text, code) => {
  expect(codeIn(text)).toBe(code);
});

test('however a code is spaced, it is found, and nothing of it is left when masked', () => {
  const gaps = fc.constantFrom('', ' ', '-', '.', ' - ', '\u00a0');
  const words = fc.constantFrom('', 'code ', 'hi its ', 'the code: ');
  fc.assert(
    fc.property(fc.nat(999_999), fc.array(gaps, { minLength: 5, maxLength: 5 }), words, (number, between, before) => {
      const code = String(number).padStart(6, '0');
      const text = `${before}${[...code].map((digit, i) => digit + (between[i] ?? '')).join('')} ok`;
      expect(codeIn(text)).toBe(code);
      expect(maskCodes(text)).toBe(`${before}****** ok`);
    }),
  );
});

test('a code mistyped by a digit is masked too, while phones and times stay', () => {
  expect(maskCodes('1234567')).toBe('******');
  expect(maskCodes('123 456 15')).toBe('******');
  expect(maskCodes('call 0491 570 006 at 3.30')).toBe('call 0491 570 006 at 3.30');
  expect(maskCodes('60 min, $75, 28/11')).toBe('60 min, $75, 28/11');
  expect(maskCodes('１２３ ４５６!')).toBe('******!');
});
