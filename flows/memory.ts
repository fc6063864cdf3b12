import type { WorkingHours } from '../src/domain/slots';
import type { Instant, Span } from '../src/domain/time';
import type { Offer } from './facts';
import type { Heard } from './heard';

/** What a conversation remembers; small, plain JSON, readable in SQL. */
export type Memory = {
  request: Heard | null;
  offers: Offer[];
  /** Starts shown before, so that MORE brings others: `instructorId@startsAt`. */
  shown: string[];
  slot: Offer | null;
  /** Several lessons that are to be confirmed as they were listed. */
  list: Offer[];
  choices: Heard[];
  /** The lesson that is being moved or dropped; or the ones of which one has to be chosen, and for what. */
  lessonId: string | null;
  lessonChoices: { id: string; words: string }[];
  /** Several lessons that are to be dropped together. */
  lessonIds: string[];
  purpose: 'move' | 'drop';
  /** The price of the move or drop as it was told; a dearer one is told first. */
  toldCents: number;
  /** The request in hand is a wish for the waitlist. */
  waits: boolean;
  /** Wishes of which one is to be chosen. */
  wishes: { id: string; words: string }[];
  /** The waitlist's offer that was asked last on this phone, also when its time is over. */
  offer: { id: string; slot: Offer; wish: Heard; expiresAt: Instant } | null;
  /** Whom an instructor or the owner books for; several while it is asked who. */
  students: { key: string; name: string }[];
  /** Time off, or the week's hours, that is to be confirmed, with the lessons that were told to lie in it. */
  off: Span[];
  week: WorkingHours[] | null;
  hit: string[];
  /** The late notice that is to be let go, as it was asked. */
  waive: { chargeId: string; phone: string; words: Record<string, string> } | null;
  /** The question that ours interrupted after it had been left; asked again afterwards. */
  parked: Parked | null;
  /** Where to be picked up for the lesson in hand, or as it is being asked about. */
  pickup: string | null;
  /** How many texts in a row were not understood. */
  unclear: number;
  /** When the question that stands was asked. */
  askedAt: Instant;
  /** A YES that was on its way before this question went out counts for nothing: it came in place of another, or costs more. */
  replaced: boolean;
};

export type Parked = { value: unknown; memory: Memory };

export const NOTHING_REMEMBERED: Memory = {
  request: null,
  offers: [],
  shown: [],
  slot: null,
  list: [],
  choices: [],
  lessonId: null,
  lessonChoices: [],
  lessonIds: [],
  purpose: 'move',
  toldCents: 0,
  waits: false,
  wishes: [],
  offer: null,
  students: [],
  off: [],
  week: null,
  hit: [],
  waive: null,
  parked: null,
  pickup: null,
  unclear: 0,
  askedAt: 0,
  replaced: false,
};
