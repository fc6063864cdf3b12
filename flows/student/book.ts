import { dollars } from '../../src/domain/labels';
import { holdEndsAt } from '../../src/domain/policy';
import type { Instant } from '../../src/domain/time';
import type { Heard } from '../heard';
import { peopleOf } from '../people';
import { type Args, command, conversation, forget, remember, say } from '../vocabulary';
import { askedInWords, momentInWords, offerKey, refusalInWords, slotInWords } from '../wording';
import { keepList, listNote } from './listing';
import { pickupInHand } from './pickup';
import { plainYes } from './plain-yes';

export type Action = ReturnType<typeof say> | ReturnType<typeof command> | ReturnType<typeof remember> | typeof forget;

export const keepRequest = remember(({ event }) => ({ request: event.facts.request, slot: null, unclear: 0 }));
export const keepOffers = remember(({ context, event }) => {
  const offers = event.facts.search?.kind === 'offers' ? event.facts.search.offers : [];
  return {
    request: event.facts.request,
    offers,
    slot: null,
    unclear: 0,
    shown: [...context.shown, ...offers.map(offerKey)].slice(-60),
  };
});
export const keepSlot = remember(({ event }) => ({
  request: event.facts.request,
  slot: event.facts.search?.kind === 'exact' ? event.facts.search.slot : event.facts.slot,
  unclear: 0,
}));

/** What was asked is not to be had: why, and the nearest. */
export const askedBack = [
  remember(() => ({ shown: [] })),
  keepOffers,
  say('not_free', ({ event }) => ({ asked: askedInWords(event.facts), because: refusalInWords(event.facts) })),
] as const;

/** Where a request leads: asked back, offered, or to be confirmed; `first` is said and done before. */
export const booking = (...first: Action[]) =>
  [
    {
      guard: 'twoReadings',
      target: '#which',
      actions: [...first, keepRequest, remember(({ event }) => ({ choices: event.readings.slice(0, 3) }))],
    },
    { guard: 'nothingSaid', target: '#when', actions: [...first, keepRequest] },
    {
      guard: 'noSuchLength',
      target: '#length',
      actions: [
        ...first,
        remember(({ event }) => ({ request: withoutLength(event.facts.request), unclear: 0 })),
        say('no_such_length', ({ event: { facts } }) => ({
          minutes: facts.search?.kind === 'no_such_length' ? facts.search.minutes : 0,
        })),
      ],
    },
    {
      guard: 'asksWho',
      target: '#who',
      actions: [...first, keepRequest, remember(({ event }) => ({ choices: peopleOf(event.facts) }))],
    },
    { guard: 'asksLearnerName', target: '#learnerName', actions: [...first, keepRequest] },
    { guard: 'asksTime', target: '#whatTime', actions: [...first, keepRequest] },
    { guard: 'asksHowMany', target: '#howMany', actions: [...first, keepRequest] },
    { guard: 'someOfList', target: '#listConfirm', actions: [...first, listNote, keepList] },
    { guard: 'noneOfList', target: '#when', actions: [...first, listNote, say('none_of_list'), keepRequest] },
    { guard: 'exactSlot', target: '#confirm', actions: [...first, keepSlot] },
    {
      guard: 'refusedOffers',
      target: '#offer',
      actions: [...first, ...askedBack],
    },
    { guard: 'someOffers', target: '#offer', actions: [...first, remember(() => ({ shown: [] })), keepOffers] },
    { guard: 'couldWait', target: '#waitAsk', actions: [...first, keepRequest, say('none_free')] },
    { target: '#when', actions: [...first, keepRequest, say('none_free')] },
  ] as const;

export const slotGone = say('slot_gone', ({ event }) => ({
  slot: slotInWords(event.facts),
  because: refusalInWords(event.facts),
}));

/** The slot went while it was being confirmed: somebody else at that very time, other times, or nothing near. */
export const gone = [
  {
    guard: 'goneButExact',
    target: '#confirm',
    actions: [
      slotGone,
      remember(({ event }) => ({ slot: event.facts.search?.kind === 'exact' ? event.facts.search.slot : null })),
    ],
  },
  { guard: 'goneButOffers', target: '#offer', actions: [slotGone, keepOffers] },
  { guard: 'optionKnown', target: '#when', actions: [slotGone, remember(() => ({ offers: [], slot: null }))] },
] as const;

const chooseOffer = [{ guard: 'slotFree', target: '#confirm', actions: [keepSlot] }, ...gone] as const;

/** Held until then for its deposit. */
export const holdingUntil = (until: (args: Args) => Instant) =>
  command((args) => ({
    kind: 'hold_lesson',
    slot: args.event.facts.slot!,
    lessonId: args.event.facts.fresh.lessonId,
    reference: args.event.facts.fresh.reference,
    holdExpiresAt: until(args),
    depositCents: args.event.facts.lessonType!.depositCents,
    pickup: args.context.pickup,
  }));

export const holdSlot = holdingUntil(({ event: { facts, now } }) =>
  holdEndsAt(facts.school.policy, facts.slot!.startsAt, now),
);

export const bookSlot = (creditCents: (args: Args) => number) =>
  command((args) => ({
    kind: 'book_lesson',
    slot: args.event.facts.slot!,
    lessonId: args.event.facts.fresh.lessonId,
    reference: args.event.facts.fresh.reference,
    creditCents: creditCents(args),
    pickup: args.context.pickup,
  }));

/** A YES to the slot in hand while it is free: booked, by credit too, or held until the deposit comes. */
export const takes = [
  {
    guard: 'freeWithoutDeposit',
    target: '#idle',
    actions: [bookSlot(() => 0), say('booked', ({ event }) => ({ slot: slotInWords(event.facts) })), forget],
  },
  {
    guard: 'freeAndCredit',
    target: '#idle',
    actions: [
      bookSlot(({ event }) => event.facts.lessonType!.depositCents),
      say('booked_with_credit', ({ event }) => ({
        slot: slotInWords(event.facts),
        deposit: dollars(event.facts.lessonType!.depositCents),
      })),
      forget,
    ],
  },
  {
    guard: 'slotFree',
    target: '#idle',
    actions: [holdSlot, say('held', ({ event }) => heldValues(event)), forget],
  },
] as const;

export const taken = [...takes, ...gone] as const;

/** "never mind": the booking is let go, politely. */
const leave = { target: '#idle', actions: [say('no_problem'), forget] } as const;

/** Asked when, offered, confirmed, held: nothing is booked without a YES to weekday, date and time. */
export const book = conversation.createStateConfig({
  initial: 'when',
  on: { pickup: pickupInHand },
  states: {
    when: { id: 'when', on: { confirm_no: leave } },
    length: { id: 'length', on: { confirm_no: leave } },
    which: {
      id: 'which',
      on: {
        choose_option: [...booking(remember(() => ({ choices: [] })))],
        confirm_no: { target: 'when', actions: [forget] },
      },
    },
    who: { id: 'who', on: { choose_option: [...booking(remember(() => ({ choices: [] })))] } },
    learner: {
      id: 'learnerName',
      on: { give_name: [...booking()], bad_name: { actions: [say('name_please')] } },
    },
    offer: {
      id: 'offer',
      on: {
        choose_option: [...chooseOffer],
        confirm_yes: [...chooseOffer],
        stale_answer: [...booking(say('too_old'))],
        never_mind: leave,
        confirm_no: [
          { guard: 'nothingSuits', target: '#waitAsk', actions: [remember(() => ({ offers: [], unclear: 0 }))] },
          { target: 'when', actions: [remember(() => ({ offers: [], unclear: 0 }))] },
        ],
        more: [
          { guard: 'someOffers', target: 'offer', actions: [keepOffers], reenter: true },
          { target: 'when', actions: [say('no_more')] },
        ],
      },
    },
    confirm: {
      id: 'confirm',
      on: {
        confirm_yes: taken,
        unsure_yes: { target: 'confirm', reenter: true, actions: [plainYes] },
        stale_answer: [...booking(say('too_old'))],
        confirm_no: { target: 'when', actions: [say('no_problem'), forget] },
      },
    },
  },
});

function heldValues({ facts, now }: Args['event']) {
  return {
    until: momentInWords(holdEndsAt(facts.school.policy, facts.slot!.startsAt, now), facts),
    deposit: dollars(facts.lessonType!.depositCents),
    payid: facts.school.payid,
    reference: facts.fresh.reference,
  };
}

export function withoutLength(request: Heard | null): Heard | null {
  if (!request) return null;
  const { durationMinutes: _, ...rest } = request;
  return rest;
}
