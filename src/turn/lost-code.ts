import { codesOfLate, lessonOfCode } from '../store/codes';
import { insertEvent } from '../store/events';
import { lessonById } from '../store/lessons';
import { loadSpeaker } from '../store/speaker';
import type { Tx } from '../store/sql';
import { conversationOfPhone } from './conversation-of-phone';

/** Why a code that may be lost is not sent again, and the happening that makes a new one, if there is to be one. */
export type CodeAnew = { reason: string; eventId: string | null };

const UNKNOWN = 'it is not known whether it arrived';

/**
 * A start code of which nobody knows whether it arrived: a new one falls due at once (the one before then ends), within the
 * limits for codes and while the lesson waits for one.
 */
export async function codeAnew(
  tx: Tx,
  schoolId: string,
  lost: { otpEventId: string; messageId: string },
  now: number,
): Promise<CodeAnew> {
  const lessonId = await lessonOfCode(tx, schoolId, lost.otpEventId);
  const lesson = lessonId === null ? null : await lessonById(tx, schoolId, lessonId);
  if (lesson?.status !== 'confirmed' || lesson.endsAt <= now)
    return { reason: 'the lesson no longer waits for a code', eventId: null };
  const { startCode } = (await loadSpeaker(tx, schoolId, lesson.studentPhone)).school.policy;
  const late = await codesOfLate(tx, schoolId, lesson.studentId, startCode.secondsBetween, now);
  if (late.tenMinutes >= startCode.perTenMinutes || late.day >= startCode.perDay)
    return { reason: `${UNKNOWN}, and no more codes may be sent for now`, eventId: null };
  const conversation = await conversationOfPhone(tx, schoolId, lesson.studentPhone, now);
  const dueAt = late.justNow > 0 ? now + startCode.secondsBetween * 1000 : now;
  const key = `lesson:${lesson.id}:${lesson.startsAt}:code_again:${lost.messageId}`;
  const event = { conversationId: conversation.id, kind: 'code_due', key, lessonId: lesson.id, dueAt } as const;
  return { reason: `${UNKNOWN}; a new code was made`, eventId: await insertEvent(tx, schoolId, event, now) };
}
