import { randomUUID } from 'node:crypto';
import type { Heard, Role, Understood } from '../../flows/heard';
import type { CodeCheck, Facts, LessonFact } from '../../flows/vocabulary';
import { attentionTo } from '../conversation/attention';
import type { Place } from '../conversation/place';
import { codeHash, sameHash } from '../domain/codes';
import { makeReference } from '../domain/references';
import { DAY, daySpan, HOUR, localDateOf, MINUTE, weekSpan } from '../domain/time';
import { codesOfLate, latestCode } from '../store/codes';
import { lessonById, lessonsAheadOfStudent, lessonsBetween, lockDiaries } from '../store/lessons';
import type { Speaker } from '../store/speaker';
import type { Tx } from '../store/sql';
import type { World } from '../world';
import { searchDiary } from './search';

/** Everything known before anything is asked of the diary. */
export function plainFacts(world: World, speaker: Speaker, role: Role, words = ''): Facts {
  return {
    school: speaker.school,
    role,
    words,
    student: speaker.student,
    instructor: speaker.instructor,
    instructors: speaker.instructors,
    lessonTypes: speaker.lessonTypes,
    lessons: [],
    lesson: null,
    request: null,
    lessonType: null,
    search: null,
    slot: null,
    slotRefusal: null,
    code: null,
    startable: null,
    codeAllowed: false,
    fresh: { lessonId: randomUUID(), reference: makeReference(world.random(16)) },
    schedule: null,
    named: null,
  };
}

/** The facts on which a text is decided. What it may take in a diary is locked first, so that the guards tell the truth. */
export async function factsForText(
  world: World,
  tx: Tx,
  speaker: Speaker,
  place: Place,
  understood: Understood,
  words: string,
  now: number,
): Promise<Facts> {
  const facts = plainFacts(world, speaker, place.role, words);
  const heard = understood.readings[0];
  if (place.role === 'student') return studentFacts(world, tx, speaker, facts, place, understood, now);
  const mine = place.role === 'instructor' ? (speaker.instructor?.id ?? null) : null;
  return instructorFacts(tx, speaker, facts, mine, heard, now);
}

/** The facts on which a happening is decided; its lesson is locked. */
export async function factsForEvent(world: World, tx: Tx, speaker: Speaker, lessonId: string | null): Promise<Facts> {
  const facts = plainFacts(world, speaker, 'student');
  const lesson = lessonId ? await lessonById(tx, speaker.school.id, lessonId, true) : null;
  return { ...facts, lesson };
}

async function studentFacts(
  world: World,
  tx: Tx,
  speaker: Speaker,
  facts: Facts,
  place: Place,
  understood: Understood,
  now: number,
): Promise<Facts> {
  const { school, student } = speaker;
  const heard = understood.readings[0];
  const attention = attentionTo(place, understood, school.zone);
  const known: Facts = { ...facts, request: attention.request, slot: attention.slot };
  // A slot may be taken in this step: the diary is read under its locks.
  if (attention.slot) await lockDiaries(tx, school.id, [attention.slot.instructorId], student?.id ?? null);
  if (attention.search || attention.slot)
    Object.assign(known, await searchDiary(tx, school, speaker, attention, place.memory.shown, now));
  if (!student) return known;
  known.lessons = await lessonsAheadOfStudent(tx, school.id, student.id, now);
  if (heard.intent === 'give_otp' && heard.otp)
    known.code = await checkCode(world, tx, speaker, known.lessons, heard.otp, now);
  if (heard.intent === 'resend_code') Object.assign(known, await codeFacts(tx, speaker, known.lessons, now));
  return known;
}

/** Codes are compared as keyed hashes; the lesson's row is locked, so that guesses are counted one by one. */
async function checkCode(
  world: World,
  tx: Tx,
  speaker: Speaker,
  lessons: LessonFact[],
  typed: string,
  now: number,
): Promise<CodeCheck> {
  const { school, student } = speaker;
  const newest = await latestCode(tx, school.id, student!.id);
  if (!newest) return { kind: 'none_open' };
  const lesson = (await lessonById(tx, school.id, newest.lessonId, true)) ?? lessons[0];
  if (lesson?.status !== 'confirmed') return { kind: 'none_open' };
  const { guesses, guessesPerLesson } = school.policy.startCode;
  const spent = newest.ended || newest.guesses >= guesses || newest.guessesOfLesson >= guessesPerLesson;
  if (spent || newest.expiresAt <= now) return { kind: 'ended', lesson };
  if (sameHash(newest.hash, codeHash(world.keys.codes, newest.id, typed)))
    return { kind: 'right', eventId: newest.id, lesson };
  const left = Math.min(guesses - newest.guesses, guessesPerLesson - newest.guessesOfLesson) - 1;
  return { kind: 'wrong', eventId: newest.id, lesson, guessesLeft: left };
}

/** A new code may be asked for from a little before the lesson until its end, within the policy's limits. */
async function codeFacts(
  tx: Tx,
  speaker: Speaker,
  lessons: LessonFact[],
  now: number,
): Promise<Pick<Facts, 'startable' | 'codeAllowed'>> {
  const { startCode } = speaker.school.policy;
  const startable =
    lessons.find(
      (one) => one.status === 'confirmed' && one.startsAt - startCode.minutesBefore * MINUTE <= now && one.endsAt > now,
    ) ?? null;
  if (!startable) return { startable, codeAllowed: false };
  const late = await codesOfLate(tx, speaker.school.id, startable.studentId, startCode.secondsBetween, now);
  const codeAllowed = late.justNow === 0 && late.tenMinutes < startCode.perTenMinutes && late.day < startCode.perDay;
  return { startable, codeAllowed };
}

async function instructorFacts(
  tx: Tx,
  speaker: Speaker,
  facts: Facts,
  instructorId: string | null,
  heard: Heard,
  now: number,
): Promise<Facts> {
  const { school } = speaker;
  const between = (from: number, to: number) => lessonsBetween(tx, school.id, instructorId, from, to, now);
  switch (heard.intent) {
    case 'schedule_today':
    case 'schedule_day':
    case 'schedule_week':
    case 'availability':
    case 'list_lessons': {
      const span = scheduleSpan(heard, school.zone, now);
      return {
        ...facts,
        schedule: { from: span.startsAt, to: span.endsAt, lessons: await between(span.startsAt, span.endsAt) },
      };
    }
    case 'next_lesson': {
      const ahead = await between(now, now + 60 * DAY);
      return { ...facts, lessons: ahead.filter((one) => one.status === 'confirmed' || one.status === 'pending') };
    }
    case 'start_lesson':
      return { ...facts, named: pick(await between(now - 3 * HOUR, now + HOUR), heard, 'confirmed', now) };
    case 'complete_lesson': {
      const today = await between(now - 12 * HOUR, now + HOUR);
      return { ...facts, named: pick(today, heard, 'in_progress', now) ?? pick(today, heard, 'completed', now) };
    }
    default:
      return facts;
  }
}

function scheduleSpan(heard: Heard, zone: string, now: number) {
  const today = localDateOf(now, zone);
  if (heard.range)
    return { startsAt: daySpan(heard.range.from, zone).startsAt, endsAt: daySpan(heard.range.to, zone).endsAt };
  if (heard.intent === 'schedule_week' && !heard.date)
    return { ...weekSpan(today, zone), startsAt: daySpan(today, zone).startsAt };
  const first = heard.date ?? heard.dates?.[0] ?? today;
  return daySpan(first, zone);
}

/** The lesson that is meant: of the named student, else the one nearest to now. */
function pick(lessons: LessonFact[], heard: Heard, status: LessonFact['status'], now: number): LessonFact | null {
  const name = heard.lessonRef?.student ?? heard.name;
  const meant = lessons
    .filter((one) => one.status === status)
    .filter((one) => !name || one.student.toLowerCase().startsWith(name.toLowerCase()));
  return meant.sort((a, b) => Math.abs(a.startsAt - now) - Math.abs(b.startsAt - now))[0] ?? null;
}
