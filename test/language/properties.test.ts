import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { Heard, Listening } from '../../flows/heard';
import { understand } from '../../src/conversation/understand';

const ZONES = [
  'Australia/Sydney',
  'Australia/Brisbane',
  'Australia/Perth',
  'Australia/Adelaide',
  'Australia/Lord_Howe',
];
/** An ordinary day, the eves and days of both clock changes, the end of a year, a leap day. */
const TODAYS = ['2026-11-25', '2026-10-03', '2026-10-04', '2027-04-03', '2027-04-04', '2026-12-31', '2028-02-29'];

const listening = (zone: string, today: string, asked: Listening['asked'] = { kind: 'when' }): Listening => ({
  role: 'student',
  asked,
  now: DateTime.fromISO(`${today}T09:05`, { zone }).toMillis(),
  zone,
  instructors: ['Sam', 'Priya', 'April', 'Will'],
});
const first = (text: string, about: Listening): Heard => understand(text, about).readings[0];

const moment = fc.record({ zone: fc.constantFrom(...ZONES), today: fc.constantFrom(...TODAYS) });
const quarter = fc.record({ hour: fc.integer({ min: 7, max: 18 }), minute: fc.constantFrom(0, 15, 30, 45) });
type Clock = { hour: number; minute: number };
const iso = ({ hour, minute }: Clock) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;

const CLOCKS: ((clock: Clock) => string)[] = [
  iso,
  ({ hour, minute }) => `${((hour + 11) % 12) + 1}:${String(minute).padStart(2, '0')}${hour < 12 ? 'am' : 'pm'}`,
  ({ hour, minute }) => `${((hour + 11) % 12) + 1}.${String(minute).padStart(2, '0')} ${hour < 12 ? 'AM' : 'PM'}`,
  ({ hour, minute }) =>
    `at ${((hour + 11) % 12) + 1}${minute === 0 ? '' : String(minute).padStart(2, '0')}${hour < 12 ? 'am' : 'pm'}`,
  (clock) => iso(clock).replace(':', ''),
];
const DATES: ((date: DateTime) => string)[] = [
  (date) => date.toFormat('d/M'),
  (date) => date.toFormat('dd/MM/yyyy'),
  (date) => date.toFormat('d MMM'),
  (date) => date.toFormat('MMMM d'),
  (date) => date.toFormat('yyyy-MM-dd'),
  (date) => date.toFormat('ccc d/M'),
  (date) => date.toFormat("cccc 'the' d MMMM"),
  (date) => date.toFormat('d-M-yy'),
];

test('any day and time, written in any supported way, is read back as it was', () => {
  fc.assert(
    fc.property(
      moment,
      fc.integer({ min: 1, max: 300 }),
      quarter,
      fc.constantFrom(...DATES),
      fc.constantFrom(...CLOCKS),
      fc.boolean(),
      ({ zone, today }, ahead, clock, sayDate, sayClock, dateFirst) => {
        const date = DateTime.fromISO(today, { zone: 'utc', locale: 'en-AU' }).plus({ days: ahead });
        const [day, time] = [sayDate(date), sayClock(clock)];

        const heard = first(dateFirst ? `${day} ${time}` : `${time} ${day}`, listening(zone, today));

        expect(heard).toMatchObject({ intent: 'book', date: date.toISODate(), time: iso(clock) });
      },
    ),
    { numRuns: 600 },
  );
});

test('any window is read back as it was', () => {
  fc.assert(
    fc.property(
      moment,
      quarter,
      quarter,
      fc.constantFrom('-', ' to ', ' til ', ' and '),
      ({ zone, today }, a, b, joint) => {
        fc.pre(iso(a) < iso(b));
        const text = `fri ${joint === ' and ' ? 'between ' : ''}${CLOCKS[1]?.(a)}${joint}${CLOCKS[1]?.(b)}`;

        const heard = first(text, listening(zone, today));

        expect(heard.window).toEqual({ from: iso(a), to: iso(b) });
      },
    ),
    { numRuns: 300 },
  );
});

test('greetings, thanks and emoji change nothing of what was asked', () => {
  const noise = fc.constantFrom('hi', 'hey', 'pls', 'thanks', 'please', 'ta', '😀', '🙏', 'mate', 'hi there');
  const texts = fc.constantFrom(
    'lesson sat 10am with sam',
    '90 min tues arvo',
    'thurs or fri after 4',
    'cancel thursday',
    'move tues 3pm to wed',
    'any spots next week',
    'not tuesday, wed arvo',
    'running 10 mins late',
  );
  fc.assert(
    fc.property(texts, noise, noise, (text, before, after) => {
      const about = listening('Australia/Sydney', '2026-11-25', { kind: 'idle' });

      expect(understand(`${before} ${text} ${after}`, about).readings).toEqual(understand(text, about).readings);
    }),
  );
});

test('any string is read without an exception', () => {
  const asked = fc.constantFrom<Listening['asked']>(
    { kind: 'idle' },
    { kind: 'when' },
    { kind: 'confirm' },
    { kind: 'code' },
    { kind: 'name' },
    { kind: 'duration' },
    { kind: 'slots', offered: [{ at: '2026-11-26T09:00' }] },
    { kind: 'moveWhen' },
  );
  const role = fc.constantFrom<Listening['role']>('student', 'instructor', 'owner');
  fc.assert(
    fc.property(fc.string({ maxLength: 2000, unit: 'grapheme' }), asked, role, (text, question, who) => {
      const { readings } = understand(text, { ...listening('Australia/Sydney', '2026-11-25', question), role: who });

      expect(readings.length).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
});

test('the time taken grows with the length, not with its square', () => {
  const about = listening('Australia/Sydney', '2026-11-25');
  // Of several runs the least: what other work on the machine adds is left out.
  const least = (text: string) =>
    Math.min(
      ...Array.from({ length: 7 }, () => {
        const began = process.hrtime.bigint();
        understand(text, about);
        return Number(process.hrtime.bigint() - began);
      }),
    );
  for (const piece of [
    'tues 3pm or ',
    '1 ',
    'a@',
    '1/',
    'not ',
    '- ',
    'move to ',
    'aaaa',
    '9-',
    'cant make it ',
    '"',
  ]) {
    const of = (letters: number) => piece.repeat(Math.floor(letters / piece.length));
    least(of(500));
    // Four times the length: sixteen times the work would be its square.
    expect(least(of(2000)) / least(of(500))).toBeLessThan(12);
  }
});
