import { planFor, quietSpan, reminderDue } from '../../src/domain/plan';
import { parsePolicy } from '../../src/domain/policy';
import { HOUR, MINUTE } from '../../src/domain/time';

const SYDNEY = 'Australia/Sydney';
const policy = parsePolicy({});
const instant = (text: string) => Date.parse(text);
const lesson = (startsAt: number, lessonType = '60 min lesson') => ({
  ...{ id: 'one', lessonType, startsAt, endsAt: startsAt + HOUR, status: 'confirmed' as const, holdExpiresAt: null },
});
const remindersOf = (startsAt: number, now: number, rules: object = {}, type?: string) =>
  planFor(lesson(startsAt, type), parsePolicy(rules), SYDNEY, now).flatMap((one) =>
    one.what === 'reminder' ? [new Date(one.dueAt).toISOString()] : [],
  );

const LONG_BEFORE = instant('2026-11-20T12:00:00+11:00');

test('a lesson in the afternoon is reminded of a day and two hours before', () => {
  expect(remindersOf(instant('2026-11-28T15:00:00+11:00'), LONG_BEFORE)).toEqual([
    '2026-11-27T04:00:00.000Z',
    '2026-11-28T02:00:00.000Z',
  ]);
});

test('what would go in quiet hours goes the evening before, or in the morning when the evening is over', () => {
  const nine = instant('2026-11-28T09:00:00+11:00');
  expect(remindersOf(nine, LONG_BEFORE)).toEqual(['2026-11-26T22:00:00.000Z', '2026-11-27T09:50:00.000Z']);
  const atNight = instant('2026-11-27T23:00:00+11:00');
  expect(remindersOf(nine, atNight)).toEqual(['2026-11-27T21:00:00.000Z']);
  // At half past eight the morning is too near to be of use.
  expect(remindersOf(instant('2026-11-28T08:20:00+11:00'), atNight)).toEqual([]);
});

test('a lesson booked inside the lead time has no reminder for it', () => {
  const three = instant('2026-11-28T15:00:00+11:00');
  expect(remindersOf(three, three - 20 * HOUR)).toEqual(['2026-11-28T02:00:00.000Z']);
  expect(remindersOf(three, three - HOUR)).toEqual([]);
});

test('a lesson type has its own times where the school says so', () => {
  const rules = { reminderMinutesBeforeByLessonType: { 'Test package': [2880] } };
  const three = instant('2026-11-28T15:00:00+11:00');
  expect(remindersOf(three, LONG_BEFORE, rules, 'Test package')).toEqual(['2026-11-26T04:00:00.000Z']);
  expect(remindersOf(three, LONG_BEFORE, rules, '60 min lesson')).toHaveLength(2);
  expect(remindersOf(three, LONG_BEFORE, rules, 'toString')).toHaveLength(2);
});

test('two reminders that quiet hours bring together are one, the nearer', () => {
  const rules = { reminderMinutesBefore: [720, 600] };
  const planned = planFor(lesson(instant('2026-11-28T09:30:00+11:00')), parsePolicy(rules), SYDNEY, LONG_BEFORE);
  expect(planned.flatMap((one) => (one.what === 'reminder' ? [one.minutesBefore] : []))).toEqual([600]);
});

test('a reminder that waits is of no use after the start, nor in the next quiet hours', () => {
  const [day, hours] = planFor(lesson(instant('2026-11-28T15:00:00+11:00')), policy, SYDNEY, LONG_BEFORE);
  expect(day).toMatchObject({ expiresAt: instant('2026-11-27T21:00:00+11:00') });
  expect(hours).toMatchObject({ expiresAt: instant('2026-11-28T15:00:00+11:00') });
});

test('whatever the quiet hours are, a reminder is never due inside them', () => {
  for (const quietHours of [
    { from: '09:00', to: '08:55' },
    { from: '00:00', to: '23:59' },
    { from: '12:00', to: '13:00' },
  ])
    for (let hour = 0; hour < 24; hour += 1) {
      const startsAt = instant('2026-11-28T00:00:00+11:00') + hour * HOUR;
      const due = reminderDue(startsAt, 120, parsePolicy({ quietHours }), SYDNEY, LONG_BEFORE);
      if (due !== null) expect(quietSpan(due, quietHours, SYDNEY)).toBeNull();
    }
});

test('of a lesson that has begun only its end is planned', () => {
  const now = instant('2026-11-28T15:00:00+11:00');
  expect(
    planFor(lesson(now - 10 * MINUTE), policy, SYDNEY, now).map((one) => (one.what === 'event' ? one.kind : '')),
  ).toEqual(['lesson_over']);
});
