import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { Heard, Listening } from '../../flows/heard';
import english from '../../flows/words/en.json';
import { fromRecord, type OutsideRecord } from '../../src/conversation/surface';
import { understand } from '../../src/conversation/understand';

const ZONES = [
  'Australia/Sydney',
  'Australia/Brisbane',
  'Australia/Perth',
  'Australia/Adelaide',
  'Australia/Lord_Howe',
];
const CASES = 10_000;
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

const hourOf = ({ hour }: Clock) => ((hour + 11) % 12) + 1;
const twoDigits = (n: number) => String(n).padStart(2, '0');
const partOf = ({ hour }: Clock) => (hour < 12 ? 'in the morning' : 'in the arvo');
const CLOCKS: ((clock: Clock) => string)[] = [
  iso,
  ({ hour, minute }) => `${((hour + 11) % 12) + 1}:${String(minute).padStart(2, '0')}${hour < 12 ? 'am' : 'pm'}`,
  ({ hour, minute }) => `${((hour + 11) % 12) + 1}.${String(minute).padStart(2, '0')} ${hour < 12 ? 'AM' : 'PM'}`,
  ({ hour, minute }) =>
    `at ${((hour + 11) % 12) + 1}${minute === 0 ? '' : String(minute).padStart(2, '0')}${hour < 12 ? 'am' : 'pm'}`,
  (clock) => iso(clock).replace(':', ''),
  (clock) => `${hourOf(clock)}:${twoDigits(clock.minute)} ${clock.hour < 12 ? 'a.m.' : 'p.m.'}`,
  (clock) => `${hourOf(clock)}:${twoDigits(clock.minute)} ${partOf(clock)}`,
  // In words where there are words for it.
  (clock) => {
    const pm = clock.hour < 12 ? 'am' : 'pm';
    if (clock.minute === 30) return `half past ${hourOf(clock)} ${partOf(clock)}`;
    if (clock.minute === 15) return `quarter past ${hourOf(clock)} ${partOf(clock)}`;
    if (clock.minute === 45) return `${hourOf(clock)}.45${pm}`;
    return clock.hour === 12 ? 'noon' : `${hourOf(clock)} o'clock ${partOf(clock)}`;
  },
];
const ordinal = (n: number) =>
  `${n}${n > 10 && n < 14 ? 'th' : (['th', 'st', 'nd', 'rd', 'th', 'th', 'th', 'th', 'th', 'th'][n % 10] as string)}`;
const DATES: ((date: DateTime) => string)[] = [
  (date) => date.toFormat('d/M'),
  (date) => date.toFormat('dd/MM/yyyy'),
  (date) => date.toFormat('d MMM'),
  (date) => date.toFormat('MMMM d'),
  (date) => date.toFormat('yyyy-MM-dd'),
  (date) => date.toFormat('ccc d/M'),
  (date) => date.toFormat("cccc 'the' d MMMM"),
  (date) => date.toFormat('d-M-yy'),
  (date) => date.toFormat('ccc d MMM'),
  (date) => date.toFormat("MMM d',' yyyy"),
  (date) => `the ${ordinal(date.day)} of ${date.toFormat('MMMM')}`,
  (date) => `${ordinal(date.day)} ${date.toFormat('MMM')}`,
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
    { numRuns: CASES },
  );
});

test('any window is read back as it was', () => {
  fc.assert(
    fc.property(
      moment,
      quarter,
      quarter,
      fc.constantFrom('-', ' - ', ' to ', ' til ', ' till ', ' until ', ' and '),
      fc.constantFrom(0, 1, 2, 3),
      ({ zone, today }, a, b, joint, spelling) => {
        fc.pre(iso(a) < iso(b));
        const say = CLOCKS[spelling] as (clock: Clock) => string;
        const [from, to] = [say(a).replace('at ', ''), say(b).replace('at ', '')];
        const text = `fri ${joint === ' and ' ? 'between ' : ''}${from}${joint}${to}`;

        const heard = first(text, listening(zone, today));

        expect(heard.window).toEqual({ from: iso(a), to: iso(b) });
      },
    ),
    { numRuns: CASES },
  );
});

/** Every text of the development set that speaks of a day, a time, a length or a person, where it was said. */
const SPEAKING = readFileSync(join(__dirname, 'dev.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => fromRecord(JSON.parse(line) as OutsideRecord))
  .filter(({ text, listening }) => slotsIn(text, listening) !== '{}');

/** All that was heard of when, how long and with whom. */
function slotsIn(text: string, about: Listening): string {
  const { intent, lessonRef, option, ...heard } = first(text, about);
  const said = Object.entries(heard).filter(([name]) => !['yes', 'name', 'otp', 'note'].includes(name));
  return JSON.stringify(Object.fromEntries(said.sort()));
}

test('greetings, thanks and emoji change nothing of what was asked', () => {
  expect(SPEAKING.length).toBeGreaterThan(60);
  const before = fc.constantFrom('', 'hi ', 'hey ', 'hi there ', 'hello, ', '😀 ');
  const after = fc.constantFrom('', ' pls', ' thanks', ' please', ' ta', ' 🙏', ' mate', ' thanks 😀');
  fc.assert(
    fc.property(fc.constantFrom(...SPEAKING), before, after, ({ text, listening }, hello, bye) => {
      expect(slotsIn(`${hello}${text}${bye}`, listening)).toEqual(slotsIn(text, listening));
    }),
    { numRuns: 2000 },
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
  // As long as may be, of whole characters or of whatever code points there are.
  const length = { maxLength: 2000, size: 'max' } as const;
  const any = fc.oneof(fc.string({ ...length, unit: 'grapheme' }), fc.string({ ...length, unit: 'binary' }));
  fc.assert(
    fc.property(any, asked, role, (text, question, who) => {
      const { readings } = understand(text, { ...listening('Australia/Sydney', '2026-11-25', question), role: who });

      expect(readings.length).toBeGreaterThan(0);
    }),
    { numRuns: 1000 },
  );
});

test('words of dates and times in any order are read without an exception', () => {
  const grammar = Object.keys({ ...english.weekdays, ...english.months, ...english.numbers, ...english.ordinals });
  const small = [...english.beginDays, ...english.beginTimes, ...english.leaders, ...Object.keys(english.spell)];
  // Names that every object of the language has are words too.
  const inherited = Object.getOwnPropertyNames(Object.prototype);
  const signs = [
    '-',
    '/',
    ':',
    '.',
    ',',
    '?',
    '3',
    '10',
    '330',
    '5th',
    '0',
    '31',
    '2030',
    "s'",
    'to',
    'of',
    'time',
    'pm',
  ];
  const word = fc.oneof(...[grammar, small, inherited, signs].map((list) => fc.constantFrom(...list)));
  fc.assert(
    fc.property(moment, fc.array(word, { maxLength: 9 }), ({ zone, today }, words) => {
      const { readings } = understand(words.join(' '), listening(zone, today));

      for (const { date, dates = [], range } of readings)
        for (const one of [date, ...dates, range?.from, range?.to])
          if (one !== undefined) expect(one).toMatch(/^\d{4}-\d\d-\d\d$/);
    }),
    { numRuns: CASES },
  );
});

test('the time taken grows with the length, not with its square', () => {
  const about = listening('Australia/Sydney', '2026-11-25');
  // The processor's time and of several runs the least: what other work on the machine adds is left out.
  const least = (text: string) =>
    Math.min(
      ...Array.from({ length: 7 }, () => {
        const began = process.cpuUsage();
        understand(text, about);
        const { user, system } = process.cpuUsage(began);
        return user + system;
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
