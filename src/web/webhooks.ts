import express, { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import type { Logger } from 'pino';
import type { Inbound, StatusUpdate } from '../channels/inbound';
import {
  type Fields,
  fieldsOf,
  isSigned,
  type Reading,
  readInbound,
  readStatus,
  rowNamed,
} from '../channels/twilio-forms';
import { inOrder } from './in-order';

/** Far above any real form; what is longer is not read to its end. */
const LONGEST_BODY = '64kb';
const NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

export type TwilioWebhooks = {
  accountSid: string;
  authToken: string;
  /** Where Twilio calls us, without a trailing slash: signatures are checked against it. */
  publicUrl: string;
  /** Resolves after commit. Throws only for faults of ours (then 500, and Twilio tries once more). */
  onText(inbound: Inbound): Promise<'handled' | 'unknown_school'>;
  onStatus(update: StatusUpdate): Promise<void>;
  /** For status addresses without a school; without it those are refused. */
  schoolOfMessage?(messageId: string): Promise<string | null>;
  log: Logger;
};

/**
 * `POST /messages` and `/status?message=&school=`, to be mounted at `/webhooks/twilio` before any body parser.
 * 403 unsigned or wrongly signed, 400 not Twilio's shape, 413 or 415 not a form, 404 no school has that number.
 */
export function twilioWebhooks(deps: TwilioWebhooks): Router {
  const router = Router();
  const oneByOne = inOrder();
  const form = [
    requireSignatureHeader,
    express.raw({ type: 'application/x-www-form-urlencoded', limit: LONGEST_BODY }),
  ];

  router.post('/messages', form, async (request: Request, response: Response) => {
    const inbound = take(deps, request, response, (fields) => readInbound(fields, deps.accountSid));
    if (!inbound) return;
    const came = performance.now();
    const outcome = await oneByOne(inbound.from, () => deps.onText({ ...inbound, waitedMs: performance.now() - came }));
    if (outcome === 'handled') return void response.type('text/xml').send(NOTHING_TO_SAY);
    deps.log.warn({ sid: inbound.providerSid }, 'a text came to a number that is no school’s');
    refuse(response, 404, 'no school has this number');
  });

  router.post('/status', form, async (request: Request, response: Response) => {
    const named = rowNamed(request.query);
    const schoolId = named?.schoolId ?? (named && (await deps.schoolOfMessage?.(named.messageId))) ?? null;
    const update = take(deps, request, response, (fields) => {
      if (!named || !schoolId) return { kind: 'not_twilio', why: 'the address needs ?message=<uuid>&school=<uuid>' };
      return readStatus(fields, { messageId: named.messageId, schoolId }, deps.accountSid);
    });
    if (!update) return;
    await deps.onStatus(update);
    response.type('text/xml').send(NOTHING_TO_SAY);
  });

  router.use(faultsWithoutDetail(deps.log));
  return router;
}

/** The signed form as `read` has it; answers the request itself and gives undefined when there is none. */
function take<T>(
  { authToken, publicUrl, log }: TwilioWebhooks,
  request: Request,
  response: Response,
  read: (fields: Fields) => Reading<T>,
): T | undefined {
  if (!Buffer.isBuffer(request.body)) return refuse(response, 415, 'send application/x-www-form-urlencoded');
  const fields = fieldsOf(request.body.toString('utf8'));
  if (!fields) return refuse(response, 400, 'too many fields');
  if (!isSigned(authToken, request.get('x-twilio-signature'), publicUrl + request.originalUrl, fields)) {
    log.warn({ route: request.path, status: 403 }, 'a webhook was wrongly signed: compare PUBLIC_URL with Twilio’s');
    return refuse(response, 403, 'wrong signature');
  }
  const reading = read(fields);
  if (reading.kind === 'read') return reading.value;
  log.warn({ route: request.path, status: 400, outcome: reading.why }, 'a signed webhook was not of Twilio’s shape');
  return refuse(response, 400, reading.why);
}

function requireSignatureHeader(request: Request, response: Response, next: () => void): void {
  if (request.get('x-twilio-signature')) next();
  else refuse(response, 403, 'no signature');
}

function refuse(response: Response, status: number, why: string): undefined {
  response.status(status).type('text/plain').send(why);
}

/** What the reading of a body refuses keeps its 4xx; all else is a fault of ours, logged and not told. */
function faultsWithoutDetail(log: Logger): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) return next(error);
    const status = Number((error as { status?: unknown }).status);
    if (status >= 400 && status < 500) return refuse(response, status, 'not a form that can be read');
    log.error({ err: error, route: request.path }, 'a webhook failed');
    refuse(response, 500, 'failed');
  };
}
