import fc from 'fast-check';
import { isOverCost, likenessOf, silenceFor, type Taken, withTaken } from '../../src/domain/limits';
import { parsePolicy } from '../../src/domain/policy';
import { DAY, MINUTE, SECOND } from '../../src/domain/time';

const { limits } = parsePolicy({});
const NOON = Date.parse('2026-11-24T01:00:00Z');

/** Texts `every` ms apart, each with what it is like; how many were answered. */
function answersTo(count: number, every: number, likeOf: (n: number) => string | null) {
  let taken: Taken[] = [];
  const answeredAt: number[] = [];
  const silences = new Set<string>();
  for (let n = 0; n < count; n += 1) {
    const now = NOON + n * every;
    const silence = silenceFor(taken, likeOf(n), limits, now);
    if (silence) silences.add(silence);
    else answeredAt.push(now);
    taken = withTaken(taken, { at: now, like: likeOf(n), answered: !silence });
  }
  return { answeredAt, silences, kept: taken.length };
}

test('the same text that is not understood is answered three times in ten minutes, then no more while it goes on', () => {
  const { answeredAt, silences } = answersTo(100, 5 * SECOND, () => 'a');
  expect(answeredAt).toHaveLength(3);
  expect([...silences]).toEqual(['same_again']);
  // After ten quiet minutes a person may try again.
  expect(silenceFor([{ at: NOON, like: 'a', answered: true }], 'a', limits, NOON + 11 * MINUTE)).toBeNull();
});

test('a phone gets at most 30 answers in any ten minutes and 120 in any day, whatever it sends', () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 20 * MINUTE }), fc.constantFrom(null, 'mixed'), (every, kind) => {
      const { answeredAt, kept } = answersTo(600, every, (n) => (kind ? `text ${n}` : null));
      for (const [index, at] of answeredAt.entries()) {
        const within = (span: number) => answeredAt.slice(0, index + 1).filter((one) => one > at - span).length;
        expect(within(10 * MINUTE)).toBeLessThanOrEqual(30);
        expect(within(DAY)).toBeLessThanOrEqual(120);
      }
      expect(kept).toBeLessThanOrEqual(450);
    }),
    { numRuns: 50 },
  );
});

test('what is remembered stays small however much is sent', () => {
  expect(answersTo(5_000, SECOND / 10, () => 'a').kept).toBeLessThan(40);
});

test('texts are alike when only case, signs, spaces or figures differ', () => {
  expect(likenessOf('Im driving! Sent 10:03')).toBe(likenessOf('im  driving, sent 9:41'));
  expect(likenessOf('im driving')).not.toBe(likenessOf('im walking'));
  expect(likenessOf('my name is Xanthippe')).toMatch(/^[0-9a-f]{12}$/);
});

test('a school that has sent its most texts of a day answers those it knows, and at twice as many nobody', () => {
  const at = (texts: number) => [isOverCost(texts, false, limits), isOverCost(texts, true, limits)];
  expect([at(4_999), at(5_000), at(9_999), at(10_000)]).toEqual([
    [false, false],
    [true, false],
    [true, false],
    [true, true],
  ]);
});
