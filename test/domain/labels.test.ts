import {
  clockLabel,
  dateLabel,
  dayLabel,
  dollars,
  durationLabel,
  momentLabel,
  timeLabel,
} from '../../src/domain/labels';
import { DAY, instantOf } from '../../src/domain/time';

const zone = 'Australia/Sydney';
const lesson = instantOf('2026-11-24', '15:00', zone);

test('a lesson is written as every text writes it', () => {
  expect(dayLabel(lesson, zone)).toBe('Tue 24 Nov');
  expect(clockLabel(lesson, zone)).toBe('3:00pm');
  expect(momentLabel(lesson, zone)).toBe('Tue 24 Nov, 3:00pm');
  expect(dateLabel('2026-12-06')).toBe('Sun 6 Dec');
});

test('midnight and noon are told apart', () => {
  expect(['00:00', '00:30', '12:00', '12:45', '23:15', '24:00'].map(timeLabel)).toEqual([
    '12:00am',
    '12:30am',
    '12:00pm',
    '12:45pm',
    '11:15pm',
    '12:00am',
  ]);
});

test('the year is told when it is more than 300 days away', () => {
  expect(momentLabel(lesson, zone, lesson - 300 * DAY)).toBe('Tue 24 Nov, 3:00pm');
  expect(momentLabel(lesson, zone, lesson - 301 * DAY)).toBe('Tue 24 Nov 2026, 3:00pm');
});

test('money has cents only when there are some', () => {
  expect([7500, 7550, 7505, 0, -2000, 120000, 123456789, 5].map(dollars)).toEqual([
    '$75',
    '$75.50',
    '$75.05',
    '$0',
    '-$20',
    '$1,200',
    '$1,234,567.89',
    '$0.05',
  ]);
});

test('a lesson is told in minutes, a day off in hours', () => {
  expect([60, 90, 120, 300, 330].map(durationLabel)).toEqual(['60 min', '90 min', '120 min', '5 h', '5 h 30 min']);
});
