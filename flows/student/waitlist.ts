import { MINUTE } from '../../src/domain/time';
import { type Args, command, conversation, forget, remember, say } from '../vocabulary';
import { oneLesson, wishInWords, wishLines } from '../wish';
import { askedInWords, clockInWords, offerInWords, refusalInWords, slotInWords } from '../wording';
import { type Action, gone, keepOffers, keepSlot, slotGone, takes, withoutLength } from './book';
import { plainYes } from './plain-yes';

const wish = ({ context, event }: Args) => oneLesson(event.facts.request ?? context.request!);
const join = command((args) => ({ kind: 'join_waitlist', wish: wish(args) }));
const keepWish = remember(({ event }) => ({ request: event.facts.request, waits: true, slot: null, unclear: 0 }));

const listed = say('listed', (args) => ({ wish: wishInWords(wish(args), args.event.facts) }));

/** What is free already, though it was not asked for: the text after may name its time or say YES to it. */
const freeNow = ({ event: { facts } }: Args) => (facts.search?.kind === 'offers' ? facts.search.offers[0]! : null);

const joining = (...first: Action[]) =>
  [
    {
      guard: 'wishHopeless',
      target: '#waitWhen',
      actions: [
        ...first,
        remember(() => ({ waits: true, request: null, slot: null, unclear: 0 })),
        say('not_free', ({ event }) => ({ asked: askedInWords(event.facts), because: refusalInWords(event.facts) })),
      ],
    },
    {
      guard: 'wishNoSuchLength',
      target: '#waitWhen',
      actions: [
        ...first,
        remember(({ event }) => ({ waits: true, request: withoutLength(event.facts.request), slot: null, unclear: 0 })),
        say('no_such_length', ({ event: { facts } }) => ({
          minutes: facts.search?.kind === 'no_such_length' ? facts.search.minutes : 0,
        })),
      ],
    },
    { guard: 'wishThere', target: '#confirm', actions: [...first, forget, keepSlot, say('free_now')] },
    {
      guard: 'wishFree',
      target: '#idle',
      actions: [
        ...first,
        join,
        listed,
        say('free_already', (args) => ({ slot: offerInWords(freeNow(args)!, args.event.facts) })),
        forget,
        remember((args) => ({
          request: args.event.facts.request,
          slot: freeNow(args),
          askedAt: args.event.now,
        })),
      ],
    },
  ] as const;

const joined = (...first: Action[]) => ({ target: '#idle', actions: [...first, join, listed, forget] }) as const;

/** Where a wish to be told leads: asked when, told that it can never be, or written on the list and said in words. */
export const waiting = (...first: Action[]) => {
  const [hopeless, ...others] = joining(...first);
  return [
    { guard: 'wishAsksLearner', target: '#waitLearner', actions: [...first, keepWish] },
    { guard: 'wishOpen', target: '#waitWhen', actions: [...first, keepWish] },
    hopeless,
    ...others,
    { guard: 'isWish', ...joined(...first) },
  ] as const;
};

const mine = ({ event: { facts } }: Args) => wishLines(facts.wishes, facts);

const leave = (ids: (args: Args) => string[]) => command((args) => ({ kind: 'leave_waitlist', ids: ids(args) }));

const leaveOnly = [
  leave(({ event }) => event.facts.wishes.map((one) => one.id)),
  say('left_list', (args) => ({ wish: mine(args)[0]!.words })),
] as const;

const leaveSome = [
  {
    guard: 'onList',
    target: '#waitWhich',
    actions: [remember((args) => ({ wishes: mine(args).slice(0, 5), unclear: 0 }))],
  },
  { actions: [say('not_on_list')] },
] as const;

/** What works anywhere: which wishes there are, and leaving the list; a booking that is under way goes on. */
export const listWords = {
  my_waitlist: [
    {
      guard: 'onList',
      actions: [
        say('my_list', (args) => ({
          wishes: mine(args)
            .slice(0, 5)
            .map((one) => one.words)
            .join('\n'),
        })),
        remember(() => ({ unclear: 0 })),
      ],
    },
    { actions: [say('not_on_list')] },
  ],
  leave_waitlist: [{ guard: 'onListOnce', actions: [...leaveOnly, remember(() => ({ unclear: 0 }))] }, ...leaveSome],
} as const;

const endOffer = (because: 'refused' | 'ignored' | 'passed' | 'gone', id: (args: Args) => string) =>
  command((args) => ({ kind: 'end_offer', offerId: id(args), because }));

const asked = ({ context }: Args) => context.offer!.id;
const spoken = ({ event }: Args) => event.facts.offer!.id;

/** An offer that was asked before keeps its end. */
const offerEnds = ({ event: { facts, now } }: Args) =>
  facts.offer!.expiresAt ?? now + facts.school.policy.waitlistOfferMinutes * MINUTE;

/** At rest: a slot that has opened is offered. */
export const offering = [
  {
    guard: 'offerStands',
    target: '#waitOffered',
    actions: [
      command((args) => ({ kind: 'ask_offer', offerId: spoken(args), expiresAt: offerEnds(args) })),
      say('slot_opened', (args) => ({
        slot: slotInWords(args.event.facts),
        until: clockInWords(offerEnds(args), args.event.facts),
      })),
      remember((args) => {
        const { id, slot, wish: request } = args.event.facts.offer!;
        return { request, slot, offer: { id, slot, wish: request, expiresAt: offerEnds(args) }, unclear: 0 };
      }),
    ],
  },
  { guard: 'offerGone', actions: [endOffer('gone', spoken)] },
  { guard: 'offerLive', actions: [endOffer('passed', spoken)] },
] as const;

/** Anywhere else it could not be asked; one that was asked and is left unanswered passes to the next. */
export const offerPasses = {
  waitlist_offer: [
    { guard: 'offerGone', actions: [endOffer('gone', spoken)] },
    { guard: 'offerLive', actions: [endOffer('passed', spoken)] },
  ],
  waitlist_lapsed: [{ guard: 'offerLive', actions: [endOffer('ignored', spoken)] }],
} as const;

const late = say('offer_late', (args) => ({
  until: clockInWords(args.context.offer!.expiresAt, args.event.facts),
}));
const noOffer = remember(() => ({ offer: null }));

/** A YES after its time: what is still free is asked again as a booking of its own, else the next best, else the list. */
export const lateYes = (...first: Action[]) =>
  [
    { guard: 'slotFree', target: '#confirm', actions: [...first, late, keepSlot, noOffer] },
    ...overtaken(...first),
  ] as const;

/** The slot went first to somebody else: told so, the next best, and the wish stays on the list. */
const overtaken = (...first: Action[]) => {
  const [exact, offers] = gone;
  return [
    { ...exact, actions: [...first, ...exact.actions, say('still_listed'), noOffer] },
    { ...offers, actions: [...first, slotGone, say('still_listed'), keepOffers, noOffer] },
    { target: '#idle', actions: [...first, slotGone, say('still_listed'), forget] },
  ] as const;
};

const noProblem = { target: '#idle', actions: [say('no_problem'), forget] } as const;

export const waitlist = conversation.createStateConfig({
  initial: 'when',
  states: {
    when: {
      id: 'waitWhen',
      on: {
        // Whatever is said of when will do, "any time" too.
        book: [...waiting().slice(0, 1), ...joining(), joined()],
        availability: [...waiting().slice(0, 1), ...joining(), joined()],
        leave_waitlist: [...listWords.leave_waitlist.slice(0, 2), noProblem],
        confirm_no: noProblem,
      },
    },
    // A relation alone is nobody who could be booked for later.
    learner: {
      id: 'waitLearner',
      on: { give_name: [...waiting()], bad_name: { actions: [say('name_please')] }, confirm_no: noProblem },
    },
    ask: {
      id: 'waitAsk',
      on: {
        confirm_yes: joined(),
        confirm_no: noProblem,
      },
    },
    offered: {
      id: 'waitOffered',
      on: {
        confirm_yes: [...takes, ...overtaken(endOffer('gone', asked))],
        unsure_yes: { actions: [plainYes] },
        confirm_no: { target: '#idle', actions: [endOffer('refused', asked), say('offer_refused'), forget] },
        late_yes: lateYes(endOffer('ignored', asked)),
        leave_waitlist: [
          {
            guard: 'onListOnce',
            target: '#idle',
            actions: [...leaveOnly, forget],
          },
          ...leaveSome,
        ],
        waitlist_lapsed: {
          guard: 'thisOffer',
          target: '#idle',
          actions: [endOffer('ignored', spoken), remember(() => ({ slot: null, request: null }))],
        },
      },
    },
    which: {
      id: 'waitWhich',
      on: {
        choose_option: {
          target: '#idle',
          actions: [
            leave(({ context, event }) => chosen(context.wishes, event.heard.option)),
            say(
              ({ context, event }) => (context.wishes[event.heard.option! - 1] ? 'left_list' : 'left_list_all'),
              ({ context, event }) => ({ wish: context.wishes[event.heard.option! - 1]?.words ?? '' }),
            ),
            forget,
          ],
        },
        confirm_no: { target: '#idle', actions: [say('offer_refused'), forget] },
      },
    },
  },
});

/** The number after the last wish stands for all of them. */
const chosen = (wishes: { id: string }[], option = 0) => {
  const one = wishes[option - 1];
  return one ? [one.id] : wishes.map(({ id }) => id);
};
