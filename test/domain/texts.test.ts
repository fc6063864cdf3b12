import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { fitTexts, isGsm7, segmentsOf, splitTexts, toGsm7 } from '../../src/domain/texts';

const gsm = fc.string({ unit: fc.constantFrom(...'abc XYZ09@£$éñ{}[]^~|\\\u20ac\n'), maxLength: 500 });
const anything = fc.string({ unit: 'binary', maxLength: 300 });

test('any text counts as many segments as the reference calculator says', () => {
  fc.assert(
    fc.property(
      fc.oneof(gsm, fc.string({ unit: fc.constantFrom('a', 'é', '漢', '😀', '\u201c', ' '), maxLength: 250 })),
      (text) => {
        const reference = new SegmentedMessage(text, 'auto');
        const ours = segmentsOf(text);
        expect(ours.encoding).toBe(reference.encodingName);
        expect(ours.segments).toBe(Math.max(1, reference.segmentsCount));
      },
    ),
    { numRuns: 500 },
  );
});

test.each([
  ['a'.repeat(160), 1, 160],
  ['a'.repeat(161), 2, 161],
  ['a'.repeat(306), 2, 306],
  ['a'.repeat(307), 3, 307],
  [`${'a'.repeat(152)}{${'a'.repeat(152)}`, 2, 306],
  ['{'.repeat(80), 1, 160],
  ['漢'.repeat(70), 1, 70],
  ['漢'.repeat(71), 2, 71],
  ['', 1, 0],
])('a text at the edge (%#) takes what it should', (text, segments, units) => {
  const cost = segmentsOf(text);
  // 152 + an escape that does not fit any more: the escape opens the second segment, the last letter a third.
  expect(cost.segments).toBe(text.includes('a{') ? 3 : segments);
  expect(cost.units).toBe(units);
});

test.each([
  ['\u201cHi\u201d \u2013 it\u2019s me\u2026', '"Hi" - it\'s me...'],
  ['Zoë Łukasz Nguyễn', 'Zoe Lukasz Nguyen'],
  ['José Muñoz', 'José Muñoz'.replace('\u00ed', 'i')],
  ['Siobhán', 'Siobhan'],
  ['Юлия Щукина', 'Yuliya Shchukina'],
  ['Γιώργος', 'Giorgos'],
  ['see you 👍🏽 1️⃣ 🇦🇺', 'see you 1'],
  ['李小龙 Bruce', '? Bruce'],
  ['2½ h \u00a0now', '2 1/2 h now'],
  ['tab\there\r\nnext', 'tab here\nnext'],
  ['zero\u200bwidth \u0000nul', 'zerowidth nul'],
  ['👍', '?'],
  ['', ''],
  ['\ud800', '?'],
])('%j goes out as %j', (text, sent) => {
  expect(toGsm7(text)).toBe(sent);
});

test('whatever is written, what goes out is GSM-7, not empty, and settled', () => {
  fc.assert(
    fc.property(fc.oneof(anything, fc.string({ unit: 'grapheme' })), (text) => {
      const sent = toGsm7(text);
      expect(isGsm7(sent)).toBe(true);
      expect(toGsm7(sent)).toBe(sent);
      if (text.trim() !== '') expect(sent).not.toBe('');
    }),
    { numRuns: 1000 },
  );
});

test('a text that is too long keeps its question and is cut at the end of a word', () => {
  const long = `${'Sat 28 Nov, 60 min with Priya. '.repeat(20)}Reply YES to book.`;
  const sent = fitTexts(long);
  expect(segmentsOf(sent).segments).toBe(2);
  expect(sent).toMatch(/(Sat|28|Nov|60|min|with|Priya)\.\.\. Reply YES to book\.$/);
  expect(fitTexts(`${'word '.repeat(100)}\nReply 1-3, or another day.`)).toMatch(
    /word\.\.\.\nReply 1-3, or another day\.$/,
  );
  expect(fitTexts('short')).toBe('short');
});

test('any text fits', () => {
  fc.assert(
    fc.property(fc.oneof(gsm, anything), fc.integer({ min: 1, max: 3 }), (text, most) => {
      const sent = fitTexts(text.repeat(3), most);
      expect(segmentsOf(sent).segments).toBeLessThanOrEqual(most);
      expect(sent).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])\.\.\./);
    }),
    { numRuns: 300 },
  );
});

describe('a diary in several texts', () => {
  const lines = (count: number) => Array.from({ length: count }, (_, at) => `${at + 1}:00pm Mia C., 9 Wattle Ave`);
  const more = (count: number) => `${count} more`;

  it('is divided at line ends, each text of at most two segments, and says all', () => {
    const texts = splitTexts(lines(25).join('\n'), 3, 0, more);
    expect(texts).toHaveLength(3);
    for (const text of texts) expect(segmentsOf(text).segments).toBeLessThanOrEqual(2);
    expect(texts.join('\n')).toBe(lines(25).join('\n'));
  });

  it('says how many lines had no room, and keeps what says how to answer', () => {
    const texts = splitTexts([...lines(60), 'Reply 1-2.'].join('\n'), 3, 1, more);
    expect(texts).toHaveLength(3);
    const [left, last] = texts.at(-1)!.split('\n').slice(-2);
    expect(last).toBe('Reply 1-2.');
    const told = texts.join('\n').match(/Mia C\./g)!.length;
    expect(left).toBe(`${60 - told} more`);
  });

  it('is one text when it fits, and a line that is too long is cut', () => {
    expect(splitTexts('one\ntwo', 3, 0, more)).toEqual(['one\ntwo']);
    expect(segmentsOf(splitTexts('word '.repeat(100), 3, 0, more)[0]!).segments).toBe(2);
  });
});
