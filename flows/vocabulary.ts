import { assign, setup } from 'xstate';
import type { Policy } from '../src/domain/policy';
import type { Instant } from '../src/domain/time';
import type ask from './copy/en.json';
import type { Heard, Intent, Role } from './heard';

/** A free start as it is offered; `lessonTypeId` says how long. */
export type Offer = {
  instructorId: string;
  instructor: string;
  lessonTypeId: string;
  startsAt: Instant;
  endsAt: Instant;
};

export type LessonType = {
  id: string;
  name: string;
  durationMinutes: number;
  priceCents: number;
  depositCents: number;
};

export type LessonStatus = 'pending' | 'confirmed' | 'cancelled' | 'in_progress' | 'completed';

/** A lesson with the names that are spoken of it. */
export type LessonFact = {
  id: string;
  studentId: string;
  student: string;
  studentPhone: string;
  suburb: string | null;
  instructorId: string;
  instructor: string;
  instructorPhone: string;
  lessonTypeId: string;
  lessonType: string;
  startsAt: Instant;
  endsAt: Instant;
  status: LessonStatus;
  reason: string | null;
  holdExpiresAt: Instant | null;
  depositCents: number;
  depositStatus: 'pending' | 'confirmed' | 'failed' | null;
  reference: string | null;
};

/** Why a start that was asked for is not to be had. */
export type Refusal =
  | 'past'
  | 'too_soon'
  | 'too_far'
  | 'outside_hours'
  | 'closed'
  | 'taken'
  | 'time_off'
  | 'weekly_cap'
  | 'off_grid';

/** What the diary answers to a request. */
export type Search =
  | { kind: 'open' }
  | { kind: 'no_such_length'; minutes: number }
  | { kind: 'exact'; slot: Offer }
  | { kind: 'offers'; offers: Offer[]; because: Refusal | null }
  | { kind: 'none'; because: Refusal | null };

/** What a code that was typed amounts to, decided with the key that the flows never see. */
export type CodeCheck =
  | { kind: 'right'; eventId: string; lesson: LessonFact }
  | { kind: 'wrong'; eventId: string; lesson: LessonFact; guessesLeft: number }
  | { kind: 'ended'; lesson: LessonFact }
  | { kind: 'none_open' };

export type Person = { id: string; name: string; phone: string };

/** All that a step may know. Loaded once, under the locks that the step's commands need. */
export type Facts = {
  school: { id: string; name: string; zone: string; phone: string; ownerPhone: string; payid: string; policy: Policy };
  role: Role;
  /** The text itself, for the office; empty for an event. Never stored or logged. */
  words: string;
  student: Person | null;
  instructor: Person | null;
  instructors: Person[];
  lessonTypes: LessonType[];
  /** The speaker's own lessons that are live or lie ahead, earliest first. */
  lessons: LessonFact[];
  /** The lesson of which an event speaks. */
  lesson: LessonFact | null;
  /** The request as it stands with what was just heard, and the diary's answer. */
  request: Heard | null;
  lessonType: LessonType | null;
  search: Search | null;
  /** The slot that is about to be confirmed or was chosen, and whether it is still free. */
  slot: Offer | null;
  slotRefusal: Refusal | null;
  code: CodeCheck | null;
  /** The lesson that may be started now, and whether a new code for it is allowed. */
  startable: LessonFact | null;
  codeAllowed: boolean;
  /** Chance, drawn before the step. */
  fresh: { lessonId: string; reference: string };
  /** An instructor's lessons on the day or days asked for. */
  schedule: { from: Instant; to: Instant; lessons: LessonFact[] } | null;
  /** The one lesson that an instructor means by a name, or by "start" or "done" alone. */
  named: LessonFact | null;
};

/** What happens to a conversation without a text. */
export const EVENT_KINDS = [
  'deposit_landed',
  'hold_ended',
  'code_due',
  'lesson_over',
  'no_code_by_now',
  'lesson_finished',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export type FlowEvent = {
  type: Intent | EventKind | 'stale_answer' | 'question';
  heard: Heard;
  /** All readings when a person would have to ask which. */
  readings: Heard[];
  facts: Facts;
  now: Instant;
};

/** What a conversation remembers; small, plain JSON, readable in SQL. */
export type Memory = {
  request: Heard | null;
  offers: Offer[];
  /** Starts shown before, so that MORE brings others: `instructorId@startsAt`. */
  shown: string[];
  slot: Offer | null;
  choices: Heard[];
  /** How many texts in a row were not understood. */
  unclear: number;
  /** When the question that stands was asked. */
  askedAt: Instant;
};

export const NOTHING_REMEMBERED: Memory = {
  request: null,
  offers: [],
  shown: [],
  slot: null,
  choices: [],
  unclear: 0,
  askedAt: 0,
};

export type Copy = typeof ask;
export type SayKey = keyof Copy['say'];
export type AskKey = keyof Copy['ask'];
export type Values = Record<string, string | number>;
export type Said = { key: SayKey; values: Values };

/** The earliest lesson whose deposit is still to come. */
export const openDeposit = (facts: Facts) =>
  facts.lessons.find((lesson) => lesson.status === 'pending' && lesson.depositStatus === 'pending') ?? null;

/** What is to be done, all in the transaction of the turn. */
export type Command =
  | { kind: 'register_student'; name: string }
  | {
      kind: 'hold_lesson';
      slot: Offer;
      lessonId: string;
      reference: string;
      holdExpiresAt: Instant;
      depositCents: number;
    }
  | { kind: 'book_lesson'; slot: Offer; lessonId: string }
  | { kind: 'end_hold'; lessonId: string }
  | { kind: 'send_code'; lesson: LessonFact }
  | { kind: 'count_guess'; eventId: string }
  | { kind: 'start_lesson'; lesson: LessonFact; by: 'code' | 'instructor'; eventId: string | null }
  | { kind: 'complete_lesson'; lesson: LessonFact; note: string | null }
  | { kind: 'tell'; phone: string; said: Said; lessonId: string | null; messageType: string }
  | { kind: 'hand_off'; why: string }
  | { kind: 'alert'; alert: string; detail: string }
  | { kind: 'opt_out' }
  | { kind: 'opt_in' };

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
    isNew: ({ event }) => event.facts.student === null,
    twoReadings: ({ event }) => event.readings.length > 1,
    nothingSaid: ({ event }) => event.facts.search?.kind === 'open',
    noSuchLength: ({ event }) => event.facts.search?.kind === 'no_such_length',
    exactSlot: ({ event }) => event.facts.search?.kind === 'exact',
    refusedOffers: ({ event }) => event.facts.search?.kind === 'offers' && event.facts.search.because !== null,
    someOffers: ({ event }) => event.facts.search?.kind === 'offers',
    optionKnown: ({ event }) => event.facts.slot !== null,
    slotFree: ({ event }) => event.facts.slot !== null && event.facts.slotRefusal === null,
    choicesKept: ({ context }) => context.choices.length > 1,
    freeWithoutDeposit: ({ event }) =>
      event.facts.slot !== null && event.facts.slotRefusal === null && event.facts.lessonType?.depositCents === 0,
    unclearOnce: ({ context }) => context.unclear === 0,
    unclearTwice: ({ context }) => context.unclear === 1,
    hasLessons: ({ event }) => event.facts.lessons.length > 0,
    codeRight: ({ event }) => event.facts.code?.kind === 'right',
    codeWrong: ({ event }) => event.facts.code?.kind === 'wrong' && event.facts.code.guessesLeft > 0,
    codeSpent: ({ event }) => event.facts.code?.kind === 'wrong',
    codeEnded: ({ event }) => event.facts.code?.kind === 'ended',
    codeDue: ({ event }) => event.facts.startable !== null && event.facts.codeAllowed,
    codeLimit: ({ event }) => event.facts.startable !== null,
    underWay: ({ event }) => event.facts.lessons.some((lesson) => lesson.status === 'in_progress'),
    holdJustEnded: ({ event }) =>
      event.facts.lesson?.status === 'cancelled' && event.facts.lesson.reason === 'hold_expired',
    comingLesson: ({ event }) => event.facts.lessons.some((lesson) => lesson.startsAt > event.now),
    depositOpen: ({ event }) => openDeposit(event.facts) !== null,
    nameMatches: ({ event }) => event.facts.named !== null,
    lessonPending: ({ event }) => event.facts.lesson?.status === 'pending',
    lessonConfirmed: ({ event }) => event.facts.lesson?.status === 'confirmed',
    lessonInProgress: ({ event }) => event.facts.lesson?.status === 'in_progress',
    hasSchedule: ({ event }) => (event.facts.schedule?.lessons.length ?? 0) > 0,
    hasPerson: ({ event }) => event.facts.instructor !== null,
  },
});

/** `say('thanks', ...)`: a sentence of the reply, by its copy key. */
export const say = (key: SayKey, values: (args: Args) => Values = () => ({})) =>
  ({ type: 'say', params: (args: Args) => ({ key, values: values(args) }) }) as const;

/** `command(...)`: something to be written, built from what is known now. */
export const command = (build: (args: Args) => Command) => ({ type: 'command', params: build }) as const;

/** `remember(...)`: keep these until they are forgotten. */
export const remember = (kept: (args: Args) => Partial<Memory>) => ({ type: 'remember', params: kept }) as const;

export const forget = { type: 'forget' } as const;
