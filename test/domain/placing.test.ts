import fc from 'fast-check';
import { type Moment, placeAll } from '../../src/domain/placing';
import { type Diary, type Search, whyNot } from '../../src/domain/slots';
import { instantOf, localDateOf, localTimeOf, MINUTE, mondayOf, overlaps } from '../../src/domain/time';

const zone = 'Australia/Sydney';
const policy = { gridMinutes: 15, bufferMinutes: 15, travel: [], minimumNoticeMinutes: 120, bookAheadDays: 60 };
const span = (date: string, from: string, to: string) => ({
  startsAt: instantOf(date, from, zone),
  endsAt: instantOf(date, to, zone),
});

function diary(id: string, more: Partial<Diary> = {}): Diary {
  const workingHours = [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, from: '08:00', to: '18:00' }));
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

const search = (...instructors: Diary[]): Search => ({
  instructors,
  zone,
  policy,
  lessonMinutes: 60,
  now: instantOf('2026-11-23', '10:00', zone),
});
const moment = (date: string, time: string, more: Partial<Moment> = {}): Moment => ({
  date,
  time,
  person: 'me',
  ...more,
});
const said = (placed: ReturnType<typeof placeAll>) =>
  placed.map((one) => (one.kind === 'free' ? one.start.instructorId : one.because)).join(' ');

describe('several lessons find their places', () => {
  const tuesdays = ['2026-11-24', '2026-12-01', '2026-12-08'].map((date) => moment(date, '16:00'));

  it('all with one instructor, though another comes first in the school', () => {
    const sam = diary('Sam', { busy: [span('2026-12-01', '15:30', '16:30')] });
    expect(said(placeAll(search(sam, diary('Priya')), tuesdays, []))).toBe('Priya Priya Priya');
  });

  it('with another where the one is taken, unless only that one will do', () => {
    const sam = diary('Sam', { busy: [span('2026-12-01', '15:30', '16:30')] });
    const priya = diary('Priya', {
      busy: [span('2026-11-24', '15:30', '16:30'), span('2026-12-08', '16:00', '17:00')],
    });
    expect(said(placeAll(search(sam, priya), tuesdays, []))).toBe('Sam Priya Sam');
    const withSam = tuesdays.map((one) => ({ ...one, instructorId: 'Sam' }));
    expect(said(placeAll(search(sam, priya), withSam, []))).toBe('Sam taken Sam');
  });

  it('seeing those before: buffer, own lessons and the weekly hours', () => {
    const close = [moment('2026-11-24', '10:00'), moment('2026-11-24', '11:00')];
    expect(said(placeAll(search(diary('Sam')), close, []))).toBe('Sam taken');
    expect(said(placeAll(search(diary('Sam'), diary('Priya')), close, []))).toBe('Sam Priya');
    const overlapping = [moment('2026-11-24', '10:00'), moment('2026-11-24', '10:30')];
    expect(said(placeAll(search(diary('Sam'), diary('Priya')), overlapping, []))).toBe('Sam yours');
    const week = ['24', '25', '26'].map((day) => moment(`2026-11-${day}`, '10:00'));
    expect(said(placeAll(search(diary('Sam', { maxMinutesPerWeek: 120 })), week, []))).toBe('Sam Sam weekly_cap');
  });

  it('for two people at one time with two instructors, never with one', () => {
    const both = [moment('2026-11-24', '10:00', { person: 'mia' }), moment('2026-11-24', '10:00', { person: 'leo' })];
    expect(said(placeAll(search(diary('Sam'), diary('Priya')), both, []))).toBe('Sam Priya');
    expect(said(placeAll(search(diary('Sam')), both, []))).toBe('Sam taken');
  });

  it('not where that person has a lesson, but where only another of the phone has', () => {
    const leos = { ...span('2026-11-24', '15:30', '16:30'), person: 'leo' };
    expect(said(placeAll(search(diary('Sam')), [moment('2026-11-24', '16:00', { person: 'leo' })], [leos]))).toBe(
      'yours',
    );
    expect(said(placeAll(search(diary('Sam')), [moment('2026-11-24', '16:00')], [leos]))).toBe('Sam');
  });

  test.each([
    ['a closed day', moment('2026-11-29', '16:00'), 'closed'],
    ['outside hours', moment('2026-11-24', '07:00'), 'outside_hours'],
    ['too far ahead', moment('2027-03-02', '16:00'), 'too_far'],
    ['in the past', moment('2026-11-23', '09:00'), 'past'],
    ['too soon', moment('2026-11-23', '11:00'), 'too_soon'],
    ['off the grid', moment('2026-11-24', '16:05'), 'off_grid'],
  ])('%s is a clash with its reason', (_, wanted, because) => {
    expect(said(placeAll(search(diary('Sam')), [wanted], []))).toBe(because);
  });

  it('a time that the clocks skip on one day is a clash on that day only', () => {
    const night = diary('Sam', { workingHours: [{ weekday: 7, from: '00:00', to: '12:00' }] });
    const summer: Search = { ...search(night), now: instantOf('2026-09-25', '10:00', zone) };
    const sundays = ['2026-09-27', '2026-10-04', '2026-10-11'].map((date) => moment(date, '02:30'));
    expect(said(placeAll(summer, sundays, []))).toBe('Sam off_grid Sam');
  });

  it('the first free start of a window', () => {
    const sam = diary('Sam', { busy: [span('2026-11-24', '12:00', '13:00')] });
    const { time: _, ...arvo } = moment('2026-11-24', '', { window: { from: '12:00', to: '17:00' } });
    const [placed] = placeAll(search(sam), [arvo], []);
    expect(placed?.kind === 'free' && localTimeOf(placed.start.startsAt, zone)).toBe('13:15');
  });

  it('whatever is asked, all places together could be in the diaries', () => {
    const wanted = fc.record({
      date: fc.constantFrom('2026-11-24', '2026-11-25', '2026-11-28', '2026-12-01'),
      time: fc.constantFrom('08:00', '09:00', '09:30', '10:15', '16:00', '17:00', '17:30'),
      person: fc.constantFrom('me', 'leo'),
    });
    fc.assert(
      fc.property(
        fc.array(wanted, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 60, max: 400 }),
        (moments, cap) => {
          const asked = search(diary('Sam', { maxMinutesPerWeek: cap }), diary('Priya', { maxMinutesPerWeek: cap }));
          const placed = placeAll(asked, moments, []);
          const free = placed.flatMap((one) =>
            one.kind === 'free' ? [{ ...one.start, person: one.moment.person }] : [],
          );
          for (const [at, one] of free.entries()) {
            expect(whyNot(asked, one.instructorId, one.startsAt)).toBe('free');
            for (const other of free.slice(at + 1)) {
              const wide = { startsAt: other.startsAt - 15 * MINUTE, endsAt: other.endsAt + 15 * MINUTE };
              if (one.instructorId === other.instructorId) expect(overlaps(one, wide)).toBe(false);
              if (one.person === other.person) expect(overlaps(one, other)).toBe(false);
            }
          }
          for (const id of ['Sam', 'Priya'])
            for (const week of ['2026-11-23', '2026-11-30']) {
              const theirs = free.filter(
                (one) => one.instructorId === id && mondayOf(localDateOf(one.startsAt, zone)) === week,
              );
              expect(theirs.length * 60).toBeLessThanOrEqual(cap);
            }
        },
      ),
      { numRuns: 300 },
    );
  });
});
