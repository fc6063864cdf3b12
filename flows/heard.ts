/** What a text can mean. Local dates are `YYYY-MM-DD`, local times `HH:MM`, both of the school's wall clock. */

import type { HoursChange } from '../src/domain/working-hours';

export type Role = 'student' | 'instructor' | 'owner';

export type LocalDate = string;
export type LocalTime = string;
/** `from` included, `to` is where the window closes (a lesson may start before it). */
export type LocalWindow = { from: LocalTime; to: LocalTime };
/** Both ends included. */
export type DateRange = { from: LocalDate; to: LocalDate };

export const STUDENT_INTENTS = [
  'book',
  'reschedule',
  'cancel',
  'list_lessons',
  'price',
  'availability',
  'confirm_yes',
  'confirm_no',
  'choose_option',
  'give_otp',
  'give_name',
  'help',
  'stop',
  'start',
  'human',
  'waitlist',
  'paid',
  'running_late',
  'greeting',
  'thanks',
  'unknown',
] as const;

export const INSTRUCTOR_INTENTS = [
  'schedule_today',
  'schedule_day',
  'schedule_week',
  'next_lesson',
  'block_time',
  'unblock_time',
  'start_lesson',
  'complete_lesson',
  'no_show',
  'running_late',
  'cancel_lesson',
  'help',
  'book',
] as const;

/** Finer than the outside surface: these are reported there as the intent in the comment. */
export const FINER_INTENTS = [
  'menu', // help
  'more', // availability: other slots than those offered
  'resend_code', // unknown: there is no outside name for it
  'pickup', // unknown: "pick me up from the station"
  'how_to_pay', // price
  'who', // human: "who is my instructor"
  'hours', // instructor: working hours
  'free_time', // instructor: "free thu"
  'unpaid', // owner
  'waive', // unknown: the owner lets a late notice go
  'speak_as_student', // instructor texting as a student: STUDENT
] as const;

export type Intent =
  | (typeof STUDENT_INTENTS)[number]
  | (typeof INSTRUCTOR_INTENTS)[number]
  | (typeof FINER_INTENTS)[number];

/** "for me": the holder of the phone. */
export const ME = 'me';

export type LessonRef = {
  date?: LocalDate;
  dates?: LocalDate[];
  time?: LocalTime;
  window?: LocalWindow;
  instructor?: string;
  student?: string;
  which?: 'next' | 'all';
  /** "the second lesson" of those that they have: 2; "the last one" is -1, "the second last" -2. */
  nth?: number;
  /** "the tues ones": all that lie on one of these. */
  weekdays?: number[];
};

/** One complete reading of a text. A field that was not said is absent. Names are lower case, as said. */
export type Heard = {
  intent: Intent;
  date?: LocalDate;
  dates?: LocalDate[];
  range?: DateRange;
  /** "mon 3pm or wed 4pm": each with its own time. */
  alternatives?: { date?: LocalDate; time?: LocalTime; window?: LocalWindow }[];
  /** 1 = Monday; no week named ("any tuesday", "every tues"). */
  weekdays?: number[];
  excludeWeekdays?: number[];
  time?: LocalTime;
  times?: LocalTime[];
  window?: LocalWindow;
  allDay?: boolean;
  asap?: boolean;
  recurring?: boolean;
  /** "every second tuesday", "fortnightly": 2; absent is every week. */
  everyWeeks?: number;
  /** "for 5 weeks". */
  occurrences?: number;
  /** "every tues until christmas": the last day. */
  until?: LocalDate;
  /** "same time every week": the day and time of the lesson that they have. */
  sameTime?: boolean;
  /** Several lessons are asked for ("tues and thurs 4pm"), not one of several days. */
  several?: boolean;
  durationMinutes?: number;
  /** "test package": the words by which the lesson type was named. */
  lessonType?: string;
  instructor?: string;
  /** The instructor's name was misheard or misspelt: to be asked. */
  perhapsInstructor?: boolean;
  excludeInstructor?: string;
  lessonRef?: LessonRef;
  option?: number;
  /** "both", "the first two", "1 and 3": several of what was numbered, `option` being the first of them. */
  options?: number[];
  otp?: string;
  name?: string;
  yes?: boolean;
  /** A yes by weight only, in words that no rule knows. */
  unsure?: boolean;
  lateMinutes?: number;
  shiftMinutes?: number;
  shiftDays?: number;
  /** Who the lesson is for, when not the holder of the phone ("for my brother leo"): a name; a relation when no name was said; `ME` for the holder. */
  learner?: string;
  /** "book mia and leo": a lesson for each. */
  learners?: string[];
  /** A name that no instructor of the school has ("with dave"), as written. */
  unknownInstructor?: string;
  /** Where to be picked up, in the student's words; for one lesson or from now on, when that was said. */
  place?: string;
  placeFor?: 'once' | 'always';
  /** An instructor is ill or has no car: the lessons cannot be given at all. */
  cannotCome?: boolean;
  /** What an instructor says of the week's working hours and breaks. */
  week?: HoursChange[];
  /** Free words to be kept: a pick-up place, a note for the progress record. */
  note?: string;
};

/**
 * What one text was taken to mean. `readings` is never empty, best first; two or more only where a person would have to
 * ask. `also` holds further things said in the same text ("yes, and whats the address?"), each with its best reading.
 * `why` says in words for a person what was matched, in order.
 */
export type Understood = { readings: [Heard, ...Heard[]]; also: Heard[]; why: string[] };

/** What we asked last: it decides what "3" or "4" means. `slots` holds the offered local date-times, `YYYY-MM-DDTHH:MM`. */
export type Asked =
  | { kind: 'idle' }
  | { kind: 'when' }
  | { kind: 'time'; date: LocalDate }
  | { kind: 'duration' }
  /** `at`: the proposed local date-time, when known: a yes that repeats it changes nothing. */
  | { kind: 'confirm'; at?: string; instructor?: string; minutes?: number }
  | { kind: 'slots'; offered: { at: string; instructor?: string }[]; minutes?: number }
  | { kind: 'choice'; options: number }
  | { kind: 'code' }
  | { kind: 'name' }
  | { kind: 'moveWhen' };

/** Everything about the moment that a reading may depend on; nothing else does (no clock, no environment). */
export type Listening = {
  role: Role;
  asked: Asked;
  /** The moment of the text, ms since epoch. */
  now: number;
  /** IANA zone of the school. */
  zone: string;
  /** State of Australia for public holidays ("NSW"), when known. */
  state?: string;
  /** First names of the school's instructors, as written. */
  instructors: string[];
  /** Names of students that an instructor may mean. */
  students?: string[];
  /** Names of the school's lesson types, as written. */
  lessonTypes?: string[];
  /** Their lengths in minutes: "the longer one" is the next of them. */
  lengths?: number[];
  /** Who may be meant on this phone: its holder, and others who learn on it. */
  people?: { holder: string | null; learners: string[] };
};
