import { renderSaid } from '../conversation/render';
import { dollars } from '../domain/labels';
import { paidBy } from '../domain/matching';
import { findReferences } from '../domain/references';
import { inSchool } from '../store/database';
import { depositsByReference, insertTransaction, type NewCredit, settleTransaction } from '../store/deposits';
import { insertOutgoing } from '../store/messages';
import { insertAlert } from '../store/people';
import { ownerPhone } from '../store/schools';
import { again } from '../turn/again';
import type { Turn } from '../turn/turn';
import type { Alarm, World } from '../world';
import { payOwing } from './owing';
import { settle } from './settle';

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
  return again(() => oneCredit(world, schoolId, credit, now));
}

async function oneCredit(
  world: World,
  schoolId: string,
  credit: NewCredit,
  now: number,
): Promise<{ id: string; outcome: CreditOutcome }> {
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
  const queued = (reason: string): Settled => ({ outcome: 'queued', reason, depositId: null });
  if (deposits.length === 0)
    return queued(references.length > 0 ? 'the reference belongs to no deposit' : 'no reference');
  const paid = paidBy(credit.amountCents, deposits);
  if (paid.kind === 'pays')
    return settle(open, schoolId, { id: transactionId, amountCents: credit.amountCents }, paid.deposits);
  const oneReference = new Set(deposits.map((one) => one.reference)).size === 1;
  const owed = oneReference ? await payOwing(open, schoolId, transactionId, credit, deposits) : null;
  return owed ?? queued(paid.why);
}
