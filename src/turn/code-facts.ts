import type { CodeCheck, Facts, LessonFact } from '../../flows/vocabulary';
import { codeHash, sameHash } from '../domain/codes';
import { MINUTE } from '../domain/time';
import type { CodeRow } from '../store/codes';
import type { Speaker } from '../store/speaker';
import type { World } from '../world';
import type { Reads } from './reads';

/**
 * Codes are compared as keyed hashes; the lessons' rows are locked, so that guesses are counted one by one. Two learners of
 * one phone may begin at the same time: a code is right for the one lesson it was made for, a wrong one counts at both.
 */
export async function checkCode(
  world: Pick<World, 'keys'>,
  reads: Reads,
  { school, student }: Speaker,
  typed: string,
  now: number,
): Promise<CodeCheck> {
  const { guesses, guessesPerLesson } = school.policy.startCode;
  const left = (code: CodeRow) => Math.min(guesses - code.guesses, guessesPerLesson - code.guessesOfLesson);
  const open: { code: CodeRow; lesson: LessonFact }[] = [];
  let newest: LessonFact | null = null;
  for (const code of await reads.latestCodes(student!.id)) {
    const lesson = await reads.lessonLocked(code.lessonId);
    if (lesson?.status !== 'confirmed') continue;
    newest ??= lesson;
    if (!code.ended && left(code) > 0 && code.expiresAt > now) open.push({ code, lesson });
  }
  const right = open.find(({ code }) => sameHash(code.hash, codeHash(world.keys.codes, code.id, typed)));
  if (right) return { kind: 'right', eventId: right.code.id, lesson: right.lesson };
  const [first] = open;
  if (!first) return newest ? { kind: 'ended', lesson: newest } : { kind: 'none_open' };
  const eventIds = open.map(({ code }) => code.id);
  const guessesLeft = Math.max(...open.map(({ code }) => left(code))) - 1;
  return { kind: 'wrong', eventIds, lesson: first.lesson, guessesLeft };
}

/** A new code may be asked for from a little before a lesson until its end, within the policy's limits. */
export async function codeFacts(
  reads: Reads,
  speaker: Speaker,
  lessons: LessonFact[],
  now: number,
): Promise<Pick<Facts, 'startable' | 'codeAllowed'>> {
  const { startCode } = speaker.school.policy;
  const startable = lessons.filter(
    (one) => one.status === 'confirmed' && one.startsAt - startCode.minutesBefore * MINUTE <= now && one.endsAt > now,
  );
  if (startable.length === 0) return { startable, codeAllowed: false };
  const late = await reads.codesOfLate(speaker.student!.id, startCode.secondsBetween);
  const codeAllowed = late.justNow === 0 && late.tenMinutes < startCode.perTenMinutes && late.day < startCode.perDay;
  return { startable, codeAllowed };
}
