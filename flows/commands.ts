import type { Delayed } from '../src/domain/running-late';
import type { WorkingHours } from '../src/domain/slots';
import type { Instant, Span } from '../src/domain/time';
import type ask from './copy/en.json';
import type { LessonFact, Offer } from './facts';
import type { Heard } from './heard';
import type { Waivable } from './waivable';

export type Copy = typeof ask;
export type SayKey = keyof Copy['say'];
export type AskKey = keyof Copy['ask'];
export type Values = Record<string, string | number>;
export type Said = { key: SayKey; values: Values };

/** What is to be done, all in the transaction of the turn. */
export type Command =
  /** `learners`: who the first request was for, when not the holder of the phone. */
  | { kind: 'register_student'; name: string; learners: string[] }
  | {
      kind: 'hold_lesson';
      slot: Offer;
      lessonId: string;
      reference: string;
      holdExpiresAt: Instant;
      depositCents: number;
      pickup?: string | null;
    }
  /** Booked at once: nothing is to be paid first, or `creditCents` of the student's credit pays the deposit. */
  | {
      kind: 'book_lesson';
      slot: Offer;
      lessonId: string;
      reference: string;
      creditCents: number;
      pickup?: string | null;
    }
  /** Several at once, all or none. Those without an expiry are booked: for nothing, or credit pays their deposits. One reference for the others. */
  | {
      kind: 'book_list';
      lessons: { slot: Offer; holdExpiresAt: Instant | null }[];
      reference: string;
      depositCents: number;
      pickup?: string | null;
    }
  | { kind: 'move_lesson'; lesson: LessonFact; slot: Offer; holdExpiresAt: Instant | null }
  /** What it costs by the policy now is written with it, as it was told. */
  | { kind: 'drop_lesson'; lesson: LessonFact }
  | { kind: 'drop_lessons'; lessons: LessonFact[] }
  | { kind: 'end_hold'; lesson: LessonFact }
  /** The place for these lessons, or for all from now on. */
  | { kind: 'set_pickup'; place: string; lessons: LessonFact[]; always: boolean }
  | { kind: 'send_code'; lessons: LessonFact[] }
  | { kind: 'count_guess'; eventIds: string[] }
  | { kind: 'start_lesson'; lesson: LessonFact; by: 'code' | 'instructor'; eventId: string | null }
  | { kind: 'complete_lesson'; lesson: LessonFact; note: string | null }
  | { kind: 'tell'; phone: string; said: Said; lessonId: string | null; messageType: string }
  /** The instructor hears of it at once or in the evening; `before` and `after` are its start, null where there is none. */
  | { kind: 'notice'; lesson: LessonFact; before: Instant | null; after: Instant | null; said: Said }
  | { kind: 'alert_never_started'; lesson: LessonFact }
  | { kind: 'take_off'; instructorId: string; spans: Span[] }
  | { kind: 'end_off'; instructorId: string; spans: Span[] }
  /** The instructor cannot come: over at no cost, the deposit stays as credit, the student is told. */
  | { kind: 'call_off'; lessons: LessonFact[] }
  /** Each of these students hears when their lesson should begin. */
  | { kind: 'tell_late'; delayed: Delayed<LessonFact>[] }
  | { kind: 'set_hours'; instructorId: string; week: WorkingHours[] }
  | { kind: 'join_waitlist'; wish: Heard }
  | { kind: 'leave_waitlist'; ids: string[] }
  /** The question of an offer goes out and stands until then; when it is over, why. */
  | { kind: 'ask_offer'; offerId: string; expiresAt: Instant }
  | { kind: 'ask_offer_again'; offerId: string; expiresAt: Instant }
  | { kind: 'end_offer'; offerId: string; because: 'refused' | 'ignored' | 'passed' | 'gone' }
  | { kind: 'hand_off'; why: string }
  | { kind: 'hand_back' }
  | { kind: 'waive_charge'; charge: Waivable; by: string }
  | { kind: 'alert'; alert: string; detail: string }
  | { kind: 'opt_out' }
  | { kind: 'opt_in' };
