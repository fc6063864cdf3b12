import { createHash, randomUUID } from 'node:crypto';
import type {
  EventKind,
  Facts,
  LessonFact,
  LessonStatus,
  LessonType,
  Offer,
  OfferFact,
  Person,
  Wish,
} from '../../../flows/vocabulary';
import type { WorkingHours } from '../../../src/domain/slots';
import { type Instant, overlaps, type Span } from '../../../src/domain/time';
import type { CodeRow } from '../../../src/store/codes';
import type { Conversation } from '../../../src/store/conversations';
import type { NewOutgoing } from '../../../src/store/messages';
import type { Claimed } from '../../../src/store/outgoing';

/** The rows of one school as the tables hold them, in memory. */
export type Rows = {
  school: Facts['school'] & { state: string };
  instructors: (Person & { workingHours: WorkingHours[]; maxHoursPerWeek: number; timeOff: Span[] })[];
  lessonTypes: LessonType[];
  students: (Person & { suburb: string | null; pickup?: string | null })[];
  learners: { id: string; studentId: string; name: string }[];
  lessons: LessonRow[];
  deposits: DepositRow[];
  /** Append-only: the balance is the sum. */
  readonly credits: Readonly<{ studentId: string; lessonId: string | null; amountCents: number; reason: string }>[];
  /** What late drops cost; `owingCents` is what is left of it. */
  charges: {
    id: string;
    lessonId: string;
    studentId: string;
    amountCents: number;
    owingCents: number;
    paidCents: number;
  }[];
  bank: { id: string; amountCents: number; outcome: 'confirmed' | 'queued' | 'credited' }[];
  codes: (Omit<CodeRow, 'guessesOfLesson'> & { nonce: string; verified: boolean; createdAt: Instant })[];
  conversations: Conversation[];
  events: EventRow[];
  waitlist: EntryRow[];
  offers: WaitlistOfferRow[];
  texts: TextRow[];
  alerts: { kind: string; detail: string }[];
  /** How much chance was drawn, so that it is another each time and the same in every run. */
  drawn: number;
};

export type LessonRow = {
  id: string;
  studentId: string;
  learnerId: string | null;
  instructorId: string;
  lessonTypeId: string;
  startsAt: Instant;
  endsAt: Instant;
  busyUntil: Instant;
  status: LessonStatus;
  reason: string | null;
  holdExpiresAt: Instant | null;
  priceCents: number;
  pickup?: string | null;
};

export type DepositRow = {
  id: string;
  lessonId: string;
  amountCents: number;
  reference: string;
  /** Deposits asked for together share it, and their reference. */
  askedWith: string;
  /** The credit of the bank that paid it. */
  paidBy: string | null;
  status: 'pending' | 'confirmed' | 'failed';
};

export type EventRow = {
  id: string;
  /** Null: it happens to the school. */
  conversationId: string | null;
  kind: EventKind | 'slot_freed' | 'lesson_notice';
  key: string;
  lessonId: string | null;
  payload: Record<string, unknown>;
  dueAt: Instant;
  putOffSince: Instant | null;
  done: boolean;
};

export type EntryRow = Wish & { status: 'waiting' | 'met' | 'left'; endsAt: Instant };

export type WaitlistOfferRow = {
  id: string;
  freedEventId: string;
  entryId: string;
  studentId: string;
  slot: Offer;
  status: OfferFact['status'];
  expiresAt: Instant | null;
};

export type TextRow = Pick<Claimed, 'phone' | 'body' | 'messageType' | 'dueAt' | 'expiresAt'> &
  Required<Pick<NewOutgoing, 'lessonId' | 'otpEventId' | 'lessonStart'>> & {
    direction: 'in' | 'out';
    key: string | null;
    status: 'queued' | 'sent' | 'skipped' | 'received';
    sentAt: Instant | null;
  };

/** A promise of the database that was about to be broken: in the program the turn would be undone and run again. */
export class ConstraintBroken extends Error {
  constructor(constraint: string, what: string) {
    super(`${constraint}: ${what}`);
  }
}

const LIVE: LessonStatus[] = ['pending', 'confirmed', 'in_progress'];
export const isLive = (lesson: LessonRow) => LIVE.includes(lesson.status);

/** The two exclusion constraints and the checks of `lessons`; call it with the row as it is about to stand. */
export function checkLesson({ lessons }: Rows, row: LessonRow): void {
  if (row.endsAt <= row.startsAt) throw new ConstraintBroken('lesson_ends_after_it_starts', row.id);
  if (row.status === 'pending' && row.holdExpiresAt === null)
    throw new ConstraintBroken('pending_lesson_is_held_until', row.id);
  if (row.status === 'cancelled' && row.reason === null)
    throw new ConstraintBroken('cancelled_lesson_says_when_and_why', row.id);
  if (!isLive(row)) return;
  const busy = (one: LessonRow): Span => ({ startsAt: one.startsAt, endsAt: one.busyUntil });
  for (const other of lessons) {
    if (other.id === row.id || !isLive(other)) continue;
    if (other.instructorId === row.instructorId && overlaps(busy(other), busy(row)))
      throw new ConstraintBroken('instructor_is_free', new Date(row.startsAt).toISOString());
    const person = (one: LessonRow) => one.learnerId ?? one.studentId;
    if (person(other) === person(row) && overlaps(other, row))
      throw new ConstraintBroken('student_is_free', new Date(row.startsAt).toISOString());
  }
}

/** The lesson with the names that are spoken of it, and its newest deposit. */
export function factOf(rows: Rows, row: LessonRow): LessonFact {
  const student = rows.students.find((one) => one.id === row.studentId)!;
  const instructor = rows.instructors.find((one) => one.id === row.instructorId)!;
  const deposit = rows.deposits.findLast((one) => one.lessonId === row.id);
  const learner = rows.learners.find((one) => one.id === row.learnerId)?.name ?? null;
  const { busyUntil: _, ...lesson } = row;
  return {
    ...lesson,
    student: learner ?? student.name,
    learner,
    studentPhone: student.phone,
    suburb: student.suburb,
    pickup: row.pickup ?? student.pickup ?? null,
    instructor: instructor.name,
    instructorPhone: instructor.phone,
    lessonType: rows.lessonTypes.find((one) => one.id === row.lessonTypeId)!.name,
    depositCents: deposit?.amountCents ?? 0,
    depositStatus: deposit?.status ?? null,
    reference: deposit?.reference ?? null,
    attending: false,
  };
}

/** Bytes that look like chance: another draw each time, the same in every run. */
export function draw(rows: Rows, bytes: number): Buffer {
  rows.drawn += 1;
  return createHash('sha512').update(`draw ${rows.drawn}`).digest().subarray(0, bytes);
}

export const newId = () => randomUUID();
