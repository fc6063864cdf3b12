import { dollars } from '../../src/domain/labels';
import { sumCents } from '../../src/domain/money';
import { lessonsAsked } from '../asked';
import { heldUnder, openDeposit } from '../facts';
import { allLessonsInWords, datesInWords } from '../list-wording';
import { type Args, type Facts, remember, say } from '../vocabulary';
import {
  lessonInWords,
  lessonStateInWords,
  momentInWords,
  namesInWords,
  priceInWords,
  requestInWords,
  typesInWords,
} from '../wording';

/** What a student asks about: answered wherever the conversation stands, and what was being asked is asked again. */
const understood = remember(() => ({ unclear: 0 }));

const asked = ({ event: { facts, heard } }: Args) => lessonsAsked(facts.lessons, heard, facts.school.zone);
const listed = ({ event: { facts } }: Args, lessons: Facts['lessons']) => ({
  lessons: allLessonsInWords(lessons, facts),
});

const one = (args: Args) => {
  const { facts } = args.event;
  const [lesson] = asked(args);
  return {
    lesson: lessonInWords(lesson!, facts),
    state: lessonStateInWords(lesson!, facts, 'whole'),
    place: lesson!.pickup ?? lesson!.suburb ?? '',
  };
};
const oneKey = (args: Args) => (asked(args)[0]!.pickup || asked(args)[0]!.suburb ? 'lesson_one_place' : 'lesson_one');

/** "when is my next lesson", "what have i got friday with sam": with deposit and pick-up when it is one. */
export const listing = [
  { guard: 'noLessons', actions: [say('no_lessons'), understood] },
  { guard: 'askedOne', actions: [say(oneKey, one), understood] },
  { guard: 'askedSome', actions: [say('lessons', (args) => listed(args, asked(args))), understood] },
  {
    actions: [
      say('no_lesson_then', (args) => ({ asked: saidOf(args), ...listed(args, args.event.facts.lessons) })),
      understood,
    ],
  },
] as const;

/** What of day and instructor was said. */
function saidOf({ event: { heard } }: Args): string {
  const { durationMinutes: _, ...when } = heard;
  const days = requestInWords(when);
  const name = heard.unknownInstructor ?? heard.instructor;
  return [days === 'That' ? '' : days, name ? `with ${name[0]!.toUpperCase()}${name.slice(1)}` : '']
    .filter(Boolean)
    .join(' ');
}

/** The type whose length or name was said, else that of the slot in hand; all of them when none was. */
function typesAsked({ context, event }: Args): Facts['lessonTypes'] {
  const { lessonTypes, words } = event.facts;
  const minutes = event.heard.durationMinutes;
  if (minutes !== undefined) return lessonTypes.filter((type) => type.durationMinutes === minutes);
  const named = lessonTypes.filter((type) => words.toLowerCase().includes(type.name.toLowerCase()));
  if (named.length > 0) return named;
  // A number of the menu asks for all of them.
  if (event.heard.intent !== 'price') return lessonTypes;
  const inHand = lessonTypes.filter((type) => type.id === context.slot?.lessonTypeId);
  return inHand.length > 0 ? inHand : lessonTypes;
}

const prices = say('prices', (args) => {
  const types = typesAsked(args);
  return { types: typesInWords({ ...args.event.facts, ...(types.length > 0 && { lessonTypes: types }) }) };
});

export const priced = [
  {
    guard: 'dropAsked',
    actions: [
      say('drop_costs', ({ event: { facts } }) => ({
        slot: lessonInWords(facts.dropAsked!, facts),
        price: priceInWords(facts, 'drop'),
      })),
      understood,
    ],
  },
  {
    guard: 'lengthUnknown',
    actions: [
      say('no_such_length', ({ event }) => ({ minutes: event.heard.durationMinutes ?? 0 })),
      prices,
      understood,
    ],
  },
  { actions: [prices, understood] },
] as const;

const deposit = ({ event }: Args) => {
  const lesson = openDeposit(event.facts)!;
  const held = heldUnder(event.facts.lessons, lesson.reference);
  return {
    deposit: dollars(sumCents(held.map((one) => one.depositCents))),
    slot: datesInWords(held, event.facts, 90),
    reference: lesson.reference ?? '',
    payid: event.facts.school.payid,
  };
};

const owing = [
  {
    guard: 'owes',
    actions: [
      say('still_owing', ({ event: { facts } }) => ({
        amounts: facts.owing
          .slice(0, 3)
          .map((one) => {
            const reference = one.reference ? `;reference=${one.reference}` : '';
            const key = one.reference ? 'owing_line' : 'owing_line_plain';
            return `{price.${key}:owing=${dollars(one.owingCents)};slot=${momentInWords(one.startsAt, facts)}${reference}}`;
          })
          .join(' '),
        payid: facts.school.payid,
      })),
      understood,
    ],
  },
] as const;

export const howToPay = [
  { guard: 'depositOpen', actions: [say('how_to_pay', deposit), understood] },
  ...owing,
  { actions: [say('how_to_pay_later', ({ event }) => ({ payid: event.facts.school.payid })), understood] },
] as const;

export const saysPaid = [
  { guard: 'depositOpen', actions: [say('paid_is_seen', deposit), understood] },
  ...owing,
  { actions: [say('paid_nothing_due'), understood] },
] as const;

/** "who is it with?", of the slot that is about to be confirmed. */
export const slotsInstructor = {
  guard: 'slotInHand',
  actions: [say('who_in_hand', ({ context }) => ({ instructor: context.slot!.instructor })), understood],
} as const;

/** "who is my instructor": of the lessons that are meant, else who there is. */
export const whoTeaches = [
  {
    guard: 'askedSome',
    actions: [
      say('who_teaches', (args) => ({
        lessons: asked(args)
          .slice(0, 3)
          .map((lesson) => `${momentInWords(lesson.startsAt, args.event.facts)} with ${lesson.instructor}`)
          .join('; '),
      })),
      understood,
    ],
  },
  { actions: [say('who_there_is', ({ event }) => ({ instructors: namesInWords(event.facts) })), understood] },
] as const;

/** "how many hours have i done". */
export const hoursDone = [
  {
    guard: 'someDone',
    actions: [
      say('hours_done', ({ event: { facts } }) => ({
        lessons: facts.done!.lessons,
        hours: Math.round(facts.done!.minutes / 6) / 10,
        school: facts.school.name,
      })),
      understood,
    ],
  },
  { actions: [say('hours_none', ({ event }) => ({ school: event.facts.school.name })), understood] },
] as const;
