import { assign, setup } from 'xstate';
import type { Instant } from '../src/domain/time';
import { askGuards } from './ask-guards';
import type { Command, Said, SayKey, Values } from './commands';
import type { Facts } from './facts';
import { canBeChanged, heldUnder, isFree, openDeposit } from './facts';
import type { Heard, Intent } from './heard';
import { assignGuards } from './instructor/assign-guards';
import { offGuards } from './instructor/off-guards';
import { scheduleGuards } from './instructor/schedule-guards';
import { lateGuards } from './late-guards';
import { type Memory, NOTHING_REMEMBERED, type Parked } from './memory';
import { pickupGuards } from './pickup-guards';
import { severalGuards } from './several-guards';
import { waitlistGuards } from './waitlist-guards';
import { waiveGuards } from './waive-guards';

export type * from './commands';
export type * from './facts';
export { NOTHING_REMEMBERED } from './memory';
export type * from './waivable';
export type { Memory, Parked };
export { canBeChanged, heldUnder, openDeposit };

/** What happens to a conversation without a text. */
export const EVENT_KINDS = [
  'deposit_landed',
  'hold_ended',
  'code_due',
  'lesson_over',
  'no_code_by_now',
  'lesson_finished',
  'waitlist_offer',
  'waitlist_lapsed',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** "am i on the list", "take me off the list"; a YES to an offer that has ended. */
export type WaitlistWords = 'my_waitlist' | 'leave_waitlist' | 'late_yes';

export type FlowEvent = {
  type: Intent | EventKind | 'stale_answer' | 'unsure_yes' | 'question' | 'bad_name' | 'never_mind' | WaitlistWords;
  heard: Heard;
  /** All readings when a person would have to ask which. */
  readings: Heard[];
  facts: Facts;
  now: Instant;
};

export type Args = { context: Memory; event: FlowEvent };

/** The one vocabulary of every machine: guards are asked by name, actions are only these four. */
export const conversation = setup({
  types: { context: {} as Memory, events: {} as FlowEvent },
  actions: {
    say: (_, _said: Said) => {},
    command: (_, _command: Command) => {},
    remember: assign((_, kept: Partial<Memory>) => kept),
    forget: assign(() => ({ ...NOTHING_REMEMBERED })),
  },
  guards: {
    ...waitlistGuards,
    ...severalGuards,
    isNew: ({ event }) => event.facts.student === null,
    twoReadings: ({ event }) => event.readings.length > 1,
    nothingSaid: ({ event }) => event.facts.search?.kind === 'open',
    noSuchLength: ({ event }) => event.facts.search?.kind === 'no_such_length',
    exactSlot: ({ event }) => event.facts.search?.kind === 'exact',
    refusedOffers: ({ event }) => event.facts.search?.kind === 'offers' && event.facts.search.because !== null,
    someOffers: ({ event }) => event.facts.search?.kind === 'offers',
    optionKnown: ({ event }) => event.facts.slot !== null,
    slotFree: ({ event }) => isFree(event.facts),
    goneButExact: ({ event }) => isGone(event.facts) && event.facts.search?.kind === 'exact',
    goneButOffers: ({ event }) => isGone(event.facts) && event.facts.search?.kind === 'offers',
    severalNamed: ({ event }) => event.facts.alsoNamed.length > 1,
    choicesKept: ({ context }) => context.choices.length > 1,
    freeWithoutDeposit: ({ event }) => isFree(event.facts) && event.facts.lessonType?.depositCents === 0,
    freeAndCredit: ({ event }) =>
      isFree(event.facts) && event.facts.creditCents >= (event.facts.lessonType?.depositCents ?? 0),
    nothingToChange: ({ event }) => !event.facts.lessons.some((one) => canBeChanged(one, event.now)),
    noneMeant: ({ event }) => event.facts.meant.length === 0,
    severalMeant: ({ event }) => event.facts.meant.length > 1,
    otherLength: ({ event }) => wantsOtherLength(event),
    sameSlot: ({ event }) => isSameSlot(event.facts),
    toDrop: ({ context }) => context.purpose === 'drop',
    costsMore: ({ context, event }) =>
      event.facts.meant.length === 1 && (event.facts.cost?.chargeCents ?? 0) > context.toldCents,
    movedFree: ({ event }) =>
      isFree(event.facts) && event.facts.meant.length === 1 && event.facts.cost?.chargeCents === 0,
    ...pickupGuards,
    ...askGuards,
    unclearOnce: ({ context }) => context.unclear === 0,
    unclearTwice: ({ context }) => context.unclear === 1,
    hasLessons: ({ event }) => event.facts.lessons.length > 0,
    codeRight: ({ event }) => event.facts.code?.kind === 'right',
    codeWrong: ({ event }) => event.facts.code?.kind === 'wrong' && event.facts.code.guessesLeft > 0,
    codeSpent: ({ event }) => event.facts.code?.kind === 'wrong',
    codeEnded: ({ event }) => event.facts.code?.kind === 'ended',
    codeDue: ({ event }) => event.facts.startable.length > 0 && event.facts.codeAllowed,
    codeLimit: ({ event }) => event.facts.startable.length > 0,
    underWay: ({ event }) => event.facts.lessons.some((lesson) => lesson.status === 'in_progress'),
    holdJustEnded: ({ event }) =>
      event.facts.lesson?.status === 'cancelled' && event.facts.lesson.reason === 'hold_expired',
    depositOpen: ({ event }) => openDeposit(event.facts) !== null,
    nameMatches: ({ event }) => event.facts.named !== null,
    rebookable: ({ event }) => event.facts.lesson !== null && isFree(event.facts),
    lessonPending: ({ event }) => event.facts.lesson?.status === 'pending',
    lessonConfirmed: ({ event }) => event.facts.lesson?.status === 'confirmed',
    lessonInProgress: ({ event }) => event.facts.lesson?.status === 'in_progress',
    ...scheduleGuards,
    ...assignGuards,
    ...offGuards,
    ...lateGuards,
    ...waiveGuards,
  },
});

const wantsOtherLength = ({ facts, heard }: FlowEvent) => {
  const [lesson] = facts.meant;
  const minutes = lesson ? (lesson.endsAt - lesson.startsAt) / 60_000 : null;
  return facts.meant.length === 1 && heard.durationMinutes !== undefined && heard.durationMinutes !== minutes;
};

const isSameSlot = ({ meant: [lesson], search }: Facts) =>
  search?.kind === 'exact' &&
  search.slot.startsAt === lesson?.startsAt &&
  search.slot.instructorId === lesson.instructorId;

const isGone = (facts: Facts) => facts.slot !== null && facts.slotRefusal !== null;

/** `say('thanks', ...)`: a sentence of the reply, by its copy key. */
export const say = (key: SayKey | ((args: Args) => SayKey), values: (args: Args) => Values = () => ({})) =>
  ({
    type: 'say',
    params: (args: Args) => ({ key: typeof key === 'string' ? key : key(args), values: values(args) }),
  }) as const;

/** `command(...)`: something to be written, built from what is known now. */
export const command = (build: (args: Args) => Command) => ({ type: 'command', params: build }) as const;

/** `remember(...)`: keep these until they are forgotten. */
export const remember = (kept: (args: Args) => Partial<Memory>) => ({ type: 'remember', params: kept }) as const;

export const forget = { type: 'forget' } as const;
