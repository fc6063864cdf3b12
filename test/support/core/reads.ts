import type { Candidate } from '../../../flows/vocabulary';
import { firstName } from '../../../src/domain/names';
import { minutesByWeek } from '../../../src/domain/slots';
import { DAY, type Instant, MINUTE } from '../../../src/domain/time';
import type { Speaker } from '../../../src/store/speaker';
import type { Reads } from '../../../src/turn/reads';
import { factOf, type LessonRow, type Rows } from './rows';
import { waitlistReads } from './waitlist';

/** What facts are read from, answered from memory as the database answers it. */
export function readsOfRows(rows: Rows, now: Instant): Reads {
  const stands = (one: LessonRow) =>
    ['confirmed', 'in_progress', 'completed'].includes(one.status) ||
    (one.status === 'pending' && one.holdExpiresAt! > now);
  const facts = (wanted: (one: LessonRow) => boolean) =>
    rows.lessons
      .filter(wanted)
      .map((one) => factOf(rows, one))
      .sort((a, b) => a.startsAt - b.startsAt || a.student.localeCompare(b.student));
  const codesOf = (studentId: string) =>
    rows.codes.filter((code) => lessonOf(rows, code.lessonId).studentId === studentId);
  return {
    studentsNamed: async (name) => studentsNamed(rows, name),
    lockConversation: async () => {},
    lessonsAhead: async (studentId) =>
      facts((one) => one.studentId === studentId && one.endsAt > now && one.status !== 'completed' && stands(one)),
    lessonsBetween: async (instructorId, from, to) =>
      facts(
        (one) =>
          stands(one) &&
          one.startsAt >= from &&
          one.startsAt < to &&
          (instructorId === null || one.instructorId === instructorId),
      ),
    lessonLocked: async (id) => factOf(rows, lessonOf(rows, id)),
    lessonsOfReference: async (reference) =>
      facts((one) => rows.deposits.findLast((row) => row.lessonId === one.id)?.reference === reference),
    lessonsPaidWith: async (lessonId) => {
      const paidBy = rows.deposits.find((one) => one.lessonId === lessonId && one.paidBy !== null)?.paidBy;
      return facts((one) => rows.deposits.some((row) => row.lessonId === one.id && paidBy && row.paidBy === paidBy));
    },
    optedOut: async (phones) =>
      phones.filter((phone) => rows.conversations.some((one) => one.phone === phone && one.optedOutAt !== null)),
    lockDiaries: async () => {},
    diaries: async (zone, from, to, exceptLessonId) =>
      rows.instructors.map((one) => {
        const busy = rows.lessons
          .filter(
            (lesson) =>
              lesson.instructorId === one.id &&
              lesson.startsAt > from - 600 * MINUTE &&
              lesson.startsAt < to &&
              lesson.id !== exceptLessonId &&
              stands(lesson),
          )
          .map((lesson) => factOf(rows, lesson));
        return {
          id: one.id,
          name: one.name,
          workingHours: one.workingHours,
          busy,
          timeOff: one.timeOff,
          maxMinutesPerWeek: one.maxHoursPerWeek * 60,
          bookedMinutesByWeek: minutesByWeek(busy, zone),
        };
      }),
    waivable: async (phone) =>
      rows.charges
        .map((one) => ({ charge: one, lesson: factOf(rows, lessonOf(rows, one.lessonId)) }))
        .filter(({ lesson }) => lesson.studentPhone === phone)
        .reverse()
        .map(({ charge: { id, studentId, lessonId, amountCents, owingCents }, lesson }) => ({
          ...{ chargeId: id, studentId, phone, name: lesson.student, lessonId, lessonAt: lesson.startsAt },
          ...{ amountCents, backCents: amountCents - owingCents },
        })),
    owing: async (studentId) =>
      rows.charges
        .filter((one) => one.studentId === studentId && one.owingCents > 0)
        .map(({ lessonId, owingCents }) => {
          const { startsAt, reference } = factOf(rows, lessonOf(rows, lessonId));
          return { owingCents, startsAt, reference };
        }),
    lessonsDone: async (studentId) => {
      const done = rows.lessons.filter((one) => one.studentId === studentId && one.status === 'completed');
      const minutes = done.reduce((sum, one) => sum + (one.endsAt - one.startsAt) / MINUTE, 0);
      return { lessons: done.length, minutes };
    },
    lessonsGone: async (studentId) =>
      facts(
        (one) =>
          one.studentId === studentId &&
          one.startsAt > now - 14 * DAY &&
          (['cancelled', 'completed', 'in_progress'].includes(one.status) ||
            (one.status === 'pending' && one.holdExpiresAt! <= now)),
      ).reverse(),
    questionOut: async (phone) => {
      const asks = ['reply', 'waitlist_offer', 'lesson_finished'];
      const last = rows.texts.findLast((one) => one.phone === phone && asks.includes(one.messageType));
      return last?.status === 'sent' ? last.sentAt : null;
    },
    creditOf: async (studentId) => balanceOf(rows, studentId),
    latestCodes: async (studentId) => {
      const toBegin = codesOf(studentId).filter((code) => lessonOf(rows, code.lessonId).status === 'confirmed');
      const newest = toBegin.filter(
        (code) => !code.verified && code === toBegin.findLast((one) => !one.verified && one.lessonId === code.lessonId),
      );
      return newest.reverse().map((code) => {
        const ofLesson = rows.codes.filter((one) => one.lessonId === code.lessonId);
        return { ...code, guessesOfLesson: ofLesson.reduce((sum, one) => sum + one.guesses, 0) };
      });
    },
    ...waitlistReads(rows, now),
    codesOfLate: async (studentId, secondsBetween) => {
      const since = (at: Instant) => codesOf(studentId).filter((code) => code.createdAt > at).length;
      return {
        justNow: since(now - secondsBetween * 1000),
        tenMinutes: since(now - 10 * MINUTE),
        day: since(now - DAY),
      };
    },
  };
}

function studentsNamed(rows: Rows, said: string): Candidate[] {
  const called = (name: string) => [name, firstName(name)].some((one) => one.toLowerCase() === said.toLowerCase());
  const candidates = rows.students.flatMap((one) => {
    const student = { id: one.id, name: one.name, phone: one.phone, suburb: one.suburb, pickup: one.pickup ?? null };
    const optedOut = rows.conversations.some(({ phone, optedOutAt }) => phone === one.phone && optedOutAt !== null);
    const learners = rows.learners.filter((learner) => learner.studentId === one.id && called(learner.name));
    const holder = called(one.name) && learners.length === 0 ? [null] : [];
    return [...learners.map(({ id, name }) => ({ id, name })), ...holder].map((learner) => ({
      ...{ student, learner, optedOut, key: learner?.id ?? one.id, name: learner?.name ?? one.name },
    }));
  });
  return candidates.sort((a, b) => a.name.localeCompare(b.name)).slice(0, 9);
}

export const lessonOf = (rows: Rows, id: string) => rows.lessons.find((one) => one.id === id)!;

export const balanceOf = (rows: Rows, studentId: string) =>
  rows.credits.filter((one) => one.studentId === studentId).reduce((sum, one) => sum + one.amountCents, 0);

/** The school, its people by name, and who a phone belongs to. */
export function speakerOf(rows: Rows, phone: string): Speaker {
  const person = ({ id, name, phone }: { id: string; name: string; phone: string }) => ({ id, name, phone });
  const student = rows.students.find((one) => one.phone === phone);
  const instructor = rows.instructors.find((one) => one.phone === phone);
  const open = rows.codes.filter((code) => !code.ended && !code.verified);
  return {
    school: rows.school,
    student: student ? { ...person(student), suburb: student.suburb, pickup: student.pickup ?? null } : null,
    learners: rows.learners.filter((one) => one.studentId === student?.id).map(({ id, name }) => ({ id, name })),
    holderLearns: rows.lessons.some((one) => one.studentId === student?.id && one.learnerId === null),
    instructor: instructor ? person(instructor) : null,
    isOwner: rows.school.ownerPhone === phone,
    instructors: rows.instructors.map(person),
    lessonTypes: rows.lessonTypes,
    codeOpen: open.some((code) => {
      const lesson = lessonOf(rows, code.lessonId);
      return lesson.studentId === student?.id && lesson.status === 'confirmed';
    }),
    anyCodeOpen: open.length > 0,
  };
}
