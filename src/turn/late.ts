import type { Command, Facts, LessonFact, Said } from '../../flows/vocabulary';
import { clockInWords, forInWords } from '../../flows/wording';
import { renderSaid } from '../conversation/render';
import type { Delayed } from '../domain/running-late';
import { queue } from './tell';
import type { Turn } from './turn';

/** Of no use any more when the lesson has moved or is over. */
export async function tellLate(turn: Turn, { delayed }: Command & { kind: 'tell_late' }): Promise<void> {
  for (const one of delayed) {
    const { lesson } = one;
    await queue(turn, {
      conversationId: null,
      phone: lesson.studentPhone,
      body: renderSaid(toldLate(one, turn.facts)),
      messageType: 'running_late',
      lessonId: lesson.id,
      lessonStart: lesson.startsAt,
      expiresAt: lesson.endsAt,
    });
  }
}

export const toldLate = ({ lesson, expectedAt }: Delayed<LessonFact>, facts: Facts): Said => ({
  key: 'told_late',
  values: {
    instructor: lesson.instructor,
    clock: clockInWords(lesson.startsAt, facts),
    learner: forInWords(lesson.learner),
    expected: clockInWords(expectedAt, facts),
  },
});
