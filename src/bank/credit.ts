import { FLOW_VERSION } from '../../flows/machines';
import type { Said } from '../../flows/vocabulary';
import { lessonInWords } from '../../flows/wording';
import { atRest } from '../conversation/place';
import { renderSaid } from '../conversation/render';
import { dollars } from '../domain/labels';
import { findReferences } from '../domain/references';
import { lockConversation } from '../store/conversations';
import { inSchool } from '../store/database';
import {
  confirmDeposit,
  confirmLesson,
  type DepositRow,
  depositsByReference,
  insertCredit,
  insertTransaction,
  type NewCredit,
  settleTransaction,
} from '../store/deposits';
import { insertEvent } from '../store/events';
import { lessonById, lockDiaries } from '../store/lessons';
import { insertOutgoing } from '../store/messages';
import { insertAlert } from '../store/people';
import { ownerPhone } from '../store/schools';
import { loadSpeaker } from '../store/speaker';
import { plainFacts } from '../turn/facts';
import { planLesson } from '../turn/plan';
import { queue, tellOfBooking } from '../turn/tell';
import type { Turn } from '../turn/turn';
import type { Alarm, World } from '../world';
import { payOwing } from './owing';

export type CreditOutcome = 'confirmed' | 'queued' | 'duplicate' | 'credited';
export type Settled = { outcome: Exclude<CreditOutcome, 'duplicate'>; reason: string; depositId: string | null };

/**
 * Takes one bank credit: kept as a row, matched by exact reference and amount, or put before a person. The same credit
 * again changes nothing. One transaction; throws only when the database fails.
 */
export async function takeCredit(
  world: World,
  schoolId: string,
  credit: NewCredit,
): Promise<{ id: string; outcome: CreditOutcome }> {
  const now = await world.now();
  const alarms: Alarm[] = [];
  const outcome = await inSchool(world.db, schoolId, async (tx): Promise<CreditOutcome> => {
    const id = await insertTransaction(tx, schoolId, credit, now);
    if (!id) return 'duplicate';
    const settled = await match({ world, tx, alarms, now }, schoolId, id, credit);
    await settleTransaction(tx, schoolId, id, settled);
    if (settled.outcome === 'queued') {
      await tellOffice({ world, tx, alarms, now }, schoolId, credit, settled.reason);
    }
    return settled.outcome;
  });
  await world.alarms.set(alarms, now).catch(() => {});
  world.log.info({ turn: 'credit', school: schoolId, outcome });
  return { id: credit.sourceId, outcome };
}

/** A credit that is for a person: on the list, and on the owner's phone. */
async function tellOffice({ tx, alarms, now }: Open, schoolId: string, credit: NewCredit, why: string): Promise<void> {
  await insertAlert(tx, schoolId, { conversationId: null, kind: 'money', detail: why }, now);
  const body = renderSaid({ key: 'office_money', values: { amount: dollars(credit.amountCents), why } });
  const text = {
    conversationId: null,
    phone: await ownerPhone(tx, schoolId),
    body,
    messageType: 'office_alert',
    dueAt: now,
  };
  const id = await insertOutgoing(tx, schoolId, text, now);
  if (id) alarms.push({ kind: 'message', schoolId, id, dueAt: now });
}

export type Open = Pick<Turn, 'world' | 'tx' | 'alarms' | 'now'>;

async function match(open: Open, schoolId: string, transactionId: string, credit: NewCredit): Promise<Settled> {
  const references = findReferences([credit.reference, credit.description]);
  const deposits = references.length > 0 ? await depositsByReference(open.tx, schoolId, references) : [];
  const [deposit, ...others] = deposits;
  const queued = (reason: string): Settled => ({ outcome: 'queued', reason, depositId: null });
  if (!deposit) return queued(references.length > 0 ? 'the reference belongs to no deposit' : 'no reference');
  if (others.length > 0) return queued('more than one reference');
  if (deposit.status === 'confirmed') {
    return (await payOwing(open, schoolId, transactionId, credit, deposit)) ?? queued('that deposit is paid already');
  }
  if (deposit.amountCents !== credit.amountCents) {
    return queued(`${dollars(credit.amountCents)} came, ${dollars(deposit.amountCents)} is asked`);
  }
  return settle(open, schoolId, transactionId, deposit);
}

/** Locks in the order of the house (conversation, instructor, student, lesson), then decides on what now stands. */
async function settle(open: Open, schoolId: string, transactionId: string, seen: DepositRow): Promise<Settled> {
  const { tx, now, world } = open;
  const before = (await lessonById(tx, schoolId, seen.lessonId))!;
  const atStart = { place: atRest('student'), flowVersion: FLOW_VERSION };
  const conversation = await lockConversation(tx, schoolId, before.studentPhone, atStart, now);
  await lockDiaries(tx, schoolId, [before.instructorId], before.studentId);
  const lesson = (await lessonById(tx, schoolId, seen.lessonId, true))!;
  const [deposit] = await depositsByReference(tx, schoolId, [seen.reference]);
  if (!deposit || deposit.status === 'confirmed')
    return { outcome: 'queued', reason: 'that deposit is paid already', depositId: null };
  const facts = plainFacts(world, await loadSpeaker(tx, schoolId, before.studentPhone), 'student');
  const turn: Turn = { ...open, conversation, facts };
  const standsAgain = lesson.startsAt > now && (await confirmedOrTaken(turn, lesson.id));
  if (standsAgain) {
    await confirmDeposit(tx, schoolId, deposit.id, now);
    await planLesson(turn, lesson.id);
    await tellOfBooking(turn, lesson.id);
    const key = `deposit:${deposit.id}:landed`;
    const id = await insertEvent(
      tx,
      schoolId,
      { conversationId: conversation.id, kind: 'deposit_landed', key, lessonId: lesson.id, dueAt: now },
      now,
    );
    if (id) open.alarms.push({ kind: 'event', schoolId, id, dueAt: now });
    return { outcome: 'confirmed', reason: 'exact reference and amount', depositId: deposit.id };
  }
  await insertCredit(
    tx,
    schoolId,
    {
      studentId: lesson.studentId,
      amountCents: deposit.amountCents,
      reason: 'came after the hold had ended',
      lessonId: lesson.id,
      transactionId,
    },
    now,
  );
  const said: Said = {
    key: 'late_money',
    values: { deposit: dollars(deposit.amountCents), slot: lessonInWords(lesson, facts) },
  };
  await queue(turn, {
    conversationId: conversation.id,
    phone: conversation.phone,
    body: renderSaid(said),
    messageType: 'late_money',
    lessonId: lesson.id,
  });
  return { outcome: 'credited', reason: 'the hold had ended and the time has gone', depositId: deposit.id };
}

/** The diary has the last word: when the slot was taken meanwhile, only this attempt is undone. */
async function confirmedOrTaken({ tx, facts }: Turn, lessonId: string): Promise<boolean> {
  try {
    return await tx.transaction((inner) => confirmLesson(inner, facts.school.id, lessonId));
  } catch (fault) {
    if ((fault as { code?: string }).code === '23P01') return false;
    throw fault;
  }
}
