import express, { type Router } from 'express';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import type { NewCredit } from '../store/deposits';

/** What a bank feed posts: one credit, in cents. */
const creditSchema = z.object({
  id: z.string().min(1).max(128),
  amountCents: z.number().int().positive().max(100_000_000),
  description: z.string().max(500).default(''),
  reference: z.string().max(200).default(''),
  payer: z.string().max(200).default(''),
  receivedAt: z.iso.datetime({ offset: true }).optional(),
});

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `POST /webhooks/bank/:school`, signed by the Standard Webhooks scheme; 401 unsigned, 400 malformed, 404 unknown school. */
export function bankWebhook(deps: {
  secretOf(schoolId: string): string;
  isSchool(schoolId: string): Promise<boolean>;
  take(schoolId: string, credit: NewCredit): Promise<{ id: string; outcome: string }>;
  now(): Promise<number>;
}): Router {
  const router = express.Router();
  router.post('/:school', express.raw({ type: () => true, limit: '64kb' }), async (request, response) => {
    const schoolId = String(request.params.school);
    if (!UUID.test(schoolId)) return void response.status(404).json({ error: 'no such school' });
    const body = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
    try {
      new Webhook(deps.secretOf(schoolId)).verify(body, request.headers as Record<string, string>);
    } catch {
      return void response.status(401).json({ error: 'the signature is missing, wrong or older than 5 minutes' });
    }
    const read = creditSchema.safeParse(parsed(body));
    if (!read.success)
      return void response
        .status(400)
        .json({ error: read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ') });
    if (!(await deps.isSchool(schoolId))) return void response.status(404).json({ error: 'no such school' });
    const { id, receivedAt, ...rest } = read.data;
    const at = receivedAt ? Date.parse(receivedAt) : await deps.now();
    response.json(
      await deps.take(schoolId, {
        source: 'webhook',
        sourceId: clean(id),
        receivedAt: at,
        amountCents: rest.amountCents,
        description: clean(rest.description),
        reference: clean(rest.reference),
        payer: clean(rest.payer),
      }),
    );
  });
  return router;
}

/** PostgreSQL keeps no NUL, and lone surrogates are no text. */
const clean = (text: string) => text.replaceAll('\0', '').toWellFormed();

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
