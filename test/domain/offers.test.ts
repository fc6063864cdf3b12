import fc from 'fast-check';
import { momentLabel } from '../../src/domain/labels';
import { pickOffers } from '../../src/domain/offers';
import { parsePolicy } from '../../src/domain/policy';
import { type Diary, freeStarts, type Start } from '../../src/domain/slots';
import { HOUR, instantOf, MINUTE, type Span } from '../../src/domain/time';
import { matches, type Wanted } from '../../src/domain/wanted';

const zone = 'Australia/Sydney';
const now = instantOf('2026-11-24', '14:00', zone);
const arvo = { from: '12:00', to: '17:00' };

function free(names: string[], busy: Span[] = [], lessonMinutes = 60): Start[] {
  const workingHours = [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, from: '08:00', to: '18:00' }));
  const instructors = names.map(
    (name): Diary => ({
      id: name,
      name,
      workingHours,
      busy,
      timeOff: [],
      maxMinutesPerWeek: 3600,
      bookedMinutesByWeek: new Map(),
    }),
  );
  return freeStarts({ instructors, zone, policy: parsePolicy({}), lessonMinutes, to: '2026-12-12', now });
}
const both = free(['Sam', 'Priya']);
const told = (starts: Start[]) => starts.map((start) => `${momentLabel(start.startsAt, zone)} ${start.instructorId}`);
const offer = (wanted: Wanted, starts = both, shown: Start[] = []) => told(pickOffers(starts, wanted, { zone, shown }));
const busy = (date: string, from: string, to: string) => ({
  startsAt: instantOf(date, from, zone),
  endsAt: instantOf(date, to, zone),
});

test('"sat arvo" is answered as the product page shows', () => {
  expect(offer({ days: ['2026-11-28'], window: arvo })).toEqual([
    'Sat 28 Nov, 12:00pm Sam',
    'Sat 28 Nov, 1:30pm Sam',
    'Sat 28 Nov, 3:00pm Priya',
  ]);
});

test('a whole day is spread over its hours', () => {
  expect(offer({ days: ['2026-11-28'] })).toEqual([
    'Sat 28 Nov, 8:00am Sam',
    'Sat 28 Nov, 11:00am Sam',
    'Sat 28 Nov, 2:00pm Priya',
  ]);
});

test('a whole week is spread over its days', () => {
  const week = { from: '2026-11-30', to: '2026-12-06' };
  expect(offer({ days: [week], window: { from: '07:00', to: '12:00' } })).toEqual([
    'Mon 30 Nov, 8:00am Sam',
    'Wed 2 Dec, 9:00am Sam',
    'Fri 4 Dec, 10:30am Priya',
  ]);
});

test('nothing wanted gets the earliest and other parts of the next days', () => {
  expect(offer({})).toEqual(['Tue 24 Nov, 4:00pm Sam', 'Wed 25 Nov, 11:00am Sam', 'Thu 26 Nov, 2:00pm Priya']);
});

test('"earliest" gets the earliest', () => {
  expect(offer({ asap: true })).toEqual([
    'Tue 24 Nov, 4:00pm Sam',
    'Tue 24 Nov, 5:00pm Sam',
    'Wed 25 Nov, 8:00am Priya',
  ]);
});

test('the asked time comes first, then the nearest to it', () => {
  expect(offer({ days: ['2026-11-28'], time: '15:00' })).toEqual([
    'Sat 28 Nov, 3:00pm Sam',
    'Sat 28 Nov, 2:00pm Sam',
    'Sat 28 Nov, 4:00pm Priya',
  ]);
});

test('an asked time that is taken gets the nearest others, the very nearest first', () => {
  const starts = free(['Sam'], [busy('2026-11-28', '15:00', '16:00')]);
  expect(offer({ days: ['2026-11-28'], time: '15:00' }, starts)).toEqual([
    'Sat 28 Nov, 1:45pm Sam',
    'Sat 28 Nov, 12:45pm Sam',
    'Sat 28 Nov, 4:15pm Sam',
  ]);
});

test('a time off the grid is offered at the nearest that is on it', () => {
  expect(offer({ days: ['2026-11-28'], time: '15:10' })[0]).toBe('Sat 28 Nov, 3:15pm Sam');
});

test('"mon 3pm or wed 4pm" gets both', () => {
  const alternatives = [
    { date: '2026-11-30', time: '15:00' },
    { date: '2026-12-02', time: '16:00' },
  ];
  expect(offer({ alternatives }).slice(0, 2)).toEqual(['Mon 30 Nov, 3:00pm Sam', 'Wed 2 Dec, 4:00pm Sam']);
});

test('any tuesday at four is offered on the next three', () => {
  expect(offer({ weekdays: [2], time: '16:00' })).toEqual([
    'Tue 24 Nov, 4:00pm Sam',
    'Tue 1 Dec, 4:00pm Sam',
    'Tue 8 Dec, 4:00pm Priya',
  ]);
});

test('a closed day gets the days next to it', () => {
  expect(offer({ days: ['2026-11-29'] })).toEqual([
    'Sat 28 Nov, 8:00am Sam',
    'Sat 28 Nov, 2:00pm Sam',
    'Mon 30 Nov, 11:00am Priya',
  ]);
  expect(offer({ days: ['2026-11-29'], time: '10:00' })).toEqual([
    'Sat 28 Nov, 10:00am Sam',
    'Sat 28 Nov, 9:00am Sam',
    'Mon 30 Nov, 10:00am Priya',
  ]);
});

test('an instructor who was asked for or refused is heeded', () => {
  expect(offer({ days: ['2026-11-28'], instructorId: 'Priya' }).every((label) => label.endsWith('Priya'))).toBe(true);
  expect(offer({ days: ['2026-11-28'], excludeInstructorId: 'Sam' }).every((label) => label.endsWith('Priya'))).toBe(
    true,
  );
  expect(offer({ instructorId: 'Nobody' })).toEqual([]);
});

test('three instructors get one offer each', () => {
  expect(
    offer({ days: ['2026-11-28'], window: arvo }, free(['Sam', 'Priya', 'Dave'])).map((label) =>
      label.split(' ').at(-1),
    ),
  ).toEqual(['Sam', 'Priya', 'Dave']);
});

test('MORE brings other times as long as the afternoon has any, and nothing twice', () => {
  const wanted = { days: ['2026-11-28'], window: arvo };
  const shown: Start[] = [];
  for (let page = 0; page < 13; page++) {
    const next = pickOffers(both, wanted, { zone, shown });
    expect(next.length).toBeGreaterThan(0);
    for (const start of next) expect(shown).not.toContainEqual(start);
    expect(next.every((start) => matches(wanted, start, zone))).toBe(true);
    shown.push(...next);
    if (shown.length === 40) break;
  }
  expect(told(shown.slice(3, 6))).toEqual([
    'Sat 28 Nov, 12:30pm Sam',
    'Sat 28 Nov, 2:00pm Sam',
    'Sat 28 Nov, 3:30pm Priya',
  ]);
});

test('a day off is no match, nor is a time just past the window', () => {
  const start = { instructorId: 'Sam', startsAt: instantOf('2026-11-28', '17:00', zone), endsAt: 0 };
  expect(matches({ window: arvo }, start, zone)).toBe(false);
  expect(matches({ window: { from: '17:00', to: '19:00' } }, start, zone)).toBe(true);
  expect(matches({ excludeWeekdays: [6] }, start, zone)).toBe(false);
  expect(matches({ weekdays: [6], time: '17:00' }, start, zone)).toBe(true);
  expect(matches({ days: [{ from: '2026-11-27', to: '2026-11-28' }] }, start, zone)).toBe(true);
});

const wishes: fc.Arbitrary<Wanted> = fc.record(
  {
    days: fc.array(
      fc.constantFrom('2026-11-25', '2026-11-28', '2026-11-29', { from: '2026-11-30', to: '2026-12-06' }),
      { minLength: 1, maxLength: 2 },
    ),
    weekdays: fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 2 }),
    excludeWeekdays: fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 2 }),
    time: fc.constantFrom('09:00', '15:10', '20:00'),
    window: fc.constantFrom(arvo, { from: '17:00', to: '19:00' }, { from: '19:00', to: '21:00' }),
    asap: fc.boolean(),
    instructorId: fc.constantFrom('Sam', 'Priya'),
  },
  { requiredKeys: [] },
);

test('whatever is wanted: at most three, all free, a lesson apart, as wanted when anything is, and something whenever there is something', () => {
  fc.assert(
    fc.property(
      wishes,
      fc.constantFrom(60, 90, 120),
      fc.array(fc.tuple(fc.nat(600), fc.nat(200)), { maxLength: 12 }),
      fc.nat(3),
      (wanted, lessonMinutes, lessons, page) => {
        const spans = lessons.map(([quarter, length]) => ({
          startsAt: now + quarter * 15 * MINUTE,
          endsAt: now + (quarter * 15 + length) * MINUTE,
        }));
        const starts = free(['Sam', 'Priya'], spans, lessonMinutes);
        const shown: Start[] = [];
        for (let i = 0; i < page; i++) shown.push(...pickOffers(starts, wanted, { zone, shown }));
        const offers = pickOffers(starts, wanted, { zone, shown });
        expect(offers.length).toBeLessThanOrEqual(3);
        const ends = offers.map((start) => start.startsAt).sort((a, b) => a - b);
        for (let i = 1; i < ends.length; i++)
          expect(ends[i]! - ends[i - 1]!).toBeGreaterThanOrEqual(lessonMinutes * MINUTE);
        for (const start of offers) {
          expect(starts).toContain(start);
          expect(shown).not.toContain(start);
          if (wanted.instructorId) expect(start.instructorId).toBe(wanted.instructorId);
        }
        const left = starts.filter((start) => !shown.includes(start) && matches(wanted, start, zone));
        if (left.length > 0) expect(matches(wanted, offers[0]!, zone)).toBe(true);
        else if (page === 0) expect(offers.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 150 },
  );
});

test('a lesson length is measured in real hours when the clocks change', () => {
  const lesson = {
    instructorId: 'Sam',
    startsAt: instantOf('2026-10-04', '01:30', zone),
    endsAt: instantOf('2026-10-04', '01:30', zone) + HOUR,
  };
  const after = {
    ...lesson,
    startsAt: instantOf('2026-10-04', '03:00', zone),
    endsAt: instantOf('2026-10-04', '04:00', zone),
  };
  expect(pickOffers([lesson, after], {}, { zone })).toHaveLength(1);
});
