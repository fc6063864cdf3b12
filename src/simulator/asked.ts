import { Duration } from 'luxon';
import { z } from 'zod';
import { toE164 } from '../domain/phones';
import { FAULT_MODES } from './twilio/faults';
import { FREEABLE } from './twilio/opt-outs';

/** What was asked cannot be done; the message tells the remedy and is shown as it is. */
export class Unusable extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** What was asked, checked; throws Unusable (400) with all that is wrong. */
export function read<T>(schema: z.ZodType<T>, asked: unknown): T {
  const result = schema.safeParse(asked);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join('.')}: ${message}` : message,
  );
  throw new Unusable(400, faults.join('; '));
}

/** A phone as people write it, to E.164. */
export const phoneNumber = z
  .string({ error: 'give a phone number such as "+61491570156"' })
  .transform((written, context) => {
    const phone = toE164(written);
    if (phone !== null) return phone;
    context.addIssue({ code: 'custom', message: 'is no phone number: write it like "+61491570156"' });
    return z.NEVER;
  });

const toSchool = phoneNumber.optional();

export const textBody = object({
  from: phoneNumber,
  body: z.string({ error: 'give the words of the text, which may be ""' }),
  to: toSchool,
  sid: z
    .string()
    .regex(/^(SM|MM)[0-9a-f]{32}$/i, 'write SM and 32 hexadecimal digits, or leave it out')
    .optional(),
  media: z.number({ error: 'give how many pictures, 0 to 10' }).int().min(0).max(10).default(0),
  channel: z.enum(['sms', 'whatsapp'], { error: 'write "sms" or "whatsapp"' }).default('sms'),
  lost: z.boolean({ error: 'true: it stands in the list only, as when nobody took the webhook' }).default(false),
});

export const carrierBody = object({
  to: toSchool,
  advanced: z.boolean({ error: 'true: with Advanced Opt-Out' }).default(true),
  free: z.array(z.enum(FREEABLE, { error: `give some of ${FREEABLE.join(', ')}` })).default([]),
});

const instant = z.iso
  .datetime({ offset: true, error: 'give an instant with its zone, such as "2026-11-24T09:00:00+11:00"' })
  .transform((written) => Date.parse(written));

const duration = z.string({ error: 'give an ISO duration such as "PT2H"' }).transform((written, context) => {
  const length = Duration.fromISO(written);
  const ms = length.isValid && length.years === 0 && length.months === 0 ? length.toMillis() : Number.NaN;
  if (ms >= 0) return Math.round(ms);
  context.addIssue({
    code: 'custom',
    message: 'give a duration forward in weeks, days (24 h), hours, minutes or seconds, such as "PT2H" or "P1D"',
  });
  return z.NEVER;
});

const WHICH = 'give either "advance", such as "PT2H", or "set", such as "2026-11-24T09:00:00+11:00"';

export const clockBody = object({ set: instant.optional(), advance: duration.optional() }).transform(
  ({ set, advance }, context): { set: number } | { advance: number } => {
    if (set !== undefined && advance === undefined) return { set };
    if (advance !== undefined && set === undefined) return { advance };
    context.addIssue({ code: 'custom', message: WHICH });
    return z.NEVER;
  },
);

export const creditBody = object({
  amountCents: z
    .number({ error: 'give whole cents above 0, such as 2000' })
    .int('give whole cents')
    .positive('give more than 0'),
  description: z.string().max(500).default(''),
  reference: z.string().max(200).default(''),
  payer: z.string().max(200).default(''),
  id: z
    .string()
    .regex(/^[\x21-\x7e]{1,128}$/, 'use 1 to 128 plain characters without spaces')
    .optional(),
  to: toSchool,
});

export const faultBody = object({
  mode: z.enum(FAULT_MODES, { error: `give one of ${FAULT_MODES.join(', ')}` }),
  count: z.number({ error: 'give how many texts, from 1' }).int().min(1).max(1_000_000).optional(),
  code: z.number({ error: "give Twilio's code, such as 21614 or 30003" }).int().min(10_000).max(99_999).optional(),
});

function object<T extends z.ZodRawShape>(shape: T) {
  return z.object(shape, { error: 'send one JSON object (content-type application/json)' });
}
