import type { Said } from '../../../flows/vocabulary';
import { chargePaid } from '../../../src/bank/owing';
import { lateMoney } from '../../../src/bank/settle';
import { dollars } from '../../../src/domain/labels';
import { owedBy, paidBy } from '../../../src/domain/matching';
import { findReferences } from '../../../src/domain/references';
import type { Instant } from '../../../src/domain/time';
import { plainFacts } from '../../../src/turn/facts';
import { addCredit, tellInstructors } from './commands';
import { lessonOf, speakerOf } from './reads';
import { ConstraintBroken, checkLesson, type DepositRow, draw, factOf, newId, type Rows } from './rows';
import { conversationOf, planLesson, putEvent, tell } from './turn';

/** One bank credit: matched by exact reference and amount, or put before a person; the same credit again changes nothing. */
export function takeCredit(
  rows: Rows,
  { amountCents, description = '', id = newId() }: { amountCents: number; description?: string; id?: string },
  now: Instant,
): void {
  if (rows.bank.some((one) => one.id === id)) return;
  const transaction: Rows['bank'][0] = { id, amountCents, outcome: 'queued' };
  rows.bank.push(transaction);
  const references = findReferences([description]);
  const deposits = rows.deposits
    .filter((one) => references.includes(one.reference))
    .sort((a, b) => lessonOf(rows, a.lessonId).startsAt - lessonOf(rows, b.lessonId).startsAt);
  const paid = deposits.length > 0 ? paidBy(amountCents, deposits) : null;
  if (paid?.kind === 'pays') {
    transaction.outcome = settle(rows, id, paid.deposits, now);
    return;
  }
  const oneReference = new Set(deposits.map((one) => one.reference)).size === 1;
  const charges = rows.charges.filter(
    (one) => one.owingCents > 0 && deposits.some((row) => row.lessonId === one.lessonId),
  );
  const owed = oneReference ? owedBy(amountCents, charges) : [];
  if (owed.length > 0) {
    transaction.outcome = 'confirmed';
    const lessons = owed.map((one) => factOf(rows, lessonOf(rows, one.lessonId)));
    for (const one of owed) Object.assign(one, { paidCents: one.owingCents, owingCents: 0 });
    const phone = lessons[0]!.studentPhone;
    const facts = plainFacts({ random: (bytes) => draw(rows, bytes) }, speakerOf(rows, phone), 'student');
    tell({ rows, now }, phone, chargePaid(lessons, amountCents, facts), 'charge_paid');
    return;
  }
  const why = paid?.why ?? (references.length > 0 ? 'the reference belongs to no deposit' : 'no reference');
  rows.alerts.push({ kind: 'money', detail: why });
  const said: Said = { key: 'office_money', values: { amount: dollars(amountCents), why } };
  tell({ rows, now }, rows.school.ownerPhone, said, 'office_alert');
}

function settle(
  rows: Rows,
  transactionId: string,
  deposits: readonly DepositRow[],
  now: Instant,
): 'confirmed' | 'credited' {
  const first = factOf(rows, lessonOf(rows, deposits[0]!.lessonId));
  const conversation = conversationOf(rows, first.studentPhone);
  const facts = plainFacts({ random: (bytes) => draw(rows, bytes) }, speakerOf(rows, first.studentPhone), 'student');
  const turn = { rows, conversation, facts, now };
  const stands = deposits.filter(
    (one) => lessonOf(rows, one.lessonId).startsAt > now && standsAgain(rows, one.lessonId),
  );
  const late = deposits.filter((one) => !stands.includes(one));
  const lessonsOf = (some: readonly DepositRow[]) => some.map((one) => factOf(rows, lessonOf(rows, one.lessonId)));
  for (const deposit of stands) {
    Object.assign(deposit, { status: 'confirmed', paidBy: transactionId });
    planLesson(turn, deposit.lessonId);
  }
  if (stands.length > 0) {
    tellInstructors(turn, 'told_booked', lessonsOf(stands));
    const [{ id, lessonId }] = stands as [DepositRow];
    const key = `deposit:${id}:landed`;
    putEvent(turn, { phone: conversation.phone, kind: 'deposit_landed', key, lessonId, dueAt: now });
  }
  if (late.length > 0) {
    const cents = late.reduce((sum, one) => sum + one.amountCents, 0);
    addCredit(rows, first.studentId, cents, 'came after the hold had ended');
    tell(turn, conversation.phone, lateMoney(lessonsOf(late), cents, stands.length > 0, facts), 'late_money');
  }
  return stands.length > 0 ? 'confirmed' : 'credited';
}

/** A held lesson becomes confirmed, or one whose hold ended unpaid stands again, unless its time was taken meanwhile. */
function standsAgain(rows: Rows, lessonId: string): boolean {
  const row = lessonOf(rows, lessonId);
  const open = row.status === 'pending' || (row.status === 'cancelled' && row.reason === 'hold_expired');
  if (!open) return false;
  const again = { ...row, status: 'confirmed' as const, reason: null };
  try {
    checkLesson(rows, again);
  } catch (fault) {
    if (fault instanceof ConstraintBroken) return false;
    throw fault;
  }
  Object.assign(row, again);
  return true;
}
