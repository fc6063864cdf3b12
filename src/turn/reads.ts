import type { Candidate, LessonFact, OfferFact, Owing, Waivable, Wish } from '../../flows/vocabulary';
import type { Diary } from '../domain/slots';
import type { Instant, Span } from '../domain/time';
import { owingOf, waivableOf } from '../store/charges';
import { type CodeRow, codesOfLate, latestCodes } from '../store/codes';
import { creditOf } from '../store/deposits';
import { loadDiaries } from '../store/diaries';
import { lessonById, lessonsAheadOfStudent, lessonsBetween, lockDiaries } from '../store/lessons';
import { lessonsDone, lessonsGone } from '../store/lessons-past';
import { questionOut } from '../store/questions';
import type { Tx } from '../store/sql';
import { optedOutOf, studentsNamed } from '../store/students';
import { lessonsOfReference, lessonsPaidWith } from '../store/together';
import { type Waiting, waitingFor, wishesOfStudent } from '../store/waitlist';
import { offeredStretches, waitlistOfferById } from '../store/waitlist-offers';
import { conversationOfPhone } from './conversation-of-phone';

/**
 * All that facts are read from, of one school at one moment: a transaction of the database, or a school in memory. Both
 * are asked the same questions in the same order, so that what is proved of the one holds for the other.
 */
export type Reads = {
  studentsNamed(name: string): Promise<Candidate[]>;
  /** Before any lock below it; an instructor's turn that will write to the student. */
  lockConversation(phone: string): Promise<void>;
  lessonsAhead(studentId: string): Promise<LessonFact[]>;
  lessonsBetween(instructorId: string | null, from: Instant, to: Instant): Promise<LessonFact[]>;
  lessonLocked(id: string): Promise<LessonFact | null>;
  lessonsOfReference(reference: string): Promise<LessonFact[]>;
  lessonsPaidWith(lessonId: string): Promise<LessonFact[]>;
  lockDiaries(instructorIds: string[], studentId: string | null): Promise<void>;
  /** Which of these phones get no texts of ours. */
  optedOut(phones: string[]): Promise<string[]>;
  diaries(zone: string, from: Instant, to: Instant, exceptLessonId: string | null): Promise<Diary[]>;
  creditOf(studentId: string): Promise<number>;
  latestCodes(studentId: string): Promise<CodeRow[]>;
  /** Late notices of a phone that nobody has let go, newest first. */
  waivable(phone: string): Promise<Waivable[]>;
  owing(studentId: string): Promise<Owing[]>;
  lessonsDone(studentId: string): Promise<{ lessons: number; minutes: number }>;
  lessonsGone(studentId: string): Promise<LessonFact[]>;
  codesOfLate(studentId: string, secondsBetween: number): ReturnType<typeof codesOfLate>;
  wishes(studentId: string): Promise<Wish[]>;
  waitlistOffer(id: string): Promise<OfferFact | null>;
  waitingFor(freedEventId: string): Promise<Waiting[]>;
  offeredStretches(instructorId: string): Promise<Span[]>;
  /** When the last question to a phone went out; null while it has not. */
  questionOut(phone: string): Promise<Instant | null>;
};

export const readsOf = (tx: Tx, schoolId: string, now: Instant): Reads => ({
  studentsNamed: (name) => studentsNamed(tx, schoolId, name),
  lockConversation: async (phone) => void (await conversationOfPhone(tx, schoolId, phone, now)),
  lessonsAhead: (studentId) => lessonsAheadOfStudent(tx, schoolId, studentId, now),
  lessonsBetween: (instructorId, from, to) => lessonsBetween(tx, schoolId, instructorId, from, to, now),
  lessonLocked: (id) => lessonById(tx, schoolId, id, true),
  lessonsOfReference: (reference) => lessonsOfReference(tx, schoolId, reference),
  lessonsPaidWith: (lessonId) => lessonsPaidWith(tx, schoolId, lessonId),
  lockDiaries: (instructorIds, studentId) => lockDiaries(tx, schoolId, instructorIds, studentId),
  optedOut: (phones) => optedOutOf(tx, schoolId, phones),
  diaries: (zone, from, to, exceptLessonId) => loadDiaries(tx, schoolId, zone, from, to, exceptLessonId, now),
  creditOf: (studentId) => creditOf(tx, schoolId, studentId),
  latestCodes: (studentId) => latestCodes(tx, schoolId, studentId),
  waivable: (phone) => waivableOf(tx, schoolId, phone),
  owing: (studentId) => owingOf(tx, schoolId, studentId),
  lessonsDone: (studentId) => lessonsDone(tx, schoolId, studentId),
  lessonsGone: (studentId) => lessonsGone(tx, schoolId, studentId, now),
  codesOfLate: (studentId, secondsBetween) => codesOfLate(tx, schoolId, studentId, secondsBetween, now),
  wishes: (studentId) => wishesOfStudent(tx, schoolId, studentId, now),
  waitlistOffer: (id) => waitlistOfferById(tx, schoolId, id, now),
  waitingFor: (freedEventId) => waitingFor(tx, schoolId, freedEventId, now),
  offeredStretches: (instructorId) => offeredStretches(tx, schoolId, instructorId),
  questionOut: (phone) => questionOut(tx, schoolId, phone),
});
