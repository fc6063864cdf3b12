import { at, row, rows, type Tx } from './sql';

/** What is asked for a lesson. Deposits asked for together give the same `askedWith`; only they may share a reference (`reference_is_one_request`). */
export async function insertDeposit(
  tx: Tx,
  schoolId: string,
  deposit: { lessonId: string; amountCents: number; reference: string; askedWith?: string },
  now: number,
): Promise<string> {
  const made = await row<{ id: string }>(
    tx,
    `insert into payment_deposits (school_id, lesson_id, amount_cents, payid_reference, asked_with, status, created_at)
     values (?, ?, ?, ?, coalesce(?::uuid, gen_random_uuid()), 'pending', ?) returning id`,
    [schoolId, deposit.lessonId, deposit.amountCents, deposit.reference, deposit.askedWith ?? null, at(now)],
  );
  return made!.id;
}

export type DepositRow = {
  id: string;
  lessonId: string;
  amountCents: number;
  reference: string;
  status: 'pending' | 'confirmed' | 'failed';
  lessonStatus: string;
  studentId: string;
  instructorId: string;
};

/** Deposits by their references, the earliest lesson first; unknown references are left out. */
export function depositsByReference(tx: Tx, schoolId: string, references: string[]): Promise<DepositRow[]> {
  return rows<DepositRow>(
    tx,
    `select d.id, d.lesson_id as "lessonId", d.amount_cents as "amountCents", d.payid_reference as reference, d.status,
       l.status as "lessonStatus", l.student_id as "studentId", l.instructor_id as "instructorId"
     from payment_deposits d join lessons l on l.school_id = d.school_id and l.id = d.lesson_id
     where d.school_id = ? and d.payid_reference = any(?) order by l.start_time, d.id`,
    [schoolId, references],
  );
}

/** The deposit is in, by a credit of the bank or from the student's own; false when it was not open any more. */
export async function confirmDeposit(
  tx: Tx,
  schoolId: string,
  id: string,
  transactionId: string | null,
  now: number,
): Promise<boolean> {
  const done = await rows(
    tx,
    `update payment_deposits set status = 'confirmed', matched_at = ?, paid_by = ?, reason = null
     where school_id = ? and id = ? and status <> 'confirmed' returning id`,
    [at(now), transactionId, schoolId, id],
  );
  return done.length === 1;
}

export type NewCredit = {
  source: string;
  sourceId: string;
  amountCents: number;
  description: string;
  reference: string;
  payer: string;
  receivedAt: number;
};

/** The credit as a row, waiting to be matched; null when the same one was there already. */
export async function insertTransaction(
  tx: Tx,
  schoolId: string,
  credit: NewCredit,
  now: number,
): Promise<string | null> {
  const made = await row<{ id: string }>(
    tx,
    `insert into bank_transactions (school_id, source, source_id, amount_cents, description, reference, payer, received_at, outcome,
       outcome_reason, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, 'queued', 'not looked at yet', ?)
     on conflict (school_id, source, source_id) do nothing returning id`,
    [
      schoolId,
      credit.source,
      credit.sourceId,
      credit.amountCents,
      credit.description,
      credit.reference,
      credit.payer,
      at(credit.receivedAt),
      at(now),
    ],
  );
  return made?.id ?? null;
}

export async function settleTransaction(
  tx: Tx,
  schoolId: string,
  id: string,
  settled: { outcome: 'confirmed' | 'queued' | 'credited'; reason: string; depositId: string | null },
): Promise<void> {
  await rows(
    tx,
    'update bank_transactions set outcome = ?, outcome_reason = ?, deposit_id = ? where school_id = ? and id = ?',
    [settled.outcome, settled.reason, settled.depositId, schoolId, id],
  );
}

/** Money that a student has with the school. */
export async function insertCredit(
  tx: Tx,
  schoolId: string,
  credit: {
    studentId: string;
    amountCents: number;
    reason: string;
    lessonId: string | null;
    transactionId: string | null;
  },
  now: number,
): Promise<void> {
  await rows(
    tx,
    `insert into credits (school_id, student_id, amount_cents, reason, lesson_id, bank_transaction_id, created_at) values (?, ?, ?, ?, ?, ?, ?)`,
    [schoolId, credit.studentId, credit.amountCents, credit.reason, credit.lessonId, credit.transactionId, at(now)],
  );
}

/** A held lesson becomes confirmed, or one whose hold ended unpaid stands again; false when the diary or its state refuses. */
export async function confirmLesson(tx: Tx, schoolId: string, lessonId: string): Promise<boolean> {
  const done = await rows(
    tx,
    `update lessons set status = 'confirmed', reason = null, cancelled_at = null where school_id = ? and id = ?
       and (status = 'pending' or (status = 'cancelled' and reason = 'hold_expired')) returning id`,
    [schoolId, lessonId],
  );
  return done.length === 1;
}

/** What a student has with the school, in cents. */
export async function creditOf(tx: Tx, schoolId: string, studentId: string): Promise<number> {
  const found = await row<{ cents: number }>(
    tx,
    'select coalesce(sum(amount_cents), 0)::int as cents from credits where school_id = ? and student_id = ?',
    [schoolId, studentId],
  );
  return found!.cents;
}
