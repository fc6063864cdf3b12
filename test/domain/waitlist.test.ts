import type { Diary } from '../../src/domain/slots';
import { DAY, HOUR, instantOf, localTimeOf, mondayOf } from '../../src/domain/time';
import { isHopeless, startFor, type Waiter, wishEndsAt } from '../../src/domain/waitlist';

const zone = 'Australia/Sydney';
const at = (date: string, time: string) => instantOf(date, time, zone);
const span = (date: string, from: string, to: string) => ({ startsAt: at(date, from), endsAt: at(date, to) });
const policy = { gridMinutes: 15, bufferMinutes: 15, travel: [], minimumNoticeMinutes: 120, bookAheadDays: 60 };
const SAT = '2026-11-28';

const diary = (id: string, more: Partial<Diary> = {}): Diary => ({
  id,
  name: id,
  workingHours: [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, from: '08:00', to: '18:00' })),
  busy: [],
  timeOff: [],
  maxMinutesPerWeek: 3600,
  bookedMinutesByWeek: new Map(),
  ...more,
});

/** Sam's lesson on Saturday at 9:00 is dropped; the ones around it, 7:45 to 8:45 and 10:15 to 12:00, stay. */
const around = [span(SAT, '07:45', '08:45'), span(SAT, '10:15', '12:00')];
const freed = { instructorId: 'Sam', ...span(SAT, '09:00', '10:00') };
const sam = diary('Sam', { busy: around });
const search = { instructors: [sam, diary('Priya')], zone, policy, now: at('2026-11-24', '10:00') };

const offered = (waiter: Partial<Waiter>, more: Partial<typeof search> = {}, taken = freed) => {
  const start = startFor(taken, { wanted: {}, lessonMinutes: 60, own: [], ...waiter }, { ...search, ...more });
  return start && `${start.instructorId} ${localTimeOf(start.startsAt, zone)}`;
};

describe('the freed hour of Sam, Saturday at nine', () => {
  test.each<[string, Waiter['wanted'], string | null]>([
    ['any time', {}, 'Sam 09:00'],
    ['that day', { days: [SAT] }, 'Sam 09:00'],
    ['another day', { days: ['2026-11-27'] }, null],
    ['a range of days around it', { days: [{ from: '2026-11-23', to: '2026-11-29' }] }, 'Sam 09:00'],
    ['any Saturday', { weekdays: [6] }, 'Sam 09:00'],
    ['any Tuesday', { weekdays: [2] }, null],
    ['any day but Saturdays', { excludeWeekdays: [6] }, null],
    ['that very time', { time: '09:00' }, 'Sam 09:00'],
    ['another time', { time: '09:30' }, null],
    ['the morning', { window: { from: '07:00', to: '12:00' } }, 'Sam 09:00'],
    ['the afternoon', { window: { from: '12:00', to: '17:00' } }, null],
    ['a window that closes at nine', { window: { from: '07:00', to: '09:00' } }, null],
    ['with Sam', { instructorId: 'Sam' }, 'Sam 09:00'],
    ['with Priya', { instructorId: 'Priya' }, null],
    ['with anyone but Sam', { excludeInstructorId: 'Sam' }, null],
    [
      'Friday at three or Saturday at nine',
      {
        alternatives: [
          { date: '2026-11-27', time: '15:00' },
          { date: SAT, time: '09:00' },
        ],
      },
      'Sam 09:00',
    ],
    [
      'Friday at nine or Saturday at three',
      {
        alternatives: [
          { date: '2026-11-27', time: '09:00' },
          { date: SAT, time: '15:00' },
        ],
      },
      null,
    ],
  ])('who waits for %s', (_, wanted, start) => {
    expect(offered({ wanted })).toBe(start);
  });

  test('suits nobody who waits for longer than it is, since the lessons around it stay', () => {
    expect(offered({ lessonMinutes: 75 })).toBeNull();
    expect(offered({ lessonMinutes: 45 })).toBe('Sam 09:00');
  });

  test('suits who waits for 90 minutes when what follows is free as well', () => {
    expect(offered({ lessonMinutes: 90 }, { instructors: [diary('Sam', { busy: around.slice(0, 1) })] })).toBe(
      'Sam 09:00',
    );
  });

  test('does not suit who has a lesson of their own then, with whomever, but one before it', () => {
    expect(offered({ own: [span(SAT, '09:30', '10:30')] })).toBeNull();
    expect(offered({ own: [span(SAT, '08:00', '09:00')] })).toBe('Sam 09:00');
  });

  test('is taken by nobody when it is taken already, or time off lies over it', () => {
    expect(offered({}, { instructors: [diary('Sam', { busy: [...around, span(SAT, '09:00', '10:00')] })] })).toBeNull();
    expect(offered({}, { instructors: [diary('Sam', { busy: around, timeOff: [span(SAT, '08:00', '12:00')] })] })).toBe(
      null,
    );
  });

  test('keeps the notice, the weekly cap and how far ahead one may book', () => {
    expect(offered({}, { now: at(SAT, '07:00') })).toBe('Sam 09:00');
    expect(offered({}, { now: at(SAT, '07:01') })).toBeNull();
    const week = new Map([[mondayOf(SAT), 541]]);
    const capped = diary('Sam', { busy: around, maxMinutesPerWeek: 600, bookedMinutesByWeek: week });
    expect(offered({}, { instructors: [capped] })).toBeNull();
    expect(offered({}, { policy: { ...policy, bookAheadDays: 3 } })).toBeNull();
  });

  test('is not offered to a second one while it stands offered to a first', () => {
    const waiter: Waiter = { wanted: {}, lessonMinutes: 60, own: [] };
    expect(startFor(freed, waiter, search, [span(SAT, '09:00', '10:00')])).toBeNull();
    expect(startFor(freed, waiter, search, [span(SAT, '13:00', '14:00')])).not.toBeNull();
  });
});

test('only what was not free before is offered: a free afternoon does not suit because a morning lesson was dropped', () => {
  const long = diary('Sam');
  expect(offered({ wanted: { window: { from: '12:00', to: '17:00' } } }, { instructors: [long] })).toBeNull();
  // Up to the buffer around it a start was refused before.
  expect(offered({ wanted: { time: '10:00' } }, { instructors: [long] })).toBe('Sam 10:00');
  expect(offered({ wanted: { time: '10:15' } }, { instructors: [long] })).toBeNull();
});

test('of a whole day that is free again the start nearest to its beginning is offered first', () => {
  const day = { instructorId: 'Sam', ...span(SAT, '08:00', '18:00') };
  const empty = { instructors: [diary('Sam')] };
  expect(offered({}, empty, day)).toBe('Sam 08:00');
  expect(offered({ wanted: { window: { from: '12:00', to: '17:00' } } }, empty, day)).toBe('Sam 12:00');
});

describe('a wish', () => {
  test('ends with the last of its days, and one without days after as long as one may book ahead', () => {
    const now = at('2026-11-24', '10:00');
    const ends = (wanted: Waiter['wanted']) => wishEndsAt(wanted, policy, zone, now);
    expect(ends({ days: [SAT], window: { from: '07:00', to: '12:00' } })).toBe(at('2026-11-29', '00:00'));
    expect(ends({ days: ['2026-11-30', { from: SAT, to: '2026-12-06' }] })).toBe(at('2026-12-07', '00:00'));
    expect(ends({ alternatives: [{ date: SAT }, { date: '2026-12-04' }] })).toBe(at('2026-12-05', '00:00'));
    expect(ends({ weekdays: [6] })).toBe(now + 60 * DAY);
    expect(ends({ alternatives: [{ date: SAT }, { time: '09:00' }] })).toBe(now + 60 * DAY);
  });

  test('is hopeless on a closed day, outside hours, off the grid, past or with nobody, and not because everybody is booked', () => {
    const wide = { ...search, lessonMinutes: 60 };
    const full = {
      ...wide,
      instructors: [diary('Sam', { busy: [span(SAT, '08:00', '18:00')], maxMinutesPerWeek: 600 })],
    };
    expect(isHopeless({ days: [SAT] }, full)).toBe(false);
    expect(isHopeless({ days: ['2026-11-29'] }, wide)).toBe(true);
    expect(isHopeless({ days: [SAT], time: '20:00' }, wide)).toBe(true);
    expect(isHopeless({ days: [SAT], time: '09:10' }, wide)).toBe(true);
    expect(isHopeless({ days: ['2026-11-24'], window: { from: '07:00', to: '12:00' } }, wide)).toBe(true);
    expect(
      isHopeless(
        { days: ['2026-11-24'], window: { from: '07:00', to: '12:00' } },
        { ...wide, now: wide.now - 2 * HOUR },
      ),
    ).toBe(false);
    expect(isHopeless({ instructorId: 'Nobody' }, wide)).toBe(true);
  });
});
