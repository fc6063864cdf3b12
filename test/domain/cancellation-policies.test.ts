import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { publicHolidays } from '../../src/conversation/dates/public-holidays';
import { cancellationCost } from '../../src/domain/money';
import { parsePolicy } from '../../src/domain/policy';

const STATE_OF = {
  'Australia/Sydney': 'NSW',
  'Australia/Adelaide': 'SA',
  'Australia/Brisbane': 'QLD',
  'Australia/Perth': 'WA',
  'Australia/Lord_Howe': 'NSW',
} as const;
type Zone = keyof typeof STATE_OF;
const ZONES = Object.keys(STATE_OF) as Zone[];

/** A rule as a school writes it: `dss policy set --file` takes the same file. */
const rule = (name: string) =>
  parsePolicy(JSON.parse(readFileSync(join(__dirname, 'policies', `${name}.json`), 'utf8')));

/** The wall clock at the school, read by another library than the one under test. */
const at = (local: string, zone: string) => {
  const found = DateTime.fromISO(local.replace(' ', 'T'), { zone });
  if (!found.isValid || found.toFormat('yyyy-MM-dd HH:mm') !== local.slice(0, 16)) throw new Error(`no such ${local}`);
  return found.toMillis();
};

const HOUR_LESSON = { priceCents: 7500, depositCents: 2000, lessonType: '60 min lesson' };
const TEST_PACKAGE = { priceCents: 22000, depositCents: 5000, lessonType: 'Test package' };

function cost(name: string, zone: Zone, lesson: string, dropped: string | number, of = HOUR_LESSON) {
  const startsAt = at(lesson, zone);
  const when = typeof dropped === 'number' ? startsAt + dropped : at(dropped, zone);
  const holidays = publicHolidays(STATE_OF[zone], 2025, 2027);
  const { chargeCents, creditCents, owingCents } = cancellationCost(
    rule(name),
    { ...of, startsAt },
    when,
    zone,
    holidays,
  );
  expect(of.depositCents - creditCents + owingCents).toBe(chargeCents);
  return { charge: chargeCents / 100, back: creditCents / 100, owing: owingCents / 100 };
}

const MS_OF_HOUR = 3_600_000;
const FREE = { charge: 0, back: 20, owing: 0 };
const KEPT = { charge: 20, back: 0, owing: 0 };
const HALF = { charge: 37.5, back: 0, owing: 17.5 };
const ALL = { charge: 75, back: 0, owing: 55 };

describe('rules in hours: the hours pass as on a stopwatch', () => {
  const LESSONS = {
    'an ordinary Saturday': '2026-11-28 15:00',
    'the Sunday on which clocks go forward': '2026-10-04 10:00',
    'the day after that': '2026-10-05 01:30',
    'the Sunday on which clocks go back': '2026-04-05 10:00',
    'the day after that again': '2026-04-06 01:30',
    'the first morning of a year': '2027-01-01 07:00',
  };
  const RULES = [
    ['24-hours-or-the-deposit', 24, KEPT],
    ['24-hours-or-all', 24, ALL],
    ['48-hours-or-half', 48, HALF],
    ['72-hours-or-all', 72, ALL],
    ['flat', 24, { charge: 55, back: 0, owing: 35 }],
  ] as const;
  describe.each(RULES)('%s', (name, hours, late) => {
    describe.each(ZONES)('in %s', (zone) => {
      it.each(Object.entries(LESSONS))('%s', (_, lesson) => {
        expect(cost(name, zone, lesson, -hours * MS_OF_HOUR - 1)).toEqual(FREE);
        expect(cost(name, zone, lesson, -hours * MS_OF_HOUR)).toEqual(FREE);
        expect(cost(name, zone, lesson, -hours * MS_OF_HOUR + 1)).toEqual(late);
        expect(cost(name, zone, lesson, -1)).toEqual(late);
        expect(cost(name, zone, lesson, MS_OF_HOUR)).toEqual(late);
      });
    });
  });

  it('24 hours before 10:00 is 9:00 on the wall when the night was an hour short, and 11:00 when it was long', () => {
    expect(cost('24-hours-or-all', 'Australia/Sydney', '2026-10-04 10:00', '2026-10-03 09:00')).toEqual(FREE);
    expect(cost('24-hours-or-all', 'Australia/Sydney', '2026-10-04 10:00', '2026-10-03 09:01')).toEqual(ALL);
    expect(cost('24-hours-or-all', 'Australia/Sydney', '2026-04-05 10:00', '2026-04-04 11:00')).toEqual(FREE);
    expect(cost('24-hours-or-all', 'Australia/Sydney', '2026-04-05 10:00', '2026-04-04 11:01')).toEqual(ALL);
    expect(cost('24-hours-or-all', 'Australia/Lord_Howe', '2026-10-04 10:00', '2026-10-03 09:30')).toEqual(FREE);
    expect(cost('24-hours-or-all', 'Australia/Lord_Howe', '2026-10-04 10:00', '2026-10-03 09:31')).toEqual(ALL);
    expect(cost('24-hours-or-all', 'Australia/Brisbane', '2026-10-04 10:00', '2026-10-03 10:00')).toEqual(FREE);
    expect(cost('24-hours-or-all', 'Australia/Brisbane', '2026-10-04 10:00', '2026-10-03 10:01')).toEqual(ALL);
  });
});

describe('free until 6 pm the day before, then half, within two hours all: six is six on the wall', () => {
  const CASES: [lesson: string, dropped: string, expected: object][] = [
    ['2026-11-28 15:00', '2026-11-20 09:00', FREE],
    ['2026-11-28 15:00', '2026-11-27 17:59', FREE],
    ['2026-11-28 15:00', '2026-11-27 18:00', FREE],
    ['2026-11-28 15:00', '2026-11-27 18:01', HALF],
    ['2026-11-28 15:00', '2026-11-28 00:00', HALF],
    ['2026-11-28 15:00', '2026-11-28 13:00', HALF],
    ['2026-11-28 15:00', '2026-11-28 13:01', ALL],
    ['2026-11-28 15:00', '2026-11-28 15:00', ALL],
    // The clocks go forward in the night before the lesson, then back.
    ['2026-10-04 10:00', '2026-10-03 18:00', FREE],
    ['2026-10-04 10:00', '2026-10-03 18:01', HALF],
    ['2026-10-04 10:00', '2026-10-04 08:00', HALF],
    ['2026-10-04 10:00', '2026-10-04 08:01', ALL],
    ['2026-04-05 10:00', '2026-04-04 18:00', FREE],
    ['2026-04-05 10:00', '2026-04-04 18:01', HALF],
    ['2026-04-05 10:00', '2026-04-05 08:00', HALF],
    ['2026-04-05 10:00', '2026-04-05 08:01', ALL],
    // The first of a month and of a year look back over it.
    ['2026-12-01 07:00', '2026-11-30 18:00', FREE],
    ['2027-01-01 07:00', '2026-12-31 18:01', HALF],
  ];
  describe.each(ZONES)('in %s', (zone) => {
    it.each(CASES)('a lesson on %s, dropped %s', (lesson, dropped, expected) => {
      expect(cost('six-pm-the-day-before', zone, lesson, dropped)).toEqual(expected);
    });
  });

  it('two hours before 3:30 are 0:30 on the wall where 2:00 to 3:00 was skipped, and 1:30 where it was not', () => {
    expect(cost('six-pm-the-day-before', 'Australia/Sydney', '2026-10-04 03:30', '2026-10-04 00:30')).toEqual(HALF);
    expect(cost('six-pm-the-day-before', 'Australia/Sydney', '2026-10-04 03:30', '2026-10-04 00:31')).toEqual(ALL);
    expect(cost('six-pm-the-day-before', 'Australia/Perth', '2026-10-04 03:30', '2026-10-04 01:30')).toEqual(HALF);
  });
});

describe("one business day's notice, by the state's public holidays", () => {
  const CASES: [zone: Zone, lesson: string, freeUntil: string, why: string][] = [
    ['Australia/Sydney', '2026-11-26 10:00', '2026-11-25 10:00', 'a Thursday: Wednesday'],
    ['Australia/Sydney', '2026-11-30 10:00', '2026-11-27 10:00', 'a Monday: Friday'],
    ['Australia/Sydney', '2026-11-28 10:00', '2026-11-27 10:00', 'a Saturday: Friday'],
    ['Australia/Sydney', '2026-11-29 10:00', '2026-11-27 10:00', 'a Sunday: Friday'],
    ['Australia/Sydney', '2026-04-07 10:00', '2026-04-02 10:00', 'the Tuesday after Easter: the Thursday before it'],
    ['Australia/Sydney', '2026-12-29 10:00', '2026-12-24 10:00', 'Boxing Day moved to Monday 28 December'],
    ['Australia/Sydney', '2027-01-04 10:00', '2026-12-31 10:00', 'New Year falls on the Friday'],
    ['Australia/Adelaide', '2026-03-10 10:00', '2026-03-06 10:00', 'the Adelaide Cup is on Monday, in SA only'],
    ['Australia/Sydney', '2026-03-10 10:00', '2026-03-09 10:00', 'and in NSW that Monday is a working day'],
    ['Australia/Perth', '2026-06-02 10:00', '2026-05-29 10:00', 'Western Australia Day is on Monday'],
    ['Australia/Brisbane', '2026-06-02 10:00', '2026-06-01 10:00', 'and in Queensland it is not'],
    ['Australia/Brisbane', '2026-12-25 10:00', '2026-12-24 10:00', 'Christmas Eve is a holiday from the evening only'],
    ['Australia/Lord_Howe', '2026-10-06 10:00', '2026-10-02 10:00', 'Labour Day after the clocks went forward'],
    ['Australia/Sydney', '2026-10-05 10:00', '2026-10-02 10:00', 'over the night in which clocks go forward'],
    ['Australia/Adelaide', '2026-04-07 10:00', '2026-04-02 10:00', 'over the night in which clocks go back'],
  ];
  it.each(CASES)('in %s for %s it is free until %s: %s', (zone, lesson, freeUntil) => {
    expect(cost('one-business-day', zone, lesson, freeUntil)).toEqual(FREE);
    expect(cost('one-business-day', zone, lesson, freeUntil.replace(':00', ':01'))).toEqual(ALL);
  });
});

describe('a flat price, and another for a test', () => {
  it.each(ZONES)('in %s', (zone) => {
    const lesson = '2026-11-28 15:00';
    expect(cost('flat', zone, lesson, '2026-11-27 15:00', TEST_PACKAGE)).toEqual({ charge: 0, back: 50, owing: 0 });
    expect(cost('flat', zone, lesson, '2026-11-27 15:01', TEST_PACKAGE)).toEqual({ charge: 150, back: 0, owing: 100 });
    expect(cost('flat', zone, lesson, '2026-11-27 15:01')).toEqual({ charge: 55, back: 0, owing: 35 });
    const unpaid = { ...HOUR_LESSON, depositCents: 0 };
    expect(cost('flat', zone, lesson, '2026-11-27 15:01', unpaid)).toEqual({ charge: 55, back: 0, owing: 55 });
    const dear = { ...HOUR_LESSON, depositCents: 6000 };
    expect(cost('flat', zone, lesson, '2026-11-27 15:01', dear)).toEqual({ charge: 55, back: 5, owing: 0 });
  });
});

it('waiting never makes a drop cheaper, in whatever order a school lists its tiers', () => {
  const tiers = [
    { until: { kind: 'dayBefore', time: '18:00' }, charge: { kind: 'percent', percent: 50 } },
    { until: { kind: 'hours', hours: 24 }, charge: { kind: 'free' } },
  ];
  for (const listed of [tiers, [...tiers].reverse()]) {
    const policy = parsePolicy({ cancellation: { tiers: listed, late: { kind: 'percent', percent: 100 } } });
    for (const start of ['2026-11-28 08:00', '2026-11-28 20:00']) {
      const startsAt = at(start, 'Australia/Sydney');
      let before = 0;
      for (let minutes = 40 * 60; minutes >= 0; minutes -= 15) {
        const when = startsAt - minutes * 60_000;
        const now = cancellationCost(policy, { ...HOUR_LESSON, startsAt }, when, 'Australia/Sydney').chargeCents;
        expect(now).toBeGreaterThanOrEqual(before);
        before = now;
      }
      expect(before).toBe(7500);
    }
  }
});
