import { holdEndsAt, parsePolicy, policyProblems } from '../../src/domain/policy';
import { HOUR } from '../../src/domain/time';

test('a school without any policy of its own has the defaults of the contract', () => {
  expect(parsePolicy({})).toMatchObject({
    holdHours: 24,
    minimumNoticeMinutes: 120,
    bookAheadDays: 60,
    bufferMinutes: 15,
    gridMinutes: 15,
    quietHours: { from: '21:00', to: '08:00' },
    reminderMinutesBefore: [1440, 120],
    startCode: {
      to: 'student',
      minutesBefore: 2,
      ttlMinutes: 10,
      guesses: 5,
      guessesPerLesson: 10,
      secondsBetween: 30,
      perTenMinutes: 5,
      perDay: 10,
    },
    startWithoutCode: true,
    noShow: { pingMinutes: 10, offerMinutes: 15 },
    cancellation: {
      tiers: [{ until: { kind: 'hours', hours: 24 }, charge: { kind: 'free' } }],
      late: { kind: 'deposit' },
    },
    waitlistOfferMinutes: 15,
    idleHours: 4,
    officeHours: { weekdays: [1, 2, 3, 4, 5, 6], from: '08:00', to: '18:00' },
    retentionDays: 90,
    offers: 3,
    staleOfferMinutes: 30,
  });
  expect(parsePolicy(null)).toEqual(parsePolicy({}));
});

test('one rule changed leaves the others, inside a group too', () => {
  const policy = parsePolicy({ holdHours: 12, startCode: { to: 'instructor' } });
  expect(policy.holdHours).toBe(12);
  expect(policy.startCode).toEqual({ ...parsePolicy({}).startCode, to: 'instructor' });
});

test('what was read once reads the same again', () => {
  expect(parsePolicy(JSON.parse(JSON.stringify(parsePolicy({}))))).toEqual(parsePolicy({}));
});

test('every fault is told with its field, its value and what to write', () => {
  const problems = policyProblems({
    holdHours: 0,
    gridMinutes: 7,
    quietHours: { from: '9pm' },
    startCode: { to: 'me', tries: 3 },
    reminders: 'often',
    noShow: 5,
    reminderMinutesBefore: 60,
  });
  expect(problems.sort()).toEqual([
    'gridMinutes is 7: write 5, 10, 15, 20, 30 or 60.',
    'holdHours is 0: write 1 or more.',
    'noShow is 5: write an object, {} for the defaults.',
    'quietHours.from is "9pm": write a time of day as HH:MM, for example "08:00".',
    'reminderMinutesBefore is 60: write a list, for example [].',
    'reminders is "often", but there is no such rule: remove it or correct its name.',
    'startCode.to is "me": write "student" or "instructor".',
    'startCode.tries is 3, but there is no such rule: remove it or correct its name.',
  ]);
  expect(() => parsePolicy({ holdHours: '24' })).toThrow('holdHours is "24": write a whole number from 1 to 168.');
});

test('tiers of a kind that we do not know are refused', () => {
  const tier = (until: unknown, charge: unknown) => policyProblems({ cancellation: { tiers: [{ until, charge }] } });
  expect(tier({ kind: 'weeks' }, { kind: 'free' })).toEqual([
    'cancellation.tiers.0.until.kind is "weeks": write hours, dayBefore or businessDays.',
  ]);
  expect(tier({ kind: 'hours', hours: 2 }, { kind: 'half' })).toEqual([
    'cancellation.tiers.0.charge.kind is "half": write free, deposit, percent or flat.',
  ]);
  expect(
    tier({ kind: 'businessDays', days: 1 }, { kind: 'flat', cents: 5500, byLessonType: { 'Test package': 15000 } }),
  ).toEqual([]);
});

test.each(['text', 5, [], true, '__proto__'])('%p is no policy', (json) => {
  expect(policyProblems(json)).toHaveLength(1);
});

test('a hold never lasts past the minimum notice before the lesson', () => {
  const policy = parsePolicy({});
  expect(holdEndsAt(policy, 100 * HOUR, 0)).toBe(24 * HOUR);
  expect(holdEndsAt(policy, 10 * HOUR, 0)).toBe(8 * HOUR);
});
