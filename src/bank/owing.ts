import { FLOW_VERSION } from '../../flows/machines';
import type { Facts, LessonFact, Said } from '../../flows/vocabulary';
import { momentInWords } from '../../flows/wording';
import { atRest } from '../conversation/place';
import { renderSaid } from '../conversation/render';
import { dollars } from '../domain/labels';
import { firstName } from '../domain/names';
import { owedForLesson, payCharge } from '../store/charges';
import { lockConversation } from '../store/conversations';
import type { DepositRow, NewCredit } from '../store/deposits';
import { lessonById } from '../store/lessons';
import { loadSpeaker } from '../store/speaker';
import { plainFacts } from '../turn/facts';
import { queue } from '../turn/tell';
import type { Turn } from '../turn/turn';
import type { Open, Settled } from './credit';

/** A paid deposit's reference again, with exactly what is still owed for the lesson's late drop; null when it is not that. */
export async function payOwing(
  open: Open,
  schoolId: string,
  transactionId: string,
  credit: NewCredit,
  deposit: DepositRow,
): Promise<Settled | null> {
  const { tx, world, now } = open;
  const lesson = (await lessonById(tx, schoolId, deposit.lessonId))!;
  const atStart = { place: atRest('student'), flowVersion: FLOW_VERSION };
  const conversation = await lockConversation(tx, schoolId, lesson.studentPhone, atStart, now);
  const owed = await owedForLesson(tx, schoolId, lesson.id);
  if (owed?.owingCents !== credit.amountCents) return null;
  await payCharge(tx, schoolId, owed.id, transactionId, now);
  const facts = plainFacts(world, await loadSpeaker(tx, schoolId, lesson.studentPhone), 'student');
  const turn: Turn = { ...open, conversation, facts };
  await queue(turn, {
    conversationId: conversation.id,
    phone: conversation.phone,
    body: renderSaid(chargePaid(lesson, credit.amountCents, facts)),
    messageType: 'charge_paid',
    lessonId: lesson.id,
  });
  return { outcome: 'confirmed', reason: 'exact reference and what was owing', depositId: deposit.id };
}

export const chargePaid = (lesson: LessonFact, amountCents: number, facts: Facts): Said => ({
  key: 'charge_paid',
  values: {
    amount: dollars(amountCents),
    slot: momentInWords(lesson.startsAt, facts),
    name: firstName(lesson.student),
  },
});
