import fc from 'fast-check';
import { segmentsOf } from '../../src/domain/texts';
import { browserModule } from './browser-module';

type Counted = { segments: number; units: number; encoding: string; room: number };
const page = browserModule<{ segmentsOf(text: string): Counted; countWords(text: string): string }>('segments');

const letters = fc.oneof(
  fc.constantFrom(...'abc XYZ 019 @£$é\n', ...'{}[]^~|\\\u20ac\f', 'ł', '\u2019', '😀', '👩‍🏫', '\ud800', '\r', '\t'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
);

test('the counter under the input tells what the school would pay for that text', () => {
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 500 }), (parts) => {
      const text = parts.join('');
      const { room, ...counted } = page.segmentsOf(text);
      expect(counted).toEqual(segmentsOf(text));
      expect(room).toBeGreaterThanOrEqual(counted.units);
    }),
    { numRuns: 400 },
  );
});

test('it agrees at the edges of one, two and three texts', () => {
  for (const letter of ['a', '\u20ac', 'я', '😀'])
    for (const count of [
      34, 35, 36, 66, 67, 68, 70, 71, 76, 77, 80, 81, 133, 134, 135, 153, 160, 161, 306, 307, 459, 460,
    ])
      expect(page.segmentsOf(letter.repeat(count))).toMatchObject(segmentsOf(letter.repeat(count)));
});

test('it is written as people read it', () => {
  expect(page.countWords('')).toBe('0/160, 1 SMS');
  expect(page.countWords('a'.repeat(112))).toBe('112/160, 1 SMS');
  expect(page.countWords('a'.repeat(161))).toBe('161/306, 2 SMS');
  expect(page.countWords('я')).toBe('1/70, 1 SMS');
});
