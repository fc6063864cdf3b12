import fc from 'fast-check';
import { cleanName, firstName, initialName } from '../../src/domain/names';

test.each([
  ['mia', 'Mia'],
  ['MIA CHEN', 'Mia Chen'],
  ['  mia \n chen ', 'Mia Chen'],
  ["o'brien", "O'Brien"],
  ['o\u2019brien', "O'Brien"],
  ['anne-marie', 'Anne-Marie'],
  ['jo de souza', 'Jo de Souza'],
  ['McDonald', 'McDonald'],
  ['mcdonald', 'Mcdonald'],
  ['J.R. Smith', 'J.R. Smith'],
  ['AJ', 'AJ'],
  ['mia.', 'Mia'],
  ['mia!!', 'Mia'],
  ['Mia 😀', 'Mia'],
  ['zoë', 'Zoë'],
  ['Nguyễn Thị Minh', 'Nguyễn Thị Minh'],
  ['李小龙', '李小龙'],
])('%j is called %s', (said, name) => {
  expect(cleanName(said)).toBe(name);
});

test.each([
  '',
  ' ',
  '123',
  'mia2',
  'mia@x.com',
  'www.x.com',
  'bit.ly/x',
  'http://x',
  'x.com',
  '<b>mia</b>',
  '{{name}}',
  '...',
  "''",
  '😀',
  'a'.repeat(41),
  'one two three four five six',
])('%j is no name', (said) => {
  expect(cleanName(said)).toBeNull();
});

test('a name that was cleaned stays as it is and has no control characters', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom(..."aBé '-.\n\u202e") })),
      (said) => {
        const name = cleanName(said);
        if (name === null) return;
        expect(name).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        expect([...name].length).toBeLessThanOrEqual(40);
        expect(cleanName(name)).toBe(name);
      },
    ),
    { numRuns: 1000 },
  );
});

test('schedules name a student by first name and initial', () => {
  expect(['Mia Chen', 'Mia', ' Mia  van Dyk ', ''].map(initialName)).toEqual(['Mia C.', 'Mia', 'Mia D.', '']);
  expect(['Mia Chen', 'Mia', ''].map(firstName)).toEqual(['Mia', 'Mia', '']);
});
