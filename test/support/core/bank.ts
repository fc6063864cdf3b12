import type { Said } from '../../../flows/vocabulary';
import { lessonInWords } from '../../../flows/wording';
import { chargePaid } from '../../../src/bank/owing';
import { dollars } from '../../../src/domain/labels';
import { findReferences } from '../../../src/domain/references';
import type { Instant } from '../../../src/domain/time';
import { plainFacts } from '../../../src/turn/facts';
import { addCredit } from './commands';
import { lessonOf, speakerOf } from './reads';
import { ConstraintBroken, checkLesson, type DepositRow, draw, factOf, newId, type Rows } from './rows';
import { conversationOf, planLesson, putEvent, tell, tellOfBooking } from './turn';

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
  const [deposit, ...others] = rows.deposits.filter((one) => references.includes(one.reference));
  const owed =
    deposit && rows.charges.find((one) => one.lessonId === deposit.lessonId && one.owingCents === amountCents);
  if (owed && amountCents > 0 && deposit.status === 'confirmed' && others.length === 0) {
    transaction.outcome = 'confirmed';
    owed.owingCents = 0;
    const lesson = factOf(rows, lessonOf(rows, deposit.lessonId));
    const facts = plainFacts({ random: (bytes) => draw(rows, bytes) }, speakerOf(rows, lesson.studentPhone), 'student');
    tell({ rows, now }, lesson.studentPhone, chargePaid(lesson, amountCents, facts), 'charge_paid');
    return;
  }
  const why = !deposit
    ? references.length > 0
      ? 'the reference belongs to no deposit'
      : 'no reference'
    : others.length > 0
      ? 'more than one reference'
      : deposit.status === 'confirmed'
        ? 'that deposit is paid already'
        : deposit.amountCents !== amountCents
          ? `${dollars(amountCents)} came, ${dollars(deposit.amountCents)} is asked`
          : null;
  if (!why) {
    transaction.outcome = settle(rows, deposit!, now);
    return;
  }
  rows.alerts.push({ kind: 'money', detail: why });
  const said: Said = { key: 'office_money', values: { amount: dollars(amountCents), why } };
  tell({ rows, now }, rows.school.ownerPhone, said, 'office_alert');
}

function settle(rows: Rows, deposit: DepositRow, now: Instant): 'confirmed' | 'credited' {
  const row = lessonOf(rows, deposit.lessonId);
  const lesson = factOf(rows, row);
  const conversation = conversationOf(rows, lesson.studentPhone);
  const facts = plainFacts({ random: (bytes) => draw(rows, bytes) }, speakerOf(rows, lesson.studentPhone), 'student');
  const turn = { rows, conversation, facts, now };
  if (row.startsAt > now && standsAgain(rows, deposit.lessonId)) {
    deposit.status = 'confirmed';
    planLesson(turn, row.id);
    tellOfBooking(turn, row.id);
    const key = `deposit:${deposit.id}:landed`;
    putEvent(turn, { phone: conversation.phone, kind: 'deposit_landed', key, lessonId: row.id, dueAt: now });
    return 'confirmed';
  }
  addCredit(rows, row.studentId, deposit.amountCents, 'came after the hold had ended');
  const values = { deposit: dollars(deposit.amountCents), slot: lessonInWords(lesson, facts) };
  tell(turn, conversation.phone, { key: 'late_money', values }, 'late_money');
  return 'credited';
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
