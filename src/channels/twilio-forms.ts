import { validateRequest } from 'twilio/lib/webhooks/webhooks';
import { z } from 'zod';
import { cleanText, type Inbound, type StatusUpdate } from './inbound';

/** Fields of one form; a name given twice has all its values. Made without a prototype: `__proto__` is a name like others. */
export type Fields = Record<string, string | string[]>;
/** `duplicate` and `shape` name the field, never its value. */
export type Reading<T> = { kind: 'read'; value: T } | { kind: 'not_twilio'; why: string };

/** Twilio sends about 25, with ten pictures about 45; new ones may appear at any time. */
const MOST_FIELDS = 200;

/** The fields of an urlencoded body; null when there are too many to look at. Never throws. */
export function fieldsOf(body: string): Fields | null {
  let ends = 0;
  for (let at = body.indexOf('&'); at >= 0; at = body.indexOf('&', at + 1)) if (++ends >= MOST_FIELDS) return null;
  const fields: Fields = Object.create(null);
  for (const [name, value] of new URLSearchParams(body)) {
    const known = fields[name];
    fields[name] = known === undefined ? value : [...(Array.isArray(known) ? known : [known]), value];
  }
  return fields;
}

/** True when Twilio's token made this signature for just this address and these fields. Never throws. */
export function isSigned(authToken: string, signature: string | undefined, url: string, fields: Fields): boolean {
  if (!authToken || !signature) return false;
  try {
    return validateRequest(authToken, signature, url, fields);
  } catch {
    return false; // an address that is none
  }
}

/** The text of a signed form, cleaned; refused when it cannot be what Twilio sent for this account. */
export function readInbound(fields: Fields, accountSid: string): Reading<Inbound> {
  const form = shaped(fields, messageForm, accountSid);
  if (form.kind === 'not_twilio') return form;
  const { MessageSid, From, To, Body, NumMedia, OptOutType } = form.value;
  const parties = readParties(From, To);
  if (!parties) return { kind: 'not_twilio', why: 'From and To are of two channels' };
  const value: Inbound = {
    ...parties,
    providerSid: MessageSid,
    text: cleanText(Body),
    media: NumMedia,
    ...(OptOutType && { optOutType: OptOutType }),
  };
  return { kind: 'read', value };
}

/** Whose text it is and to whom, without "whatsapp:"; null when it cannot be what Twilio knows, or is of two channels. */
export function readParties(from: string, to: string): Pick<Inbound, 'channel' | 'from' | 'to'> | null {
  const whatsapp = from.startsWith('whatsapp:');
  if (!sender.safeParse(from).success || !receiver.safeParse(to).success) return null;
  if (whatsapp !== to.startsWith('whatsapp:')) return null;
  const [plainFrom, plainTo] = [from, to].map((one) => one.replace('whatsapp:', '')) as [string, string];
  return { channel: whatsapp ? 'whatsapp' : 'sms', to: plainTo, from: plainFrom };
}

/** The status of a signed form. `about` is what its address names: our row and its school. */
export function readStatus(fields: Fields, about: RowNamed, accountSid: string): Reading<StatusUpdate> {
  const form = shaped(fields, statusForm, accountSid);
  if (form.kind === 'not_twilio') return form;
  const { MessageSid, MessageStatus, ErrorCode } = form.value;
  return {
    kind: 'read',
    value: { ...about, sid: MessageSid, status: OUR_STATUS[MessageStatus], errorCode: ErrorCode },
  };
}

export type RowNamed = { messageId: string; schoolId: string };

/** The row that the query of a status callback names; null when it names none. An older address may lack the school. */
export function rowNamed(query: unknown): { messageId: string; schoolId: string | null } | null {
  const read = addressQuery.safeParse(query);
  return read.success ? { messageId: read.data.message, schoolId: read.data.school ?? null } : null;
}

/** Twilio's statuses, and what each says about a row. */
const OUR_STATUS = {
  ...({ accepted: 'other', scheduled: 'other', queued: 'other', sending: 'other', sent: 'sent' } as const),
  ...({ delivered: 'delivered', read: 'delivered', partially_delivered: 'sent' } as const),
  ...({ undelivered: 'undelivered', failed: 'failed', canceled: 'failed' } as const),
  ...({ receiving: 'other', received: 'other' } as const),
} satisfies Record<string, StatusUpdate['status']>;

const sid = z.string().regex(/^(SM|MM)[0-9a-f]{32}$/i);
const phone = z.string().regex(/^(whatsapp:)?\+[1-9]\d{6,14}$/);
const shortCode = z.string().regex(/^\d{3,8}$/);
const senderName = z.string().regex(/^(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9 &_-]{0,10}$/);
const sender = z.union([phone, shortCode, senderName]);
const receiver = z.union([phone, shortCode]);
const count = z.string().regex(/^\d{1,2}$/);

const common = {
  MessageSid: sid,
  SmsMessageSid: sid.optional(),
  OriginalRepliedMessageSid: sid.optional(),
  AccountSid: z.string().regex(/^AC[0-9a-f]{32}$/i),
};
const messageForm = z.object({
  ...common,
  From: sender,
  To: receiver,
  Body: z.string().default(''),
  NumMedia: count.transform(Number).default(0),
  OptOutType: z.enum(['STOP', 'START', 'HELP']).optional().catch(undefined),
});
const statusForm = z.object({
  ...common,
  MessageStatus: z.enum(Object.keys(OUR_STATUS) as [keyof typeof OUR_STATUS]),
  ErrorCode: z
    .string()
    .regex(/^\d{0,6}$/)
    .default('')
    .transform((code) => (code === '' ? null : Number(code))),
});
const addressQuery = z.object({ message: z.uuid(), school: z.uuid().optional() });

function shaped<T extends { AccountSid: string }>(
  fields: Fields,
  schema: z.ZodType<T>,
  accountSid: string,
): Reading<T> {
  const twice = Object.keys(fields).find((name) => Array.isArray(fields[name]));
  if (twice !== undefined) return { kind: 'not_twilio', why: 'a field came twice' };
  if (!sidsAreWhole(fields)) return { kind: 'not_twilio', why: 'a message sid stands inside another field' };
  if (!partiesAreWhole(fields))
    return { kind: 'not_twilio', why: 'a number of From or To stands inside another field' };
  const form = schema.safeParse({ ...fields });
  if (!form.success) {
    const names = new Set(form.error.issues.map((issue) => String(issue.path[0])));
    return { kind: 'not_twilio', why: `not Twilio's shape: ${[...names].join(', ')}` };
  }
  if (form.data.AccountSid !== accountSid) return { kind: 'not_twilio', why: 'another AccountSid' };
  return { kind: 'read', value: form.data };
}

/**
 * The signature joins names and values without separators, so one that leaked also fits the same characters split
 * elsewhere (another From, say). Their number of sids stays the same then: when each of them is a field of its own, the
 * MessageSid is the true one, and a text of that sid has been handled already.
 */
function sidsAreWhole(fields: Fields): boolean {
  const joined = Object.keys(fields)
    .sort()
    .map((name) => `${name}${fields[name]}`)
    .join('');
  const given = ['MessageSid', 'SmsMessageSid', 'OriginalRepliedMessageSid'].filter((name) => fields[name]).length;
  const same = fields.SmsMessageSid === undefined || fields.SmsMessageSid === fields.MessageSid;
  return same && (joined.match(/MessageSid(SM|MM)[0-9a-f]{32}/gi)?.length ?? 0) === given;
}

/**
 * A form that was split anew, so that what was written in Body gives another From or To, has the true one with its name in
 * what is left over. By the order of the names that stands between From and MessageSid, or after To.
 */
function partiesAreWhole(fields: Fields): boolean {
  return Object.keys(fields).every((name) => {
    const whole = `${name}${fields[name]}`;
    if (name > 'From' && name < 'MessageSid' && /From(whatsapp:)?\+\d{6}/.test(whole)) return false;
    return !(name > 'To' && /To(whatsapp:)?\+\d{6}/.test(whole));
  });
}
