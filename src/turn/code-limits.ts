import type { LessonFact } from '../../flows/vocabulary';
import { renderSaid } from '../conversation/render';
import { isAustralianMobile } from '../domain/phones';
import { daySpan, localDateOf } from '../domain/time';
import { codesMadeSince } from '../store/codes';
import { flag, flagSchool } from './flag';
import { queue, sendCode } from './tell';
import type { Turn } from './turn';

/** A start code goes out unless its phone may not have one, or the school has sent its most of the day; then the lesson is started without. */
export async function sendCodeWithinLimits(turn: Turn, lesson: LessonFact): Promise<void> {
  const { startCode } = turn.facts.school.policy;
  const phone = startCode.to === 'instructor' ? lesson.instructorPhone : lesson.studentPhone;
  if (startCode.australianMobilesOnly && !isAustralianMobile(phone)) {
    await flag(turn, 'no_code', 'gets no start code, as the school sends them to Australian mobiles only');
    return withoutCode(turn, lesson, 'no_code_here');
  }
  if ((await codesToday(turn)) >= startCode.perSchoolDay) {
    await flagSchool(turn, 'codes_capped', 'gets no start code: the school has sent its most codes for one day');
    return withoutCode(turn, lesson, 'code_limit');
  }
  return sendCode(turn, lesson);
}

function codesToday({ tx, facts, now }: Turn): Promise<number> {
  const { id, zone, policy } = facts.school;
  return codesMadeSince(tx, id, daySpan(localDateOf(now, zone), zone).startsAt, policy.startCode.perSchoolDay);
}

async function withoutCode(turn: Turn, lesson: LessonFact, key: 'no_code_here' | 'code_limit'): Promise<void> {
  await queue(turn, {
    conversationId: turn.conversation.id,
    phone: lesson.studentPhone,
    body: renderSaid({ key, values: {} }),
    messageType: 'code_reply',
    lessonId: lesson.id,
  });
}
