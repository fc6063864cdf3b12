import fc from 'fast-check';
import { DateTime } from 'luxon';
import { type Diary, freeStarts, type Search, whyNot } from '../../src/domain/slots';
import {
  addDays,
  DAY,
  HOUR,
  instantOf,
  localDateOf,
  localTimeOf,
  MINUTE,
  mondayOf,
  timeText,
  weekdayOf,
} from '../../src/domain/time';

const ZONES = [
  'Australia/Sydney',
  'Australia/Adelaide',
  'Australia/Brisbane',
  'Australia/Perth',
  'Australia/Lord_Howe',
];
const weekdays = [1, 2, 3, 4, 5, 6];
const policy = { gridMinutes: 15, bufferMinutes: 15, travel: [], minimumNoticeMinutes: 120, bookAheadDays: 60 };

function diary(id: string, more: Partial<Diary> = {}): Diary {
  const workingHours = weekdays.map((weekday) => ({ weekday, from: '08:00', to: '18:00' }));
  return {
    id,
    name: id,
    workingHours,
    busy: [],
    timeOff: [],
    maxMinutesPerWeek: 3600,
    bookedMinutesByWeek: new Map(),
    ...more,
  };
}

const zone = 'Australia/Sydney';
const at = (date: string, time: string) => instantOf(date, time, zone);
const span = (date: string, from: string, to: string) => ({ startsAt: at(date, from), endsAt: at(date, to) });

function search(instructors: Diary[], more: Partial<Search> = {}): Search {
  return { instructors, zone, policy, lessonMinutes: 60, now: at('2026-11-24', '14:00'), ...more };
}
const timesOn = (date: string, wide: Search) =>
  freeStarts({ ...wide, from: date, to: date }).map((start) => localTimeOf(start.startsAt, zone));

describe('free starts', () => {
  test('keep the travel buffer on both sides of a lesson', () => {
    const times = timesOn('2026-11-25', search([diary('Sam', { busy: [span('2026-11-25', '12:00', '13:00')] })]));
    expect(times).toContain('10:45');
    expect(times).not.toContain('11:00');
    expect(times).not.toContain('13:00');
    expect(times).toContain('13:15');
    expect(times[0]).toBe('08:00');
    expect(times.at(-1)).toBe('17:00');
  });

  test('go right up to time off, which needs no buffer', () => {
    const times = timesOn('2026-11-25', search([diary('Sam', { timeOff: [span('2026-11-25', '12:00', '13:00')] })]));
    expect(times).toContain('11:00');
    expect(times).not.toContain('11:15');
    expect(times).toContain('13:00');
  });

  test('stop at the weekly cap, Monday to Sunday', () => {
    const capped = search([
      diary('Sam', { maxMinutesPerWeek: 600, bookedMinutesByWeek: new Map([['2026-11-23', 541]]) }),
    ]);
    expect(timesOn('2026-11-28', capped)).toEqual([]);
    expect(timesOn('2026-11-30', capped)).not.toEqual([]);
    const full = search([
      diary('Sam', { maxMinutesPerWeek: 600, bookedMinutesByWeek: new Map([['2026-11-23', 540]]) }),
    ]);
    expect(timesOn('2026-11-28', full)).not.toEqual([]);
  });

  test('begin after the minimum notice and end with the last day that may be booked', () => {
    const starts = freeStarts(search([diary('Sam')]));
    expect(localTimeOf(starts[0]!.startsAt, zone)).toBe('16:00');
    expect(localDateOf(starts.at(-1)!.startsAt, zone)).toBe('2027-01-23');
  });

  test('run over the seam of two working stretches that touch, and not into a lunch break', () => {
    const hours = (rest: string) => [
      { weekday: 3, from: '08:00', to: '12:00' },
      { weekday: 3, from: rest, to: '15:00' },
    ];
    expect(timesOn('2026-11-25', search([diary('Sam', { workingHours: hours('12:00') })]))).toContain('11:30');
    expect(timesOn('2026-11-25', search([diary('Sam', { workingHours: hours('12:30') })]))).not.toContain('11:30');
  });

  test('come by time, then in the order in which the instructors were given', () => {
    const starts = freeStarts(search([diary('Priya'), diary('Sam')], { from: '2026-11-25' }));
    expect(starts.slice(0, 3).map((start) => start.instructorId)).toEqual(['Priya', 'Sam', 'Priya']);
  });

  test('of a day when clocks change are shown on the grid, each once', () => {
    const night = diary('Sam', { workingHours: [{ weekday: 7, from: '00:00', to: '06:00' }] });
    const spring = search([night], { now: at('2026-10-01', '12:00') });
    expect(timesOn('2026-10-04', spring).filter((time) => time < '04:00')).toEqual([
      '00:00',
      '00:15',
      '00:30',
      '00:45',
      '01:00',
      '01:15',
      '01:30',
      '01:45',
      '03:00',
      '03:15',
      '03:30',
      '03:45',
    ]);
    const autumn = search([night], { now: at('2026-04-01', '12:00') });
    const times = timesOn('2026-04-05', autumn);
    expect(new Set(times).size).toBe(times.length);
    expect(times.at(-1)).toBe('05:00');
  });
});

describe('why an asked time is not free', () => {
  const diaries = [
    diary('Sam', { busy: [span('2026-11-25', '12:00', '13:00')], timeOff: [span('2026-11-26', '08:00', '18:00')] }),
    diary('Priya'),
  ];
  const alone = search([diaries[0]!]);
  test.each([
    ['2026-11-24', '13:00', 'past'],
    ['2026-11-24', '15:00', 'too_soon'],
    ['2027-01-25', '15:00', 'too_far'],
    ['2026-11-29', '15:00', 'closed'],
    ['2026-11-25', '17:15', 'outside_hours'],
    ['2026-11-25', '07:45', 'outside_hours'],
    ['2026-11-25', '13:00', 'taken'],
    ['2026-11-26', '15:00', 'time_off'],
    ['2026-11-25', '15:10', 'off_grid'],
    ['2026-11-25', '15:00', 'free'],
  ])('%s %s: %s', (date, time, reason) => {
    expect(whyNot(alone, 'Sam', at(date, time))).toBe(reason);
  });

  test('a full week says so', () => {
    const full = search([diary('Sam', { maxMinutesPerWeek: 30 })]);
    expect(whyNot(full, 'Sam', at('2026-11-25', '15:00'))).toBe('weekly_cap');
  });

  test('anyone free makes it free, else whoever comes nearest gives the reason', () => {
    expect(whyNot(search(diaries), undefined, at('2026-11-25', '12:00'))).toBe('free');
    const both = search([diaries[0]!, diary('Dave', { workingHours: [] })]);
    expect(whyNot(both, undefined, at('2026-11-25', '12:00'))).toBe('taken');
    expect(whyNot(search([]), undefined, at('2026-11-25', '12:00'))).toBe('closed');
  });
});

/** Around both clock changes of 2026/27, hours that may start before dawn, lessons and absences of any length. */
const cases = fc.record({
  zone: fc.constantFrom(...ZONES),
  day: fc.constantFrom('2026-10-02', '2027-04-02', '2026-11-24'),
  nowMinute: fc.nat(1439),
  lessonMinutes: fc.constantFrom(30, 45, 60, 90, 120),
  grid: fc.constantFrom(5, 15, 30, 60),
  buffer: fc.constantFrom(0, 10, 15, 30),
  diaries: fc.array(
    fc.record({
      from: fc.nat(20),
      hours: fc.integer({ min: 1, max: 12 }),
      off: fc.array(fc.tuple(fc.nat(5 * 1440), fc.nat(600)), { maxLength: 2 }),
      busy: fc.array(fc.tuple(fc.nat(5 * 1440), fc.integer({ min: 1, max: 180 })), { maxLength: 8 }),
      booked: fc.nat(200),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

test('in five zones and over both clock changes a start is free exactly when nothing speaks against it', () => {
  fc.assert(
    fc.property(cases, (c) => {
      const midnight = instantOf(c.day, '00:00', c.zone);
      const spanAt = ([from, length]: [number, number]) => ({
        startsAt: midnight + from * MINUTE,
        endsAt: midnight + (from + length) * MINUTE,
      });
      const diaries = c.diaries.map((one, i) =>
        diary(String(i), {
          workingHours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
            weekday,
            from: timeText(one.from * 60),
            to: timeText(Math.min(24, one.from + one.hours) * 60),
          })),
          busy: one.busy.map(spanAt),
          timeOff: one.off.map(spanAt),
          maxMinutesPerWeek: 200,
          bookedMinutesByWeek: new Map([[mondayOf(c.day), one.booked]]),
        }),
      );
      const rules = {
        gridMinutes: c.grid,
        bufferMinutes: c.buffer,
        travel: [],
        minimumNoticeMinutes: 120,
        bookAheadDays: 4,
      };
      const wide = {
        instructors: diaries,
        zone: c.zone,
        policy: rules,
        lessonMinutes: c.lessonMinutes,
        now: midnight + c.nowMinute * MINUTE,
      };
      const found = new Set(freeStarts(wide).map((start) => `${start.instructorId} ${start.startsAt}`));
      for (const one of diaries) {
        for (let step = 0; step < 6 * 24 * 4; step++) {
          const startsAt = midnight + step * 15 * MINUTE;
          const free = isFree(one, startsAt, wide);
          const answers = [found.has(`${one.id} ${startsAt}`), whyNot(wide, one.id, startsAt) === 'free'];
          if (answers[0] !== free || answers[1] !== free)
            throw new Error(`${one.id} at ${startsAt}: ${answers}, not ${free}`);
        }
      }
    }),
    { numRuns: 40 },
  );
});

/** The rules told once more, by luxon and without any cleverness. */
function isFree(one: Diary, startsAt: number, { zone, policy, lessonMinutes, now }: Search): boolean {
  const endsAt = startsAt + lessonMinutes * MINUTE;
  const local = DateTime.fromMillis(startsAt, { zone });
  const date = local.toISODate()!;
  const hours = one.workingHours.find((h) => h.weekday === weekdayOf(date))!;
  const wall = (time: string) =>
    (time === '24:00'
      ? local.startOf('day').plus({ days: 1 })
      : DateTime.fromISO(`${date}T${time}`, { zone })
    ).toMillis();
  const buffer = policy.bufferMinutes * MINUTE;
  return (
    startsAt >= now + policy.minimumNoticeMinutes * MINUTE &&
    date <= addDays(DateTime.fromMillis(now, { zone }).toISODate()!, policy.bookAheadDays) &&
    (local.hour * 60 + local.minute) % policy.gridMinutes === 0 &&
    DateTime.fromMillis(startsAt - HOUR, { zone }).toFormat('HH:mm') !== local.toFormat('HH:mm') &&
    DateTime.fromMillis(startsAt - HOUR / 2, { zone }).toFormat('HH:mm') !== local.toFormat('HH:mm') &&
    startsAt >= wall(hours.from) &&
    endsAt <= wall(hours.to) &&
    one.busy.every((busy) => endsAt + buffer <= busy.startsAt || startsAt >= busy.endsAt + buffer) &&
    one.timeOff.every((off) => endsAt <= off.startsAt || startsAt >= off.endsAt) &&
    (one.bookedMinutesByWeek.get(mondayOf(date)) ?? 0) + lessonMinutes <= one.maxMinutesPerWeek
  );
}

test('an instructor who works eight to six is offered from eight to five on every day of the year', () => {
  for (const zone of ZONES) {
    for (const now of [Date.parse('2026-01-01T00:00Z'), Date.parse('2026-07-01T00:00Z')]) {
      const starts = freeStarts({
        instructors: [diary('Sam')],
        zone,
        policy: { ...policy, bookAheadDays: 180 },
        lessonMinutes: 60,
        now: now + DAY,
      });
      const local = starts.map((start) => localTimeOf(start.startsAt, zone));
      expect([...new Set(local)].sort().at(0)).toBe('08:00');
      expect([...new Set(local)].sort().at(-1)).toBe('17:00');
      expect(new Set(local).size).toBe(37);
    }
  }
});
