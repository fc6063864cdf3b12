import { dialogueOf, type Happening } from '../../src/simulator/page/dialogue';
import { parse } from '../support/dialogue';
import { browserModule } from './browser-module';

const START = Date.parse('2026-11-24T14:00:00+11:00');
const MIA = '+61491570156';
const PRIYA = '+61491570313';

const saved = (...happenings: Happening[]) =>
  dialogueOf({
    title: 'A test.',
    startedAt: START,
    zone: 'Australia/Sydney',
    names: new Map([
      [MIA, 'mia'],
      [PRIYA, 'priya'],
    ]),
    happenings,
  });
const text = (direction: 'in' | 'out', phone: string, body: string, after = 1): Happening => ({
  ...{ kind: 'text', direction, phone, body },
  at: START + after * 1000,
});

test('references and start codes are caught where the school says them, and used afterwards', () => {
  const words = saved(
    text('out', MIA, 'Pay $20 by PayID, reference DSKYMMMW. We text you.'),
    { kind: 'credit', amountCents: 2050, words: 'lesson DSKYMMMW  mia' },
    text('out', MIA, 'Your start code is 123456. It lasts 10 min.'),
    text('in', MIA, '123456'),
    text('out', MIA, 'Pay $30, reference DSAAAAAA, not DSKYMMMW.'),
  );

  expect(words).toContain('reference {reference}. We');
  expect(words).toContain('(pay $20.5 lesson {reference} mia)');
  expect(words).toContain('bot to mia > Your start code is {code}. It');
  expect(words).toContain('mia > {code}\n');
  expect(words).toContain('reference {reference2}, not {reference}.');
});

test('time that passed becomes a step of the clock, in the same minute as it was', () => {
  const words = saved(
    text('in', MIA, 'hi', 5),
    text('in', MIA, 'again', 62),
    { kind: 'clock', to: START + 3_600_000 },
    text('out', MIA, 'a reminder', 1800),
    text('out', MIA, 'by itself', 7200),
  );

  expect(words.split('\n').slice(4)).toEqual([
    'mia > hi',
    '(until 2026-11-24T14:01:20+11:00)',
    'mia > again',
    '(until 2026-11-24T15:00:00+11:00)',
    'bot > a reminder',
    '(until 2026-11-24T16:00:20+11:00)',
    'bot > by itself',
    '',
  ]);
});

test('several lines, several phones and blank lines are read back as they were meant', () => {
  const words = saved(
    text('in', MIA, 'one\ntwo\n\n# three'),
    text('out', MIA, 'Did you mean\n1 this\n\n2 that'),
    text('out', PRIYA, 'New lesson: (soon)'),
  );

  expect(
    parse(words)
      .slice(3)
      .map(({ kind, who, words: said }) => [kind, who, said]),
  ).toEqual([
    ['says', 'mia', 'one\ntwo\n# three'],
    ['bot', '', 'Did you mean\n1 this...2 that'],
    ['bot', 'priya', 'New lesson: (soon)'],
  ]);
});

test('what may be tapped is what the school offers', () => {
  const { answersTo } = browserModule<{ answersTo(body: string): { say: string }[] }>('answers');
  const said = (body: string) => answersTo(body).map((one) => one.say);

  expect(said('Thanks Mia. Sat 28 Nov:\n1 12:00pm Sam\n2 1:30pm Sam\nReply 1-2, or another day.')).toEqual(['1', '2']);
  expect(said('Sat 28 Nov, 3:00pm, 60 min with Priya? Reply YES to book.')).toEqual(['YES']);
  expect(said('Your start code is 045123. It lasts 10 min.')).toEqual(['045123']);
  expect(said('Tue 24 Nov, 3:00pm, $20 to pay.')).toEqual([]);
});
