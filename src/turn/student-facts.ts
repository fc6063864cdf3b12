import type { Heard, Understood } from '../../flows/heard';
import type { CodeCheck, Facts, LessonFact } from '../../flows/vocabulary';
import { attentionTo } from '../conversation/attention';
import type { Place } from '../conversation/place';
import { needsWishes } from '../conversation/waitlist-words';
import { codeHash, sameHash } from '../domain/codes';
import { MINUTE } from '../domain/time';
import type { Speaker } from '../store/speaker';
import type { World } from '../world';
import { costOf } from './price';
import type { Reads } from './reads';
import { searchDiary } from './search';
import { clashOf } from './travel';

/** What a student may be answered with; what they may take is locked first, so that the guards tell the truth. */
export async function studentFacts(
  world: Pick<World, 'keys'>,
  reads: Reads,
  speaker: Speaker,
  facts: Facts,
  place: Place,
  understood: Understood,
  now: number,
): Promise<Facts> {
  const { school, student } = speaker;
  const heard = understood.readings[0];
  let lessons = student ? await reads.lessonsAhead(student.id) : [];
  let attention = attentionTo(place, understood, lessons, speaker, school.zone, now);
  const { slot } = attention;
  const taken = slot ? [slot] : attention.list;
  const commits = heard.intent === 'confirm_yes' || heard.intent === 'choose_option';
  const moving = attention.pickup && attention.pickup.mode !== 'ask' ? attention.pickup.lessons : [];
  const placed = moving.length > 0 && school.policy.travel.length > 0;
  if ((commits && (taken.length > 0 || attention.meant.length > 0)) || placed) {
    // Something may be taken or given up in this step: the diaries are read under their locks.
    const instructors = [...taken, ...attention.meant, ...moving].map((one) => one.instructorId);
    await reads.lockDiaries([...new Set(instructors)], student?.id ?? null);
    lessons = student ? await reads.lessonsAhead(student.id) : [];
    attention = attentionTo(place, understood, lessons, speaker, school.zone, now);
  }
  const known: Facts = { ...facts, lessons, request: attention.request, slot, meant: attention.meant };
  known.costs = attention.meant.map((lesson) => costOf(lesson, school, now));
  if (attention.meant.length === 1) known.cost = known.costs[0] ?? null;
  if (attention.search || slot)
    Object.assign(known, await searchDiary(reads, named(speaker, heard), attention, lessons, place.memory.shown, now));
  const { pickup } = attention;
  if (pickup) known.pickup = { ...pickup, clash: await clashOf(reads, school, pickup) };
  if (!student) return known;
  if (needsWishes(place, heard, facts.words)) known.wishes = await reads.wishes(student.id);
  if (heard.intent === 'confirm_yes') known.creditCents = await reads.creditOf(student.id);
  if (heard.intent === 'give_otp' && heard.otp)
    known.code = await checkCode(world, reads, speaker, lessons, heard.otp, now);
  if (heard.intent === 'resend_code') Object.assign(known, await codeFacts(reads, speaker, lessons, now));
  return known;
}

/** Who gives their name in this text is the student from here on, so that nobody takes them for a learner. */
const named = (speaker: Speaker, heard: Heard): Speaker =>
  speaker.student || heard.intent !== 'give_name' || !heard.name
    ? speaker
    : { ...speaker, student: { id: '', name: heard.name, phone: '' } };

/** Codes are compared as keyed hashes; the lesson's row is locked, so that guesses are counted one by one. */
async function checkCode(
  world: Pick<World, 'keys'>,
  reads: Reads,
  speaker: Speaker,
  lessons: LessonFact[],
  typed: string,
  now: number,
): Promise<CodeCheck> {
  const { school, student } = speaker;
  const newest = await reads.latestCode(student!.id);
  if (!newest) return { kind: 'none_open' };
  const lesson = (await reads.lessonLocked(newest.lessonId)) ?? lessons[0];
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
  reads: Reads,
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
  const late = await reads.codesOfLate(startable.studentId, startCode.secondsBetween);
  const codeAllowed = late.justNow === 0 && late.tenMinutes < startCode.perTenMinutes && late.day < startCode.perDay;
  return { startable, codeAllowed };
}
