import { holdEndsAt } from '../../src/domain/policy';
import { type Args, command, conversation, forget, remember, say } from '../vocabulary';
import { lessonInWords, priceInWords, refusalInWords, slotInWords } from '../wording';
import { askedBack, heldValues, holdSlot, keepOffers, keepRequest, keepSlot } from './book';

const meant = ({ event }: Args) => event.facts.meant[0]!;
const meantInWords = (args: Args) => lessonInWords(meant(args), args.event.facts);

const keepLesson = remember(({ event }) => ({
  lessonId: event.facts.meant[0]?.id ?? null,
  lessonChoices: [],
  unclear: 0,
}));

const keepChoices = (purpose: 'move' | 'drop') =>
  remember(({ event }) => ({
    purpose,
    request: event.heard,
    lessonChoices: event.facts.meant.slice(0, 4).map((one) => ({ id: one.id, words: lessonInWords(one, event.facts) })),
    unclear: 0,
  }));

const noneMeant = [
  { guard: 'isNew', target: '#name', actions: [say('welcome', ({ event }) => ({ school: event.facts.school.name }))] },
  { guard: 'nothingToChange', target: '#idle', actions: [say('no_lessons'), forget] },
  { guard: 'noneMeant', target: '#idle', actions: [say('no_such_lesson'), forget] },
] as const;

/** Where a wish to move leads: which lesson, when, one of the offers, or to be confirmed. The old slot stays meanwhile. */
export const moving = [
  ...noneMeant,
  { guard: 'severalMeant', target: '#whichLesson', actions: [keepChoices('move')] },
  { guard: 'nothingSaid', target: '#moveWhen', actions: [keepLesson, keepRequest] },
  { guard: 'exactSlot', target: '#moveConfirm', actions: [keepLesson, keepSlot] },
  { guard: 'refusedOffers', target: '#moveOffer', actions: [keepLesson, ...askedBack] },
  { guard: 'someOffers', target: '#moveOffer', actions: [keepLesson, keepOffers] },
  { target: '#moveWhen', actions: [keepLesson, keepRequest, say('none_free')] },
] as const;

/** Where a wish to drop leads; the price is told before it happens. */
export const dropping = [
  ...noneMeant,
  { guard: 'severalMeant', target: '#whichLesson', actions: [keepChoices('drop')] },
  { target: '#dropConfirm', actions: [keepLesson] },
] as const;

const tellInstructor = (key: 'told_moved' | 'told_dropped') =>
  command((args) => ({
    kind: 'tell',
    phone: meant(args).instructorPhone,
    said: {
      key,
      values: {
        lesson: withoutInstructor(meantInWords(args)),
        slot: key === 'told_moved' ? slotInWords(args.event.facts) : withoutInstructor(meantInWords(args)),
        student: meant(args).student,
      },
    },
    lessonId: meant(args).id,
    messageType: 'instructor_notice',
  }));

/** The instructor knows who teaches it. */
const withoutInstructor = (words: string) => words.replace(/ with [^,]*$/, '');

const drop = command((args) => ({
  kind: 'drop_lesson',
  lesson: meant(args),
  creditCents: args.event.facts.cost?.creditCents ?? 0,
}));

const slotGone = say('slot_gone', ({ event }) => ({
  slot: slotInWords(event.facts),
  because: refusalInWords(event.facts),
}));

const chooseOffer = [
  { guard: 'slotFree', target: '#moveConfirm', actions: [keepLesson, keepSlot] },
  { guard: 'optionKnown', target: '#moveOffer', actions: [slotGone, keepOffers] },
] as const;

export const change = conversation.createStateConfig({
  initial: 'which',
  states: {
    which: {
      id: 'whichLesson',
      on: { choose_option: [{ guard: 'toDrop', target: '#dropConfirm', actions: [keepLesson] }, ...moving] },
    },
  },
});

export const move = conversation.createStateConfig({
  initial: 'when',
  on: {
    book: moving,
    availability: moving,
    more: moving,
    confirm_no: {
      target: '#idle',
      actions: [say('kept', (args) => ({ lesson: args.event.facts.meant[0] ? meantInWords(args) : 'it' })), forget],
    },
  },
  states: {
    when: { id: 'moveWhen' },
    offer: { id: 'moveOffer', on: { choose_option: chooseOffer, confirm_yes: chooseOffer, stale_answer: moving } },
    confirm: {
      id: 'moveConfirm',
      on: {
        unsure_yes: { actions: [say('plain_yes')] },
        stale_answer: moving,
        confirm_yes: [
          { guard: 'noneMeant', target: '#idle', actions: [say('already_changed'), forget] },
          {
            guard: 'movedFree',
            target: '#idle',
            actions: [
              command((args) => ({
                kind: 'move_lesson',
                lesson: meant(args),
                slot: args.event.facts.slot!,
                holdExpiresAt:
                  meant(args).status === 'pending'
                    ? holdEndsAt(args.event.facts.school.policy, args.event.facts.slot!.startsAt, args.event.now)
                    : null,
              })),
              tellInstructor('told_moved'),
              say(
                (args) => (meant(args).depositStatus === 'confirmed' ? 'moved_with_deposit' : 'moved'),
                ({ event }) => ({ slot: slotInWords(event.facts) }),
              ),
              forget,
            ],
          },
          {
            guard: 'movedAtCost',
            target: '#idle',
            actions: [
              drop,
              tellInstructor('told_dropped'),
              holdSlot,
              say('moved_at_cost', (args) => ({ lesson: meantInWords(args) })),
              say('held', ({ event }) => heldValues(event)),
              forget,
            ],
          },
          { guard: 'someOffers', target: '#moveOffer', actions: [slotGone, keepOffers] },
          { target: '#moveWhen', actions: [slotGone] },
        ],
      },
    },
  },
});

export const dropIt = conversation.createStateConfig({
  initial: 'confirm',
  states: {
    confirm: {
      id: 'dropConfirm',
      on: {
        unsure_yes: { actions: [say('plain_yes')] },
        stale_answer: dropping,
        confirm_yes: [
          { guard: 'noneMeant', target: '#idle', actions: [say('already_changed'), forget] },
          {
            target: '#idle',
            actions: [
              drop,
              tellInstructor('told_dropped'),
              say('dropped', (args) => ({ lesson: meantInWords(args), price: priceInWords(args.event.facts, 'drop') })),
              forget,
            ],
          },
        ],
        confirm_no: {
          target: '#idle',
          actions: [say('kept', (args) => ({ lesson: args.event.facts.meant[0] ? meantInWords(args) : 'it' })), forget],
        },
      },
    },
  },
});
