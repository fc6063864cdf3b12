import type { Offer } from '../../flows/vocabulary';
import { confirmDeposit, insertCredit, insertDeposit } from '../store/deposits';
import { learnerNamed } from '../store/learners';
import { endLapsedHolds, insertLesson } from '../store/lessons';
import { freedBy } from './freed';
import { keepTravelTime } from './travel';
import { Overtaken, type Turn } from './turn';
import { wishesMet } from './waitlist';
import { keepWeeklyHours } from './weekly-hours';

/** Writes a lesson where the guard found room; a learner who is new is written down with it. */
export async function takeSlot(
  turn: Turn,
  slot: Offer,
  lessonId: string,
  status: 'pending' | 'confirmed',
  holdExpiresAt: number | null,
  pickup: string | null = null,
): Promise<void> {
  const { tx, facts, now } = turn;
  const { id: schoolId, policy } = facts.school;
  const { bufferMinutes } = policy;
  const studentId = facts.student!.id;
  await endLapsed(turn, slot, studentId);
  await keepTravelTime(turn, slot, { ...facts.student, ...(pickup && { pickup }) }, null);
  await keepWeeklyHours(turn, slot, { ...facts.student, ...(pickup && { pickup }) }, null);
  const { learner } = slot;
  const learnerId = learner ? (learner.id ?? (await learnerNamed(tx, schoolId, studentId, learner.name, now))) : null;
  const priceCents = facts.lessonTypes.find((type) => type.id === slot.lessonTypeId)!.priceCents;
  const lesson = { id: lessonId, studentId, learnerId, slot, status, priceCents, bufferMinutes, holdExpiresAt, pickup };
  if (!(await insertLesson(tx, schoolId, lesson, now))) throw new Overtaken('the slot has just gone');
  await wishesMet(turn, studentId, slot);
}

/** Holds that have lapsed make way; what of their time is left over is free again. */
export async function endLapsed(turn: Turn, slot: Offer, studentId: string): Promise<void> {
  const { tx, facts, now } = turn;
  const { bufferMinutes } = facts.school.policy;
  for (const lapsed of await endLapsedHolds(tx, facts.school.id, slot, bufferMinutes, studentId, now))
    await freedBy(turn, lapsed);
}

/** The deposit of a lesson, paid at once from what the student has with the school. */
export async function payFromCredit(
  { tx, facts, now }: Turn,
  deposit: { lessonId: string; reference: string; amountCents: number; askedWith?: string },
): Promise<void> {
  const schoolId = facts.school.id;
  const id = await insertDeposit(tx, schoolId, deposit, now);
  await confirmDeposit(tx, schoolId, id, null, now);
  const spent = {
    studentId: facts.student!.id,
    amountCents: -deposit.amountCents,
    reason: 'paid a deposit',
    lessonId: deposit.lessonId,
    transactionId: null,
  };
  await insertCredit(tx, schoolId, spent, now);
}
