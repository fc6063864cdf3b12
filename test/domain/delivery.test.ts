import { backOffMs, codeInWords, failureOf, pauseMs, usefulUntil, validitySeconds } from '../../src/domain/delivery';

const HOUR = 3_600_000;

test('a text is of use until its writer says so, else an answer for four hours and the rest for a day', () => {
  expect(usefulUntil('reminder_2h', 1000, 5000)).toBe(5000);
  expect(usefulUntil('reply', 1000)).toBe(1000 + 4 * HOUR);
  expect(usefulUntil('office_alert', 1000, null)).toBe(1000 + 24 * HOUR);
});

test('the carrier may try for what is left of that, within the bounds of Twilio', () => {
  expect(validitySeconds(90_500, 0)).toBe(90);
  expect(validitySeconds(100, 0)).toBe(1);
  expect(validitySeconds(24 * HOUR, 0)).toBe(36_000);
});

test('pauses between tries grow to a minute, differ by chance, and are never shorter than Twilio asks', () => {
  expect([1, 2, 3, 7, 50].map((attempts) => backOffMs(attempts, 0, 0.5))).toEqual([1000, 2000, 4000, 60_000, 60_000]);
  expect([0, 1].map((chance) => backOffMs(3, 0, chance))).toEqual([3000, 5000]);
  expect(backOffMs(1, 30_000, 0.5)).toBe(30_000);
});

test('sending pauses at each fiftieth trouble in a row', () => {
  expect([1, 49, 50, 51, 100].map((n) => pauseMs(n, 0.5))).toEqual([0, 0, 5000, 0, 5000]);
});

test.each([
  [21610, 'opted_out', 'opted out of texts'],
  [21211, 'no_such_phone', 'not a valid number'],
  [21614, 'no_such_phone', 'not a mobile number'],
  [30003, 'unreachable', 'the phone is off or cannot be reached'],
  [30005, 'no_such_phone', 'the number is not in use'],
  [30006, 'no_such_phone', 'a landline, or a carrier that cannot be reached'],
  [30007, 'filtered', 'stopped by the carrier as unwanted'],
  [21606, 'our_number', 'the school’s number cannot send texts'],
  [39999, 'other', null],
  [null, 'other', null],
])('Twilio’s code %s is %s', (code, failure, words) => {
  expect(failureOf(code)).toBe(failure);
  expect(codeInWords(code)).toBe(words);
});
