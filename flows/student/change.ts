import { dollars } from '../../src/domain/labels';
import { sumCents } from '../../src/domain/money';
import { holdEndsAt } from '../../src/domain/policy';
import {
  type Args,
  canBeChanged,
  command,
  conversation,
  type Facts,
  forget,
  heldUnder,
  type LessonFact,
  remember,
  say,
} from '../vocabulary';
import { askedInWords, lessonInWords, momentInWords, refusalInWords, slotInWords } from '../wording';
import { type Action, askedBack, keepOffers, keepRequest, keepSlot } from './book';
import { keepLessons } from './drops';
import { dropped, meant, meantInWords, movedAtCost, tellInstructor } from './given-up';
import { goneValues, noSuchKey, nothingKey } from './gone';
import { pickupOfHand } from './pickup';
import { plainYes } from './plain-yes';

const keepLesson = remember(({ event }) => ({
  lessonId: event.facts.meant[0]?.id ?? null,
  lessonChoices: [],
  toldCents: event.facts.cost?.chargeCents ?? 0,
  unclear: 0,
}));

const keepChoices = (purpose: 'move' | 'drop') =>
  remember(({ event }) => ({
    purpose,
    request: event.heard,
    lessonChoices: changeable(event)
      .slice(0, 4)
      .map((one) => choiceOf(one, event.facts)),
    unclear: 0,
  }));

const choiceOf = (lesson: LessonFact, facts: Facts) => ({ id: lesson.id, words: lessonInWords(lesson, facts) });

/** Those that are left to choose from. */
const narrow = remember(({ event }) => ({
  lessonChoices: changeable(event)
    .slice(0, 4)
    .map((one) => choiceOf(one, event.facts)),
  unclear: 0,
}));

/** Those that the words fit, else all that can be changed. */
const changeable = ({ facts, now }: Args['event']) =>
  facts.meant.length > 0 ? facts.meant : facts.lessons.filter((one) => canBeChanged(one, now));

const toOffice = command(() => ({ kind: 'alert', alert: 'wants another length', detail: '' }));

const noneMeant = [
  { guard: 'isNew', target: '#name', actions: [say('welcome', ({ event }) => ({ school: event.facts.school.name }))] },
  { guard: 'nothingToChange', target: '#idle', actions: [say(nothingKey, goneValues), forget] },
] as const;

/** Where a wish to move leads: which lesson, when, one of the offers, or to be confirmed. The old slot stays meanwhile. */
const movingAfter = (...first: Action[]) =>
  [
    ...noneMeant,
    { guard: 'noneMeant', target: '#whichLesson', actions: [keepChoices('move'), say(noSuchKey, goneValues)] },
    {
      guard: 'otherLength',
      target: '#idle',
      actions: [toOffice, say('length_to_office', ({ event }) => ({ school: event.facts.school.name })), forget],
    },
    { guard: 'sameSlot', target: '#moveWhen', actions: [...first, keepLesson, say('already_then')] },
    { guard: 'severalMeant', target: '#whichLesson', actions: [...first, keepChoices('move')] },
    { guard: 'nothingSaid', target: '#moveWhen', actions: [...first, keepLesson, keepRequest] },
    { guard: 'exactSlot', target: '#moveConfirm', actions: [...first, keepLesson, keepSlot] },
    { guard: 'refusedOffers', target: '#moveOffer', actions: [...first, keepLesson, ...askedBack] },
    { guard: 'someOffers', target: '#moveOffer', actions: [...first, keepLesson, keepOffers] },
    { target: '#moveWhen', actions: [...first, keepLesson, keepRequest, say('none_free')] },
  ] as const;

export const moving = movingAfter();

/** Where a wish to drop leads; the price is told before it happens. */
const droppingAfter = (...first: Action[]) =>
  [
    ...noneMeant,
    { guard: 'noneMeant', target: '#whichLesson', actions: [keepChoices('drop'), say(noSuchKey, goneValues)] },
    { guard: 'allMeant', target: '#dropsConfirm', actions: [...first, keepLessons] },
    { guard: 'severalMeant', target: '#whichLesson', actions: [...first, keepChoices('drop')] },
    { target: '#dropConfirm', actions: [...first, keepLesson] },
  ] as const;

export const dropping = droppingAfter();

const slotGone = say('slot_gone', ({ event }) => ({
  slot: slotInWords(event.facts),
  because: refusalInWords(event.facts),
}));

const movedKey = (args: Args) => {
  const { status, depositStatus } = meant(args);
  if (status === 'pending') return 'moved_held';
  return depositStatus === 'confirmed' ? 'moved_with_deposit' : 'moved';
};

const movedValues = (args: Args) => {
  const { facts } = args.event;
  return {
    slot: slotInWords(facts),
    until: momentInWords(newHoldEnd(args), facts),
    deposit: dollars(sumCents(heldUnder(facts.lessons, meant(args).reference).map((one) => one.depositCents))),
    payid: facts.school.payid,
    reference: meant(args).reference ?? '',
  };
};

/** A hold that moves ends when it would have, or before the new start's notice: moving buys no time to pay. */
const newHoldEnd = (args: Args) => {
  const { facts, now } = args.event;
  return Math.min(meant(args).holdExpiresAt ?? now, holdEndsAt(facts.school.policy, facts.slot!.startsAt, now));
};

const chooseOffer = [
  { guard: 'slotFree', target: '#moveConfirm', actions: [keepLesson, keepSlot] },
  { guard: 'optionKnown', target: '#moveOffer', actions: [slotGone, keepOffers] },
] as const;

/** While it is asked which lesson moves, a time that fits none of them is the one to move it to. */
const newTime = [
  { guard: 'toDrop', actions: [say(noSuchKey, goneValues)] },
  {
    actions: [
      remember(({ event }) => ({ request: event.heard, unclear: 0 })),
      say('to_asked', ({ event }) => ({ asked: askedInWords(event.facts) })),
    ],
  },
] as const;

export const change = conversation.createStateConfig({
  initial: 'which',
  states: {
    which: {
      id: 'whichLesson',
      on: {
        choose_option: [
          { guard: 'manyToDrop', target: '#dropsConfirm', actions: [keepLessons] },
          { guard: 'severalMeant', actions: [narrow] },
          // The one that was chosen went or began meanwhile: no other is meant by that number.
          { guard: 'nothingToChange', target: '#idle', actions: [say('already_changed'), forget] },
          { guard: 'noneMeant', actions: [narrow, say('already_changed')] },
          { guard: 'toDrop', target: '#dropConfirm', actions: [keepLesson] },
          { guard: 'manyToMove', target: '#moveWhen', actions: [keepLesson, keepRequest, say('one_move_at_a_time')] },
          ...moving,
        ],
        book: newTime,
        availability: newTime,
        confirm_no: { target: '#idle', actions: [say('as_it_was'), forget] },
      },
    },
  },
});

export const move = conversation.createStateConfig({
  initial: 'when',
  on: {
    pickup: pickupOfHand,
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
    offer: {
      id: 'moveOffer',
      on: { choose_option: chooseOffer, confirm_yes: chooseOffer, stale_answer: movingAfter(say('too_old_change')) },
    },
    confirm: {
      id: 'moveConfirm',
      on: {
        unsure_yes: { actions: [plainYes] },
        stale_answer: movingAfter(say('too_old_change')),
        confirm_yes: [
          { guard: 'noneMeant', target: '#idle', actions: [say('already_changed'), forget] },
          { guard: 'costsMore', target: '#moveConfirm', actions: [keepLesson, say('price_rose')], reenter: true },
          {
            guard: 'movedFree',
            target: '#idle',
            actions: [
              command((args) => ({
                kind: 'move_lesson',
                lesson: meant(args),
                slot: args.event.facts.slot!,
                holdExpiresAt: meant(args).status === 'pending' ? newHoldEnd(args) : null,
              })),
              tellInstructor('told_moved'),
              say(movedKey, movedValues),
              forget,
            ],
          },
          ...movedAtCost,
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
        pickup: pickupOfHand,
        unsure_yes: { actions: [plainYes] },
        // Another time said now is one to move to, not one more lesson.
        book: moving,
        availability: moving,
        stale_answer: droppingAfter(say('too_old_change')),
        confirm_yes: [
          { guard: 'noneMeant', target: '#idle', actions: [say('already_changed'), forget] },
          { guard: 'costsMore', target: '#dropConfirm', actions: [keepLesson, say('price_rose')], reenter: true },
          { target: '#idle', actions: [...dropped, forget] },
        ],
        confirm_no: {
          target: '#idle',
          actions: [say('kept', (args) => ({ lesson: args.event.facts.meant[0] ? meantInWords(args) : 'it' })), forget],
        },
      },
    },
  },
});
