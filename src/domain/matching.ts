import { dollars } from './labels';
import { sumCents } from './money';

/** A deposit as far as a payment for it is concerned. */
export type Asked = { amountCents: number; reference: string; status: 'pending' | 'confirmed' | 'failed' };

/**
 * Which deposits a credit pays. Exactly one reference, and exactly its sum: of all that is still held, or of all that was
 * asked under it and never paid (a hold that has ended meanwhile, a lesson that was dropped). Anything else is for a person.
 */
export function paidBy<Deposit extends Asked>(
  amountCents: number,
  deposits: readonly Deposit[],
): { kind: 'pays'; deposits: Deposit[] } | { kind: 'person'; why: string } {
  const person = (why: string) => ({ kind: 'person', why }) as const;
  if (new Set(deposits.map((one) => one.reference)).size > 1) return person('more than one reference');
  const unpaid = deposits.filter((one) => one.status !== 'confirmed');
  const held = unpaid.filter((one) => one.status === 'pending');
  if (unpaid.length === 0) return person('that deposit is paid already');
  for (const asked of [held, unpaid])
    if (asked.length > 0 && sumOf(asked) === amountCents) return { kind: 'pays', deposits: asked };
  const wanted = sumOf(held.length > 0 ? held : unpaid);
  return person(`${dollars(amountCents)} came, ${dollars(wanted)} is asked`);
}

/**
 * Which of what is owed for late drops under one reference a credit pays: all of it, or exactly one, the oldest of those
 * that are as much; none when no sum fits.
 */
export function owedBy<Owed extends { owingCents: number }>(amountCents: number, owed: readonly Owed[]): Owed[] {
  if (owed.length > 0 && sumCents(owed.map((one) => one.owingCents)) === amountCents) return [...owed];
  return owed.filter((one) => one.owingCents === amountCents).slice(0, 1);
}

const sumOf = (deposits: readonly Asked[]) => sumCents(deposits.map((one) => one.amountCents));
