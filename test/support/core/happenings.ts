import fc from 'fast-check';
import { stateName } from '../../../src/conversation/place';
import { DAY, HOUR, MINUTE } from '../../../src/domain/time';
import { addCredit, cancel } from './commands';
import { factOf, isLive } from './rows';
import { type CoreSchool, placeOf } from './school';
import { conversationOf, putEvent } from './turn';
import { slotFreed } from './waitlist';

/** Something that happens to the school, from outside the conversation or by a text. */
export type Happening =
  | { kind: 'text'; who: keyof typeof PHONES; words: string }
  /** A sensible answer to whatever is asked there, so that bookings, moves and drops come about often. */
  | { kind: 'goes_on'; who: 'leo' | 'mia' | 'ava'; pick: number }
  /** A YES right behind another text, before that was answered; one on its way while something falls due. */
  | { kind: 'yes_behind'; who: 'leo' | 'mia'; words: string }
  | { kind: 'yes_on_its_way'; who: 'leo' | 'mia' }
  /** The office gives a student the deposit of a lesson as credit. */
  | { kind: 'office_gives'; who: 'leo' | 'ava' }
  | { kind: 'pay'; pick: number; amountCents: 'asked' | 'wrong'; again: boolean }
  | { kind: 'wait'; ms: number }
  | { kind: 'until_due' }
  | { kind: 'school_drops'; pick: number }
  | { kind: 'lesson_finishes'; pick: number }
  | { kind: 'office'; who: 'leo' | 'mia'; takesOver: boolean };

export const PHONES = {
  leo: '+61491571491',
  ava: '+61491572549',
  mia: '+61491570156',
  sam: '+61491570110',
} as const;

/** What a student texts, weighted: mostly what belongs to a booking line, some of it beside the point, some of it junk. */
const studentWords = fc.oneof(
  { weight: 10, arbitrary: anyOf('yes', 'yep', 'YES', 'yes pls', 'y', 'ok') },
  { weight: 8, arbitrary: anyOf('1', '2', '3', '4', '3 pls', 'the first one', 'more') },
  {
    weight: 4,
    arbitrary: anyOf(
      'no',
      'nah',
      'never mind',
      'none of those',
      'yes?',
      'yes if its dry',
      'ok 2',
      'Liked "{question}"',
    ),
  },
  {
    weight: 12,
    arbitrary: anyOf(
      'thurs 2pm with sam',
      'lesson sat arvo',
      'friday',
      'fri 12pm',
      'next friday 3pm',
      '90 min w priya tues 4pm',
      'earliest',
      'tomorrow morning',
      'sunday 3pm',
      '1 march 3pm',
      'today 9am',
      'sat 9am',
      'test package next week',
      '45 min tomorrow',
      'same time next week',
      'tues and thurs 4pm',
      'every tues 4pm for 5 weeks',
      'a lesson for my brother leo fri 3pm',
      'im mia, can i get thurs 3pm',
    ),
  },
  {
    weight: 10,
    arbitrary: anyOf(
      'change',
      'move my lesson',
      'move my sat lesson to thursday',
      'move it an hour later',
      'move my 2pm to friday arvo',
      'drop',
      'drop my lesson',
      'drop the thursday one',
      'drop all of them',
      'the sat one',
      '4pm instead',
      'with priya',
    ),
  },
  {
    weight: 8,
    arbitrary: anyOf(
      'lessons',
      'prices',
      'paid',
      'how do i pay',
      'help',
      'menu',
      'hi',
      'thanks',
      'where do we meet',
      'who is my instructor',
      'pick me up from the station',
      'running 10 min late',
      'text me if something opens sat morning',
      'take me off the list',
      'yes and how much is it',
    ),
  },
  { weight: 2, arbitrary: anyOf('agent', 'this is ridiculous', 'stop', 'start', 'cancel') },
  { weight: 4, arbitrary: anyOf('{code}', '000000', 'code', 'mia', 'Zoe Chen', '123') },
  {
    weight: 4,
    arbitrary: fc.oneof(
      anyOf('', '?', '\u{1f44d}', 'flibber', 'Liked "yes"', '{"a":1}', 'a'.repeat(700)),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
    ),
  },
);

const texts: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({ kind: fc.constant('text' as const), who: anyOf('leo', 'mia'), words: studentWords }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('text' as const),
      who: fc.constant('ava' as const),
      words: anyOf('thurs 2pm with sam', 'fri 12pm with sam', 'thurs 3pm', 'yes', 'yes', 'drop my lesson', '1'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('text' as const),
      who: fc.constant('sam' as const),
      words: anyOf('start leo', 'done', 'today', 'next', 'start mia', 'week', 'flibber'),
    }),
  },
);

/** What is asked for out of rest. */
const WISHES = [
  'thurs 2pm with sam',
  'fri 12pm',
  'lesson sat arvo',
  'tues 4pm',
  '90 min w priya wed 10am',
  'move my lesson',
  'move my lesson to friday arvo',
  'move my next lesson to thurs 3pm',
  'change',
  'drop my lesson',
  'drop my next lesson',
  'text me if something opens thurs arvo',
  'text me if sat morning opens up',
  'lessons',
];

function sensible(state: string, pick: number): string {
  const [flow = ''] = state.split('.');
  if (state === 'idle') return WISHES[pick]!;
  if (state === 'register.name') return 'Mia Chen';
  if (/\.when$/.test(state)) return flow === 'move' ? 'wed 2pm' : WISHES[pick % 5]!;
  if (/\.(offer|which)$/.test(state) || state === 'menu') return String(1 + (pick % 2));
  if (/\.length$/.test(state)) return '60';
  return 'yes';
}

/** What may happen next. */
export const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 12, arbitrary: texts },
  {
    weight: 18,
    arbitrary: fc.record({
      kind: fc.constant('goes_on' as const),
      who: anyOf('leo', 'leo', 'mia', 'ava'),
      pick: fc.nat(WISHES.length - 1),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('yes_behind' as const),
      who: anyOf('leo', 'mia'),
      words: anyOf(...WISHES),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('yes_on_its_way' as const), who: anyOf('leo', 'mia') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('office_gives' as const), who: anyOf('leo', 'ava') }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('pay' as const),
      pick: fc.constantFrom(0, 0, 0, 1, 2, 3),
      amountCents: fc.constantFrom('asked' as const, 'asked' as const, 'asked' as const, 'wrong' as const),
      again: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.constantFrom(MINUTE, 10 * MINUTE, 31 * MINUTE, 2 * HOUR, 5 * HOUR, DAY, 3 * DAY),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'until_due' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('school_drops' as const), pick: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('lesson_finishes' as const), pick: fc.nat(5) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('office' as const), who: anyOf('leo', 'mia'), takesOver: fc.boolean() }),
  },
);

function anyOf<A extends string>(...words: A[]): fc.Arbitrary<A> {
  return fc.constantFrom(...words);
}

/** Makes it happen. */
export async function happen(school: CoreSchool, event: Happening): Promise<void> {
  const { rows } = school;
  switch (event.kind) {
    case 'text':
      return school.text(PHONES[event.who], filled(school, PHONES[event.who], event.words));
    case 'goes_on': {
      const state = stateName(placeOf(rows, PHONES[event.who]).value);
      return school.text(PHONES[event.who], sensible(state, event.pick));
    }
    case 'yes_behind':
      return school.text(PHONES[event.who], event.words, 'yes');
    case 'yes_on_its_way':
      return school.whileOnItsWay(PHONES[event.who], () => school.advanceTo(school.nextDue() ?? school.now), 'yes');
    case 'office_gives': {
      const student = rows.students.find((one) => one.phone === PHONES[event.who]);
      if (student) addCredit(rows, student.id, 2000, 'given by the office');
      return;
    }
    case 'pay': {
      const deposit = rows.deposits.at(-1 - event.pick);
      if (!deposit) return;
      const amountCents = deposit.amountCents + (event.amountCents === 'wrong' ? 500 : 0);
      const credit = { amountCents, description: `lesson ${deposit.reference}`, id: `bank-${rows.bank.length}` };
      await school.credit(credit);
      return event.again ? school.credit(credit) : undefined;
    }
    case 'wait':
      return school.advanceTo(school.now + event.ms);
    case 'until_due':
      return school.advanceTo(Math.max(school.now, school.nextDue() ?? school.now));
    case 'school_drops': {
      const open = rows.lessons.filter((one) => one.status === 'pending' || one.status === 'confirmed');
      const row = open[event.pick % Math.max(open.length, 1)];
      if (!row) return;
      cancel(rows, row, 'school');
      slotFreed(school, factOf(rows, row));
      return school.advanceTo(school.now);
    }
    case 'lesson_finishes': {
      // A lesson may end while its student is in the middle of something else: the rebook question falls into it.
      const row = rows.lessons.filter(isLive)[event.pick];
      const phone = rows.students.find((one) => one.id === row?.studentId)?.phone;
      if (!row || !phone || row.status === 'pending') return;
      row.status = 'completed';
      const key = `lesson:${row.id}:finished`;
      putEvent({ rows }, { phone, kind: 'lesson_finished', key, lessonId: row.id, dueAt: school.now });
      return school.advanceTo(school.now);
    }
    case 'office':
      conversationOf(rows, PHONES[event.who]).takenOverAt = event.takesOver ? school.now : null;
      return;
  }
}

const filled = (school: CoreSchool, phone: string, words: string) =>
  words
    .replace('{code}', codeSentTo(school, phone))
    .replace('{question}', school.received(phone).findLast(({ body }) => /Reply/.test(body))?.body ?? '');

const codeSentTo = (school: CoreSchool, phone: string) =>
  school
    .received(phone)
    .map((text) => /code is (\d{6})/.exec(text.body)?.[1])
    .findLast(Boolean) ?? '111111';
