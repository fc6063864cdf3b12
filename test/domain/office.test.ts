import { officeFrom, officeHoursLabel } from '../../src/domain/office';
import { parsePolicy } from '../../src/domain/policy';
import { instantOf } from '../../src/domain/time';

const zone = 'Australia/Adelaide';
const at = (date: string, time: string) => instantOf(date, time, zone);
const { officeHours } = parsePolicy({});

describe('when somebody of the office answers', () => {
  it.each([
    ['2026-11-24', '08:00', { kind: 'now' }],
    ['2026-11-24', '17:59', { kind: 'now' }],
    ['2026-11-24', '18:00', { kind: 'later', date: '2026-11-25', days: 1 }],
    ['2026-11-24', '07:59', { kind: 'later', date: '2026-11-24', days: 0 }],
    ['2026-11-28', '19:00', { kind: 'later', date: '2026-11-30', days: 2 }],
    ['2026-11-29', '12:00', { kind: 'later', date: '2026-11-30', days: 1 }],
    ['2026-10-03', '23:30', { kind: 'later', date: '2026-10-05', days: 2 }],
  ])('on %s at %s', (date, time, expected) => {
    expect(officeFrom(officeHours, at(date, time), zone)).toEqual(expected);
  });

  it('closed days are stepped over, and an office that is never in promises nothing', () => {
    expect(officeFrom(officeHours, at('2026-12-24', '18:30'), zone, new Set(['2026-12-25', '2026-12-26']))).toEqual({
      kind: 'later',
      date: '2026-12-28',
      days: 4,
    });
    expect(officeFrom({ ...officeHours, weekdays: [] }, at('2026-11-24', '12:00'), zone)).toBeNull();
  });
});

it('office hours are written as people write them', () => {
  const on = (weekdays: number[]) => officeHoursLabel({ weekdays, from: '09:00', to: '17:30' });
  expect(officeHoursLabel(officeHours)).toBe('Mon-Sat 8:00am-6:00pm');
  expect(on([1, 2, 3, 5])).toBe('Mon-Wed, Fri 9:00am-5:30pm');
  expect(on([6, 2])).toBe('Tue, Sat 9:00am-5:30pm');
  expect(on([7, 6])).toBe('Sat, Sun 9:00am-5:30pm');
  expect(on([1, 2, 3, 4, 5, 6, 7])).toBe('Mon-Sun 9:00am-5:30pm');
});
