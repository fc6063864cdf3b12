import type { Delayed } from '../src/domain/running-late';
import type { WorkingHours } from '../src/domain/slots';
import type { Instant, Span } from '../src/domain/time';
import type { Whereabouts } from '../src/domain/travel';
import type { LessonFact, Person } from './facts';

/**
 * An instructor's time: what would be off or worked again, what of it is off now (`freed`), all time off that stands, the
 * lessons that lie in it, and the week's hours as they are and as they would be.
 */
export type OffFact = {
  spans: Span[];
  freed: Span[];
  standing: Span[];
  hit: LessonFact[];
  /** Of those the ones whose students have stopped our texts. */
  unreached: LessonFact[];
  hours: WorkingHours[];
  week: WorkingHours[] | null;
};

/** Whom a lesson may be booked for: a student, or one who learns on that phone. */
export type Candidate = {
  key: string;
  name: string;
  student: Person & Whereabouts;
  learner: { id: string; name: string } | null;
  optedOut: boolean;
};

/** For whom an instructor or the owner books: the name as said (null: none), all that it fits. */
export type AssignFact = { name: string | null; candidates: Candidate[]; optedOut: boolean };

/** An instructor's day or days (for the owner: everyone's): the lessons, the gaps that have room for one, and time off. */
export type ScheduleFact = {
  from: Instant;
  to: Instant;
  lessons: LessonFact[];
  free: (Span & { instructorId: string })[];
  off: (Span & { instructorId: string })[];
};

/** An instructor's delay: how long (null: not said), whether anybody waits today, and the lessons it moves, by whether their student gets our texts. */
export type LateFact = {
  minutes: number | null;
  waited: boolean;
  reached: Delayed<LessonFact>[];
  unreached: Delayed<LessonFact>[];
};

/** A student's delay; `roomUntil`: the instructor could run on as long. */
export type StudentLateFact = { lesson: LessonFact; minutes: number | null; roomUntil: Instant | null };
