import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { bankSecret } from '../bank/secret';
import type { World } from '../world';
import { post } from './post';

/** A credit as the bank feed posts it; `receivedAt` is an ISO instant. */
export type SimCredit = {
  id: string;
  amountCents: number;
  description: string;
  reference: string;
  payer: string;
  receivedAt: string;
};
export type CreditOutcome = 'confirmed' | 'queued' | 'duplicate' | 'credited';
export type CreditAnswer = { kind: 'taken'; outcome: CreditOutcome } | { kind: 'refused'; status: number; why: string };

/** Posts a credit to the school's bank webhook, signed (Standard Webhooks; by the real clock, as its tolerance is). */
export async function payIn(world: World, schoolId: string, credit: SimCredit): Promise<CreditAnswer> {
  const { config, keys } = world;
  const body = JSON.stringify(credit);
  const sentAt = new Date();
  const headers = {
    'content-type': 'application/json',
    'webhook-id': credit.id,
    'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
    'webhook-signature': new Webhook(bankSecret(keys.tokens, schoolId)).sign(credit.id, sentAt, body),
  };
  const answer = await post(config, `${config.publicUrl}/webhooks/bank/${schoolId}`, headers, body);
  const said = taken.safeParse(parsed(answer?.body));
  if (answer?.status === 200 && said.success) return { kind: 'taken', outcome: said.data.outcome };
  const why = refused.safeParse(parsed(answer?.body));
  return { kind: 'refused', status: answer?.status ?? 0, why: why.success ? why.data.error : 'no reason given' };
}

const taken = z.object({ outcome: z.enum(['confirmed', 'queued', 'duplicate', 'credited']) });
const refused = z.object({ error: z.string() });

function parsed(body: string | undefined): unknown {
  try {
    return JSON.parse(body ?? '');
  } catch {
    return undefined;
  }
}
