import fc from 'fast-check';
import { momentLabel } from '../../src/domain/labels';
import { cancellationCost, freeUntil, percentOf, sumCents } from '../../src/domain/money';
import { parsePolicy } from '../../src/domain/policy';
import { instantOf } from '../../src/domain/time';

const zone = 'Australia/Sydney';
const at = (date: string, time: string) => instantOf(date, time, zone);
const lesson = {
  startsAt: at('2026-11-28', '15:00'),
  priceCents: 7500,
  depositCents: 2000,
  lessonType: '60 min lesson',
};
const costs = (cancellation: unknown, when: number, what = lesson) =>
  cancellationCost(parsePolicy(cancellation === undefined ? {} : { cancellation }), what, when, zone);

test('by default a lesson is dropped free up to 24 hours before, that minute included', () => {
  const cost = costs(undefined, at('2026-11-27', '15:00'));
  expect(cost).toMatchObject({
    chargeCents: 0,
    keepsDeposit: false,
    creditCents: 2000,
    owingCents: 0,
    until: at('2026-11-27', '15:00'),
  });
});

test('after that the deposit is kept, and nothing more is owed', () => {
  const cost = costs(undefined, at('2026-11-27', '15:00') + 1);
  expect(cost).toEqual({
    chargeCents: 2000,
    keepsDeposit: true,
    creditCents: 0,
    owingCents: 0,
    tier: null,
    until: null,
  });
  expect(costs(undefined, at('2026-11-28', '14:00'), { ...lesson, depositCents: 0 })).toMatchObject({
    chargeCents: 0,
    keepsDeposit: false,
  });
});

test('free until 6 pm the day before, then half, within two hours the whole price', () => {
  const tiers = [
    { until: { kind: 'dayBefore', time: '18:00' }, charge: { kind: 'free' } },
    { until: { kind: 'hours', hours: 2 }, charge: { kind: 'percent', percent: 50 } },
  ];
  const school = { tiers, late: { kind: 'percent', percent: 100 } };
  expect(costs(school, at('2026-11-27', '18:00')).chargeCents).toBe(0);
  expect(costs(school, at('2026-11-27', '18:01'))).toMatchObject({
    chargeCents: 3750,
    keepsDeposit: true,
    creditCents: 0,
    owingCents: 1750,
    until: at('2026-11-28', '13:00'),
  });
  expect(costs(school, at('2026-11-28', '13:01')).chargeCents).toBe(7500);
  expect(costs({ ...school, tiers: [...tiers].reverse() }, at('2026-11-27', '18:00')).chargeCents).toBe(0);
});

test('a flat price that is below the deposit gives the rest back as credit', () => {
  expect(costs({ tiers: [], late: { kind: 'flat', cents: 1500 } }, lesson.startsAt)).toMatchObject({
    chargeCents: 1500,
    creditCents: 500,
    owingCents: 0,
  });
});

test('a test package may have a price of its own', () => {
  const school = { tiers: [], late: { kind: 'flat', cents: 5500, byLessonType: { 'Test package': 15000 } } };
  expect(costs(school, lesson.startsAt).chargeCents).toBe(5500);
  expect(costs(school, lesson.startsAt, { ...lesson, lessonType: 'Test package' }).chargeCents).toBe(15000);
});

test('one business day before a Monday is Friday, and Thursday when the Friday is a holiday', () => {
  const monday = { ...lesson, startsAt: at('2026-11-30', '10:00') };
  const policy = parsePolicy({
    cancellation: { tiers: [{ until: { kind: 'businessDays', days: 1 }, charge: { kind: 'free' } }] },
  });
  const until = (holidays: string[]) => momentLabel(freeUntil(policy, monday.startsAt, zone, holidays)!, zone);
  expect(until([])).toBe('Fri 27 Nov, 10:00am');
  expect(until(['2026-11-27'])).toBe('Thu 26 Nov, 10:00am');
});

test('six in the evening is six on the wall when the clocks change in the night', () => {
  const policy = parsePolicy({
    cancellation: { tiers: [{ until: { kind: 'dayBefore', time: '18:00' }, charge: { kind: 'free' } }] },
  });
  const until = freeUntil(policy, at('2026-10-04', '10:00'), zone)!;
  expect(momentLabel(until, zone)).toBe('Sat 3 Oct, 6:00pm');
});

test('a school may have no free tier at all', () => {
  expect(freeUntil(parsePolicy({ cancellation: { tiers: [] } }), lesson.startsAt, zone)).toBeNull();
});

test('half a cent goes up, and no cent is lost', () => {
  expect([
    percentOf(7501, 50),
    percentOf(1, 50),
    percentOf(3, 33),
    percentOf(-1, 50),
    percentOf(7500, 0),
    percentOf(1005, 10),
  ]).toEqual([3751, 1, 1, -1, 0, 101]);
  expect(sumCents([1, 2, 3])).toBe(6);
  expect(() => sumCents([0.5])).toThrow('0.5 is no amount in whole cents');
  fc.assert(
    fc.property(fc.nat(100_000_000), fc.nat(100), (cents, percent) => {
      expect(percentOf(cents, percent)).toBe(Number((BigInt(cents) * BigInt(percent) * 2n + 100n) / 200n));
    }),
  );
});

test('deposit, credit and what is owed always agree', () => {
  const charges = fc.oneof(
    fc.constant({ kind: 'free' }),
    fc.constant({ kind: 'deposit' }),
    fc.nat(100).map((percent) => ({ kind: 'percent', percent })),
    fc.nat(20_000).map((cents) => ({ kind: 'flat', cents })),
  );
  fc.assert(
    fc.property(charges, fc.nat(20_000), fc.nat(20_000), (late, priceCents, depositCents) => {
      const cost = costs({ tiers: [], late }, lesson.startsAt, { ...lesson, priceCents, depositCents });
      expect(depositCents - cost.creditCents + cost.owingCents).toBe(cost.chargeCents);
      expect(Math.min(cost.creditCents, cost.owingCents)).toBe(0);
    }),
  );
});
