import { datesInWords } from '../../flows/list-wording';
import { FLOW_VERSION } from '../../flows/machines';
import type { LessonFact, Said } from '../../flows/vocabulary';
import { lessonInWords } from '../../flows/wording';
import { atRest } from '../conversation/place';
import { renderSaid } from '../conversation/render';
import { dollars } from '../domain/labels';
import { paidBy } from '../domain/matching';
import { sumCents } from '../domain/money';
import { lockConversation } from '../store/conversations';
import { confirmDeposit, confirmLesson, type DepositRow, depositsByReference, insertCredit } from '../store/deposits';
import { insertEvent } from '../store/events';
import { lessonById, lockDiaries } from '../store/lessons';
import { loadSpeaker } from '../store/speaker';
import { plainFacts } from '../turn/facts';
import { planLesson } from '../turn/plan';
import { tellInstructors } from '../turn/several';
import { queue } from '../turn/tell';
import { Overtaken, type Turn } from '../turn/turn';
import { keepWeeklyHours } from '../turn/weekly-hours';
import type { Open, Settled } from './credit';

type Paid = { deposit: DepositRow; lesson: LessonFact };

/**
 * Takes a credit that pays exactly these deposits. Locks in the order of the house (conversation, instructors, student,
 * lesson), then decides anew on what now stands: each lesson is confirmed, stands again, or its deposit becomes credit.
 */
export async function settle(
  open: Open,
  schoolId: string,
  credit: { id: string; amountCents: number },
  seen: readonly DepositRow[],
): Promise<Settled> {
  const { tx, now, world } = open;
  const [first] = seen;
  const { studentPhone: phone, studentId } = (await lessonById(tx, schoolId, first!.lessonId))!;
  const atStart = { place: atRest('student'), flowVersion: FLOW_VERSION };
  const conversation = await lockConversation(tx, schoolId, phone, atStart, now);
  await lockDiaries(tx, schoolId, [...new Set(seen.map((one) => one.instructorId))], studentId);
  const match = paidBy(credit.amountCents, await depositsByReference(tx, schoolId, [first!.reference]));
  if (match.kind === 'person') return { outcome: 'queued', reason: match.why, depositId: null };
  const facts = plainFacts(world, await loadSpeaker(tx, schoolId, phone), 'student');
  const turn: Turn = { ...open, conversation, facts };
  const confirmed: Paid[] = [];
  const late: Paid[] = [];
  for (const deposit of match.deposits) {
    const lesson = (await lessonById(tx, schoolId, deposit.lessonId, true))!;
    const stands = lesson.startsAt > now && (await confirmedOrTaken(turn, lesson));
    (stands ? confirmed : late).push({ deposit, lesson });
  }
  await bookedBy(turn, credit.id, confirmed);
  await keptAsCredit(turn, credit.id, late, confirmed.length > 0);
  const depositId = match.deposits.length === 1 ? match.deposits[0]!.id : null;
  if (confirmed.length === 0)
    return { outcome: 'credited', reason: 'the hold had ended and the time has gone', depositId };
  const reason = late.length === 0 ? 'exact reference and amount' : 'exact reference and amount; some times had gone';
  return { outcome: 'confirmed', reason, depositId };
}

/** The student hears of all of them in one text, each instructor of theirs. */
async function bookedBy(turn: Turn, transactionId: string, paid: readonly Paid[]): Promise<void> {
  const { tx, facts, conversation, now } = turn;
  const schoolId = facts.school.id;
  const [first] = paid;
  if (!first) return;
  for (const { deposit, lesson } of paid) {
    await confirmDeposit(tx, schoolId, deposit.id, transactionId, now);
    await planLesson(turn, lesson.id);
  }
  await tellInstructors(
    turn,
    'told_booked',
    paid.map((one) => one.lesson),
  );
  const key = `deposit:${first.deposit.id}:landed`;
  const id = await insertEvent(
    tx,
    schoolId,
    { conversationId: conversation.id, kind: 'deposit_landed', key, lessonId: first.lesson.id, dueAt: now },
    now,
  );
  if (id) turn.alarms.push({ kind: 'event', schoolId, id, dueAt: now });
}

async function keptAsCredit(turn: Turn, transactionId: string, late: readonly Paid[], partly: boolean): Promise<void> {
  const { tx, facts, conversation, now } = turn;
  const [first] = late;
  if (!first) return;
  const amountCents = sumCents(late.map((one) => one.deposit.amountCents));
  const kept = {
    studentId: first.lesson.studentId,
    amountCents,
    reason: 'came after the hold had ended',
    lessonId: late.length === 1 ? first.lesson.id : null,
    transactionId,
  };
  await insertCredit(tx, facts.school.id, kept, now);
  const lessons = late.map((one) => one.lesson);
  await queue(turn, {
    conversationId: conversation.id,
    phone: conversation.phone,
    body: renderSaid(lateMoney(lessons, amountCents, partly, turn.facts)),
    messageType: 'late_money',
    lessonId: first.lesson.id,
  });
}

/** What the student hears of money that came too late: all of it, or what of a payment for several did. */
export function lateMoney(
  lessons: readonly LessonFact[],
  amountCents: number,
  partly: boolean,
  facts: Turn['facts'],
): Said {
  const deposit = dollars(amountCents);
  if (partly) return { key: 'late_money_list', values: { deposit, lessons: datesInWords(lessons, facts, 150) } };
  const slot = lessons.length === 1 ? lessonInWords(lessons[0]!, facts) : datesInWords(lessons, facts, 120);
  return { key: 'late_money', values: { deposit, slot } };
}

/** The diary has the last word: when the slot was taken meanwhile, only this attempt is undone. */
async function confirmedOrTaken(turn: Turn, lesson: LessonFact): Promise<boolean> {
  try {
    await keepWeeklyHours(turn, lesson, lesson, lesson.id);
    return await turn.tx.transaction((inner) => confirmLesson(inner, turn.facts.school.id, lesson.id));
  } catch (fault) {
    if (fault instanceof Overtaken || (fault as { code?: string }).code === '23P01') return false;
    throw fault;
  }
}
