import fc from 'fast-check';
import { daysOf, patternOf, timesUntil } from '../../src/domain/series';
import { addDays, instantOf, localTimeOf, weekdayOf } from '../../src/domain/time';

const weekly = { everyWeeks: 1, times: null, until: null };

describe('the days of a series', () => {
  test.each([
    ['every tues for 5 weeks', { weekdays: [2], from: '2026-11-24', times: 5 }, '24 1 8 15 22'],
    ['from the day after, so from the next week', { weekdays: [2], from: '2026-11-25', times: 2 }, '1 8'],
    ['tues and thurs for 2 weeks is four lessons', { weekdays: [2, 4], from: '2026-11-25', times: 2 }, '26 1 3 8'],
    ['every second week', { weekdays: [2], from: '2026-11-24', times: 3, everyWeeks: 2 }, '24 8 22'],
    ['every second week on two days', { weekdays: [2, 4], from: '2026-11-24', times: 2, everyWeeks: 2 }, '24 26 8 10'],
    ['until a day, that day included', { weekdays: [5], from: '2026-12-01', until: '2026-12-25' }, '4 11 18 25'],
    ['until the day before', { weekdays: [5], from: '2026-12-01', until: '2026-12-24' }, '4 11 18'],
    ['until a day that is before the first', { weekdays: [5], from: '2026-12-05', until: '2026-12-10' }, ''],
    [
      'both a number and an end: whichever is first',
      { weekdays: [2], from: '2026-11-24', times: 9, until: '2026-12-08' },
      '24 1 8',
    ],
  ])('%s', (_, pattern, days) => {
    expect(
      daysOf({ ...weekly, ...pattern })
        .map((date) => Number(date.slice(8)))
        .join(' '),
    ).toBe(days);
  });

  // Both clock changes of each zone's year, and a zone without any.
  test.each([
    ['Australia/Sydney', '2026-09-20', '2027-03-21'],
    ['Australia/Melbourne', '2026-09-22', '2027-03-23'],
    ['Australia/Adelaide', '2026-09-24', '2027-03-25'],
    ['Australia/Lord_Howe', '2026-09-26', '2027-03-27'],
    ['Australia/Brisbane', '2026-09-20', '2027-03-21'],
  ])('keep their time on the wall clock of %s across both clock changes', (zone, spring, autumn) => {
    for (const from of [spring, autumn])
      for (const time of ['08:00', '16:00', '17:45']) {
        const days = daysOf({ ...weekly, weekdays: [1, 2, 3, 4, 5, 6, 7], from, times: 5 });
        expect(days).toHaveLength(35);
        for (const [at, date] of days.entries()) {
          const instant = instantOf(date, time, zone);
          expect([date, localTimeOf(instant, zone)]).toEqual([addDays(from, at), time]);
        }
      }
  });

  it('never run on for ever', () => {
    expect(daysOf({ ...weekly, weekdays: [2], from: '2026-11-24', times: 500 })).toHaveLength(60);
    expect(daysOf({ ...weekly, weekdays: [], from: '2026-11-24', times: 5 })).toEqual([]);
  });

  test.each([
    ['2026-11-24', '2027-01-22', 1, 9],
    ['2026-11-24', '2027-01-22', 2, 5],
    ['2026-11-24', '2026-11-24', 1, 1],
    ['2026-11-24', '2026-11-23', 1, 0],
  ])('from %s to %s every %s weeks there is room for %s', (first, last, everyWeeks, times) => {
    expect(timesUntil(first, last, everyWeeks)).toBe(times);
  });
});

describe('the pattern of some days', () => {
  test.each([
    ['three Tuesdays', ['2026-11-24', '2026-12-01', '2026-12-08'], [2], 1, []],
    ['with a gap', ['2026-11-24', '2026-12-01', '2026-12-15'], [2], 1, ['2026-12-08']],
    ['every second', ['2026-11-24', '2026-12-08', '2026-12-22'], [2], 2, []],
  ])('%s', (_, days, weekdays, everyWeeks, except) => {
    expect(patternOf(days)).toEqual({ weekdays, everyWeeks, except });
  });

  it('of two days, or of days with more gaps than lessons, is none', () => {
    expect(patternOf(['2026-11-24', '2026-12-01'])).toBeNull();
    expect(patternOf(['2026-11-24', '2026-12-29', '2027-03-02'])).toBeNull();
  });

  it('together with its exceptions tells exactly those days', () => {
    const days = fc
      .uniqueArray(fc.integer({ min: 0, max: 80 }), { minLength: 3, maxLength: 20 })
      .map((offsets) => offsets.sort((a, b) => a - b).map((n) => addDays('2026-11-24', n)));
    fc.assert(
      fc.property(days, (some) => {
        const pattern = patternOf(some);
        if (!pattern) return;
        const all = daysOf({ ...pattern, from: some[0]!, times: null, until: some.at(-1)! });
        expect(all.filter((day) => !pattern.except.includes(day))).toEqual(some);
        expect(pattern.weekdays).toEqual([...new Set(some.map(weekdayOf))].sort());
      }),
    );
  });
});
