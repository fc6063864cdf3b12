import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  addDays,
  daySpan,
  daysBetween,
  HOUR,
  instantOf,
  isLocalDate,
  localDateOf,
  localTimeOf,
  minutesOf,
  mondayOf,
  offsetAt,
  overlaps,
  spanOf,
  timeText,
  weekdayOf,
  weekSpan,
} from '../../src/domain/time';

const ZONES = [
  'Australia/Sydney',
  'Australia/Adelaide',
  'Australia/Brisbane',
  'Australia/Perth',
  'Australia/Lord_Howe',
  'Australia/Darwin',
];
const zones = fc.constantFrom(...ZONES);
/** 2025 to 2030, to the minute. */
const moments = fc.integer({ min: 28_928_160, max: 31_556_160 }).map((minutes) => minutes * 60_000);

describe('the school clock', () => {
  test('shows the same day and time as luxon at any moment in any Australian zone', () => {
    fc.assert(
      fc.property(moments, zones, (at, zone) => {
        const local = DateTime.fromMillis(at, { zone });
        expect(localDateOf(at, zone)).toBe(local.toISODate());
        expect(localTimeOf(at, zone)).toBe(local.toFormat('HH:mm'));
        expect(weekdayOf(localDateOf(at, zone))).toBe(local.weekday);
        expect(offsetAt(at, zone)).toBe(local.offset * 60_000);
      }),
      { numRuns: 3000 },
    );
  });

  test('finds the moment of a shown time again, or the first of the two when the clock went back', () => {
    fc.assert(
      fc.property(moments, zones, (at, zone) => {
        const [date, time] = [localDateOf(at, zone), localTimeOf(at, zone)];
        const found = instantOf(date, time, zone);
        expect(localDateOf(found, zone)).toBe(date);
        expect(localTimeOf(found, zone)).toBe(time);
        expect([0, HOUR, HOUR / 2]).toContain(at - found);
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    ['Australia/Sydney', '2026-10-04', '02:30', '03:30'],
    ['Australia/Adelaide', '2026-10-04', '02:00', '03:00'],
    ['Australia/Lord_Howe', '2026-10-04', '02:15', '02:45'],
  ])('in %s moves %s %s, which is skipped, forward by the gap to %s', (zone, date, said, shown) => {
    expect(localTimeOf(instantOf(date, said, zone), zone)).toBe(shown);
  });

  test.each([
    ['Australia/Sydney', '2026-04-05', '02:30', '2026-04-04T15:30:00Z'],
    ['Australia/Lord_Howe', '2026-04-05', '01:45', '2026-04-04T14:45:00Z'],
  ])('in %s takes the first of the two moments when %s %s is shown twice', (zone, date, said, moment) => {
    expect(instantOf(date, said, zone)).toBe(Date.parse(moment));
  });

  test('gives the days of a clock change 23 and 25 hours, and half an hour on Lord Howe', () => {
    const hours = (date: string, zone: string) => (daySpan(date, zone).endsAt - daySpan(date, zone).startsAt) / HOUR;
    expect(hours('2026-10-04', 'Australia/Sydney')).toBe(23);
    expect(hours('2026-04-05', 'Australia/Sydney')).toBe(25);
    expect(hours('2026-10-04', 'Australia/Lord_Howe')).toBe(23.5);
    expect(hours('2026-10-04', 'Australia/Brisbane')).toBe(24);
    const week = weekSpan('2026-10-04', 'Australia/Sydney');
    expect(localDateOf(week.startsAt, 'Australia/Sydney')).toBe('2026-09-28');
    expect((week.endsAt - week.startsAt) / HOUR).toBe(7 * 24 - 1);
  });

  test('starts the day at its first moment where midnight itself is skipped', () => {
    const day = daySpan('2026-09-06', 'America/Santiago');
    expect(localTimeOf(day.startsAt, 'America/Santiago')).toBe('01:00');
    expect(localDateOf(day.startsAt - 1, 'America/Santiago')).toBe('2026-09-05');
  });

  test('knows the calendar', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2027-01-01', -1)).toBe('2026-12-31');
    expect(daysBetween('2026-11-24', '2026-12-24')).toBe(30);
    expect(mondayOf('2026-11-29')).toBe('2026-11-23');
    expect(mondayOf('2026-11-23')).toBe('2026-11-23');
    expect(weekdayOf('2026-11-29')).toBe(7);
    expect(['2026-02-30', '2026-02-28', '26-2-3'].map(isLocalDate)).toEqual([false, true, false]);
    expect(minutesOf('24:00')).toBe(1440);
    expect(timeText(605)).toBe('10:05');
  });

  test('lets lessons stand back to back', () => {
    expect(overlaps(spanOf(0, 10), spanOf(10, 20))).toBe(false);
    expect(overlaps(spanOf(0, 11), spanOf(10, 20))).toBe(true);
  });

  test('refuses nonsense with the value and the remedy', () => {
    expect(() => minutesOf('25:00')).toThrow('"25:00" is no time of day; write HH:MM');
    expect(() => addDays('tomorrow', 1)).toThrow('"tomorrow" is no calendar day; write YYYY-MM-DD');
    expect(() => offsetAt(0, 'Australia/Bayside')).toThrow('"Australia/Bayside" is no time zone');
    expect(() => spanOf(2, 1)).toThrow('span ends (1) before it starts (2)');
  });
});
