import type { Waivable } from '../../flows/vocabulary';
import { waiveCharge } from '../store/charges';
import { insertCredit } from '../store/deposits';
import type { Tx } from '../store/sql';

/** The school lets a late notice go: what it had kept or was paid is credit again. False when somebody had already. */
export async function waive(
  tx: Tx,
  schoolId: string,
  charge: Pick<Waivable, 'chargeId' | 'studentId' | 'lessonId' | 'backCents'>,
  decided: { by: string; because: string },
  now: number,
): Promise<boolean> {
  if (!(await waiveCharge(tx, schoolId, charge.chargeId, decided, now))) return false;
  if (charge.backCents > 0) {
    const credit = { studentId: charge.studentId, amountCents: charge.backCents, reason: 'late notice waived' };
    await insertCredit(tx, schoolId, { ...credit, lessonId: charge.lessonId, transactionId: null }, now);
  }
  return true;
}
