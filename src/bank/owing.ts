import { datesInWords } from '../../flows/list-wording';
import { FLOW_VERSION } from '../../flows/machines';
import type { Facts, LessonFact, Said } from '../../flows/vocabulary';
import { atRest } from '../conversation/place';
import { renderSaid } from '../conversation/render';
import { dollars } from '../domain/labels';
import { owedBy } from '../domain/matching';
import { firstName } from '../domain/names';
import { owedForLessons, payCharge } from '../store/charges';
import { lockConversation } from '../store/conversations';
import type { DepositRow, NewCredit } from '../store/deposits';
import { lessonById } from '../store/lessons';
import { loadSpeaker } from '../store/speaker';
import { plainFacts } from '../turn/facts';
import { queue } from '../turn/tell';
import type { Turn } from '../turn/turn';
import type { Open, Settled } from './credit';

/** A paid deposit's reference again, with exactly what is still owed for its lessons' late drops; null when it is not that. */
export async function payOwing(
  open: Open,
  schoolId: string,
  transactionId: string,
  credit: NewCredit,
  deposits: readonly DepositRow[],
): Promise<Settled | null> {
  const { tx, world, now } = open;
  const first = (await lessonById(tx, schoolId, deposits[0]!.lessonId))!;
  const atStart = { place: atRest('student'), flowVersion: FLOW_VERSION };
  const conversation = await lockConversation(tx, schoolId, first.studentPhone, atStart, now);
  const ids = deposits.map((one) => one.lessonId);
  const owed = owedBy(credit.amountCents, await owedForLessons(tx, schoolId, ids));
  if (owed.length === 0) return null;
  const lessons: LessonFact[] = [];
  for (const { id, lessonId } of owed) {
    await payCharge(tx, schoolId, id, transactionId, now);
    lessons.push((await lessonById(tx, schoolId, lessonId))!);
  }
  const facts = plainFacts(world, await loadSpeaker(tx, schoolId, first.studentPhone), 'student');
  const turn: Turn = { ...open, conversation, facts };
  await queue(turn, {
    conversationId: conversation.id,
    phone: conversation.phone,
    body: renderSaid(chargePaid(lessons, credit.amountCents, facts)),
    messageType: 'charge_paid',
    lessonId: lessons[0]!.id,
  });
  return {
    outcome: 'confirmed',
    reason: 'exact reference and what was owing',
    depositId: deposits.length === 1 ? deposits[0]!.id : null,
  };
}

export const chargePaid = (lessons: readonly LessonFact[], amountCents: number, facts: Facts): Said => ({
  key: 'charge_paid',
  values: {
    amount: dollars(amountCents),
    slot: datesInWords(lessons, facts, 120),
    name: firstName(facts.student?.name ?? lessons[0]!.student),
  },
});
