import type { Owing, Waivable } from '../../flows/vocabulary';
import { at, rows, type Tx } from './sql';

/** What a late drop or move of a lesson cost, of which its deposit covered `keptCents`. */
export async function insertCharge(
  tx: Tx,
  schoolId: string,
  charge: { studentId: string; lessonId: string; amountCents: number; keptCents: number },
  now: number,
): Promise<void> {
  await rows(
    tx,
    'insert into charges (school_id, student_id, lesson_id, amount_cents, kept_cents, created_at) values (?, ?, ?, ?, ?, ?)',
    [schoolId, charge.studentId, charge.lessonId, charge.amountCents, charge.keptCents, at(now)],
  );
}

export type ChargeRow = {
  id: string;
  lessonId: string;
  studentId: string;
  name: string;
  phone: string;
  lessonAt: number;
  lesson: string;
  amountCents: number;
  keptCents: number;
  /** The reference of the lesson's deposit, with which the rest is paid; null when it never had one. */
  reference: string | null;
  paidAt: number | null;
  waivedAt: number | null;
};

const CHARGE = `select c.id, c.lesson_id as "lessonId", c.student_id as "studentId", s.name, s.phone, l.start_time as "lessonAt",
    t.name as lesson, c.amount_cents as "amountCents", c.kept_cents as "keptCents", c.paid_at as "paidAt", c.waived_at as "waivedAt",
    (select d.payid_reference from payment_deposits d where d.school_id = c.school_id and d.lesson_id = c.lesson_id
      order by d.created_at desc limit 1) as reference
  from charges c
    join lessons l on l.school_id = c.school_id and l.id = c.lesson_id
    join lesson_types t on t.school_id = l.school_id and t.id = l.lesson_type_id
    join students s on s.school_id = c.school_id and s.id = c.student_id`;
const OWING = 'c.paid_at is null and c.waived_at is null and c.kept_cents < c.amount_cents';

/** All that students still owe for late drops, oldest first. */
export function chargesOwing(tx: Tx, schoolId: string): Promise<ChargeRow[]> {
  return rows<ChargeRow>(tx, `${CHARGE} where c.school_id = ? and ${OWING} order by c.created_at`, [schoolId]);
}

/** What one student still owes, oldest first. */
export async function owingOf(tx: Tx, schoolId: string, studentId: string): Promise<Owing[]> {
  const found = await rows<ChargeRow>(
    tx,
    `${CHARGE} where c.school_id = ? and c.student_id = ? and ${OWING} order by c.created_at`,
    [schoolId, studentId],
  );
  return found.map(({ amountCents, keptCents, lessonAt, reference }) => ({
    owingCents: amountCents - keptCents,
    startsAt: lessonAt,
    reference,
  }));
}

/** The late drops of a phone that nobody has waived yet, newest first. */
export function chargesOfPhone(tx: Tx, schoolId: string, phone: string): Promise<ChargeRow[]> {
  return rows<ChargeRow>(
    tx,
    `${CHARGE} where c.school_id = ? and s.phone = ? and c.waived_at is null order by c.created_at desc`,
    [schoolId, phone],
  );
}

/** The same, as they are let go by text: what the school had kept or was paid comes back. */
export async function waivableOf(tx: Tx, schoolId: string, phone: string): Promise<Waivable[]> {
  return (await chargesOfPhone(tx, schoolId, phone)).map(waivableFrom);
}

export const waivableFrom = (charge: ChargeRow): Waivable => ({
  chargeId: charge.id,
  studentId: charge.studentId,
  phone: charge.phone,
  name: charge.name,
  lessonId: charge.lessonId,
  lessonAt: charge.lessonAt,
  amountCents: charge.amountCents,
  backCents: charge.paidAt === null ? charge.keptCents : charge.amountCents,
});

/** What is still owed for any of these lessons, oldest first, locked so that it is paid once. */
export function owedForLessons(
  tx: Tx,
  schoolId: string,
  lessonIds: string[],
): Promise<{ id: string; lessonId: string; owingCents: number }[]> {
  return rows(
    tx,
    `select c.id, c.lesson_id as "lessonId", c.amount_cents - c.kept_cents as "owingCents" from charges c
     where c.school_id = ? and c.lesson_id = any(?) and ${OWING} order by c.created_at, c.id for no key update`,
    [schoolId, lessonIds],
  );
}

export async function payCharge(
  tx: Tx,
  schoolId: string,
  id: string,
  transactionId: string,
  now: number,
): Promise<void> {
  await rows(tx, 'update charges set paid_at = ?, bank_transaction_id = ? where school_id = ? and id = ?', [
    at(now),
    transactionId,
    schoolId,
    id,
  ]);
}

/** The school lets it go; false when somebody had already. */
export async function waiveCharge(
  tx: Tx,
  schoolId: string,
  id: string,
  { by, because }: { by: string; because: string },
  now: number,
): Promise<boolean> {
  const done = await rows(
    tx,
    `update charges set waived_at = ?, waived_by = ?, waived_because = ? where school_id = ? and id = ? and waived_at is null
     returning id`,
    [at(now), by, because, schoolId, id],
  );
  return done.length === 1;
}
