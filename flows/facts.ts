import type { CancellationCost } from '../src/domain/money';
import type { Policy } from '../src/domain/policy';
import type { Instant } from '../src/domain/time';
import type { Whereabouts } from '../src/domain/travel';
import type { Heard, Role } from './heard';
import type { AssignFact, LateFact, OffFact, ScheduleFact, StudentLateFact } from './instructor-facts';

export type * from './instructor-facts';

import type { WaiveFact } from './waivable';

/** A free start as it is offered; `lessonTypeId` says how long. */
export type Offer = {
  instructorId: string;
  instructor: string;
  lessonTypeId: string;
  startsAt: Instant;
  endsAt: Instant;
  /** Who it is for, when not the holder of the phone. */
  learner?: SlotLearner;
};

/** Someone who learns on another's phone; `id` is null until a lesson is booked for them. */
export type SlotLearner = { id: string | null; name: string };

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
  /** Whose lesson it is, when not the phone's holder: then `student` is their name too. */
  learnerId: string | null;
  learner: string | null;
  suburb: string | null;
  /** Where the student is picked up for it, when that was said. */
  pickup: string | null;
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
  priceCents: number;
  depositCents: number;
  depositStatus: 'pending' | 'confirmed' | 'failed' | null;
  reference: string | null;
  /** The student has answered the reminder of it, as it stands. */
  attending: boolean;
};

/** What a student waits for: when as it was heard, in the order of entry. */
export type Wish = {
  id: string;
  studentId: string;
  lessonTypeId: string;
  instructorId: string | null;
  wish: Heard;
  createdAt: Instant;
};

/** A freed slot that is meant for one who waits, or was. */
export type OfferFact = {
  id: string;
  slot: Offer;
  wish: Heard;
  /** The wish still waits. */
  waiting: boolean;
  status: 'planned' | 'asked' | 'taken' | 'refused' | 'ignored' | 'passed' | 'gone';
  expiresAt: Instant | null;
};

/** Why a start that was asked for is not to be had. */
export type Refusal =
  | 'past'
  | 'too_soon'
  | 'no_time_to_pay'
  | 'too_far'
  | 'outside_hours'
  | 'closed'
  | 'taken'
  | 'time_off'
  | 'weekly_cap'
  | 'off_grid'
  /** The student has another lesson then. */
  | 'yours';

/** What the diary answers to a request. */
export type Search =
  | { kind: 'open' }
  | { kind: 'no_such_length'; minutes: number }
  | { kind: 'exact'; slot: Offer }
  | { kind: 'offers'; offers: Offer[]; because: Refusal | null }
  | { kind: 'none'; because: Refusal | null }
  /** It has to be asked for whom, what they are called, at what time, for how long a series. */
  | { kind: 'who' }
  | { kind: 'learner_name' }
  | { kind: 'what_time' }
  | { kind: 'how_many'; max: number }
  /** Several lessons: those that can be had, and what stands in the way of the others. */
  | { kind: 'list'; offers: Offer[]; clashes: Clash[] };

/** One of several lessons that is not to be had. */
export type Clash = { startsAt: Instant; learner: string | null; because: Refusal };

/** What a code that was typed amounts to, decided with the key that the flows never see. */
export type CodeCheck =
  | { kind: 'right'; eventId: string; lesson: LessonFact }
  /** A guess at every code that is open on this phone. */
  | { kind: 'wrong'; eventIds: string[]; lesson: LessonFact; guessesLeft: number }
  | { kind: 'ended'; lesson: LessonFact }
  | { kind: 'none_open' };

export type Person = { id: string; name: string; phone: string };

/** Where a student has just asked to be picked up, and for which lessons: those, all from now on, or to be asked. */
export type PickupFact = {
  place: string;
  mode: 'once' | 'always' | 'ask';
  lessons: LessonFact[];
  /** The lesson that the instructor could not reach then from the one before, or from which not the one after. */
  clash: LessonFact | null;
};

/** What a student owes for a late drop, and the reference to pay it with. */
export type Owing = { owingCents: number; startsAt: Instant; reference: string | null };

/** All that a step may know. Loaded once, under the locks that the step's commands need. */
export type Facts = {
  school: {
    id: string;
    name: string;
    zone: string;
    state: string;
    phone: string;
    ownerPhone: string;
    payid: string;
    policy: Policy;
  };
  role: Role;
  /** The text itself, for the office; empty for an event. Never stored or logged. */
  words: string;
  student: (Person & Whereabouts) | null;
  /** Others who learn on this phone, as they came; and whether its holder has ever had a lesson. */
  learners: { id: string; name: string }[];
  holderLearns: boolean;
  instructor: Person | null;
  instructors: Person[];
  lessonTypes: LessonType[];
  /** The speaker's own lessons that are live or lie ahead, earliest first. */
  lessons: LessonFact[];
  /** Lessons that may be moved or dropped and that the words fit; one when it is clear which. */
  meant: LessonFact[];
  /** What dropping or moving the one that is meant costs now. */
  cost: CancellationCost | null;
  /** The lesson whose dropping was asked the price of; `cost` is what it costs now. */
  dropAsked: LessonFact | null;
  /** The same of each of several that are to be dropped. */
  costs: CancellationCost[];
  pickup: PickupFact | null;
  /** The lesson that was meant and that can no longer be changed: begun, over or given up. */
  gone: LessonFact | null;
  owing: Owing[];
  /** The next days on which the school is closed by its policy. */
  closedDates: string[];
  /** Lessons completed so far. */
  done: { lessons: number; minutes: number } | null;
  /** What the student has with the school. */
  creditCents: number;
  /** The lesson of which an event speaks. */
  lesson: LessonFact | null;
  /** The lessons of which it speaks as well: paid by the same payment, or held until the same moment under one reference. */
  together: LessonFact[];
  /** The request as it stands with what was just heard, and the diary's answer. */
  request: Heard | null;
  lessonType: LessonType | null;
  search: Search | null;
  /** The slot that is about to be confirmed or was chosen, and whether it is still free. */
  slot: Offer | null;
  slotRefusal: Refusal | null;
  code: CodeCheck | null;
  /** The lessons that may be started now (one for each learner), and whether new codes for them are allowed. */
  startable: LessonFact[];
  codeAllowed: boolean;
  /** What the student waits for; loaded when the words are about the list. */
  wishes: Wish[];
  /** What is wished for can never be met: closed then, outside hours, past. */
  hopeless: boolean;
  /** The waitlist's offer of which an event speaks. */
  offer: OfferFact | null;
  /** The text was written before the question that stands went out, when another stood. */
  crossed: boolean;
  /** We may put a question of our own on this phone. */
  mayAsk: boolean;
  /** Chance, drawn before the step. */
  fresh: { lessonId: string; reference: string };
  schedule: ScheduleFact | null;
  assign: AssignFact | null;
  off: OffFact | null;
  late: LateFact | null;
  studentLate: StudentLateFact | null;
  waive: WaiveFact | null;
  /** The one lesson that an instructor means by a name, or by "start" or "done" alone. */
  named: LessonFact | null;
  /** All that the words fit, when it is not clear which one. */
  alsoNamed: LessonFact[];
};

/** Lessons that are held, unpaid, under one reference: what is asked for them is paid in one sum. */
export const heldUnder = (lessons: readonly LessonFact[], reference: string | null): LessonFact[] =>
  lessons.filter((one) => one.status === 'pending' && one.depositStatus === 'pending' && one.reference === reference);

/** The earliest lesson whose deposit is still to come. */
export const openDeposit = (facts: Facts) =>
  facts.lessons.find((lesson) => lesson.status === 'pending' && lesson.depositStatus === 'pending') ?? null;

/** A lesson can be moved or dropped until it begins. */
export const canBeChanged = ({ status, startsAt }: LessonFact, now: Instant) =>
  (status === 'pending' || status === 'confirmed') && startsAt > now;

/** The slot of which this step speaks is there to be had. */
export const isFree = (facts: Facts) => facts.slot !== null && facts.slotRefusal === null;

/** The lesson in hand, else the next one. */
export const lessonSpokenOf = ({ meant, lessons }: Facts) => (meant.length === 1 ? meant[0] : lessons[0]);
