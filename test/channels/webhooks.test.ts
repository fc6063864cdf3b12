import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import fc from 'fast-check';
import { pino } from 'pino';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import type { Inbound, StatusUpdate } from '../../src/channels/inbound';
import { twilioWebhooks } from '../../src/web/webhooks';

const ACCOUNT = `AC${'a1'.repeat(16)}`;
const TOKEN = 'token-of-the-account-0123456789';
const PUBLIC = 'https://school.example';
const SID = `SM${'0b'.repeat(16)}`;
const ROW = '0a8f4a52-4d3a-4a53-9a5c-6f0e0f2f6f01';
const SCHOOL = '0a8f4a52-4d3a-4a53-9a5c-6f0e0f2f6f02';
const genuine = { AccountSid: ACCOUNT, MessageSid: SID, SmsMessageSid: SID, From: '+61491570156', To: '+61491570006' };

let server: Server;
let here: string;
let logged: string[] = [];
const heard: Inbound[] = [];
const updates: StatusUpdate[] = [];
let onText: (inbound: Inbound) => Promise<'handled' | 'unknown_school'>;

beforeAll(async () => {
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  const app = express();
  const onStatus = async (update: StatusUpdate) => void updates.push(update);
  const deps = { accountSid: ACCOUNT, authToken: TOKEN, publicUrl: PUBLIC, onStatus, log };
  app.use('/webhooks/twilio', twilioWebhooks({ ...deps, onText: (inbound) => onText(inbound) }));
  server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  heard.length = 0;
  updates.length = 0;
  logged = [];
  onText = async (inbound) => {
    heard.push(inbound);
    return 'handled';
  };
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

type Form = [string, string][] | Record<string, string>;
const MESSAGES = '/webhooks/twilio/messages';

function post(body: string, headers: Record<string, string>, path = MESSAGES) {
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  return fetch(here + path, { method: 'POST', headers: { ...type, ...headers }, body });
}

function signed(form: Form, path = MESSAGES) {
  const params: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of Array.isArray(form) ? form : Object.entries(form)) {
    const known = params[name];
    params[name] = known === undefined ? value : [...[known].flat(), value];
  }
  const signature = getExpectedTwilioSignature(TOKEN, PUBLIC + path, params);
  return post(new URLSearchParams(form).toString(), { 'x-twilio-signature': signature }, path);
}

test('a signed text is handed on and answered with empty TwiML', async () => {
  const answer = await signed({ ...genuine, Body: 'hi + 50% & caf\u00e9 \ud83d\ude00', NumMedia: '0', NewField: 'x' });

  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('text/xml');
  expect(await answer.text()).toContain('<Response/>');
  expect(heard).toEqual([
    {
      ...{ channel: 'sms', providerSid: SID, to: '+61491570006', from: '+61491570156' },
      ...{ text: 'hi + 50% & caf\u00e9 \ud83d\ude00', media: 0, waitedMs: expect.any(Number) },
    },
  ]);
});

test('a WhatsApp text comes with plain numbers, and OptOutType where Twilio gives it', async () => {
  await signed({
    ...genuine,
    From: 'whatsapp:+61491570156',
    To: 'whatsapp:+61491570006',
    Body: 'x',
    OptOutType: 'STOP',
  });
  await signed({ ...genuine, Body: 'x', OptOutType: 'SOMETHING' });

  expect(heard[0]).toMatchObject({ channel: 'whatsapp', from: '+61491570156', to: '+61491570006', optOutType: 'STOP' });
  expect(heard[1]).not.toHaveProperty('optOutType');
});

test('unsigned, wrongly signed and altered forms are refused with 403, and no signature is logged', async () => {
  const body = new URLSearchParams({ ...genuine, Body: 'hi' }).toString();
  const right = getExpectedTwilioSignature(TOKEN, PUBLIC + MESSAGES, { ...genuine, Body: 'hi' });
  const statuses = [
    await post(body, {}),
    await post(body, { 'x-twilio-signature': 'AAAA' }),
    await post(body, { 'x-twilio-signature': '\u00ff'.repeat(500) }),
    await post(`${body}&Extra=1`, { 'x-twilio-signature': right }),
    await post(body, { 'x-twilio-signature': right }, `${MESSAGES}?x=1`),
    await post(body, { 'x-twilio-signature': right }, '/webhooks/twilio/status'),
  ].map((answer) => answer.status);

  expect(statuses).toEqual([403, 403, 403, 403, 403, 403]);
  expect(heard).toEqual([]);
  expect(logged.join('')).not.toContain(right);
  expect(logged.join('')).not.toContain('61491570156');
});

test('a leaked signature does not fit a form that is split in another way', async () => {
  const evil = `+61491570737MessageSidSM${'ee'.repeat(16)}NumMedia0SmsMessageSidSM${'ee'.repeat(16)}To+61491570006`;
  const sent = { ...genuine, Body: `hiFrom${evil}`, NumMedia: '0' };
  const signature = getExpectedTwilioSignature(TOKEN, PUBLIC + MESSAGES, sent);
  const whole = `From+61491570156MessageSid${SID}NumMedia0SmsMessageSid${SID}To+61491570006`;
  const sidE = `SM${'ee'.repeat(16)}`;
  const resplit = {
    ...{ AccountSid: ACCOUNT, Body: 'hi', From: '+61491570737', MessageSid: sidE, NumMedia: '0', SmsMessageSid: sidE },
    ...{ To: '+61491570006', Tz: '' },
  };
  const swallowed = { ...resplit, To: `+61491570006${whole}` } as Record<string, string>;
  delete swallowed.Tz;
  expect(getExpectedTwilioSignature(TOKEN, PUBLIC + MESSAGES, swallowed)).toBe(signature);

  const answer = await post(new URLSearchParams(swallowed).toString(), { 'x-twilio-signature': signature });
  const unknownField = { ...resplit, ToX: 'y' } as Record<string, string>;
  delete unknownField.Tz;
  // Rightly signed, so that only the shape is left to tell: a sid stands inside another field.
  const other = await signed({ ...unknownField, Zzz: whole });

  expect([answer.status, other.status]).toEqual([400, 400]);
  expect(heard).toEqual([]);
});

test.each<[string, Form, number]>([
  ['a field given twice', [...Object.entries({ ...genuine, Body: 'a' }), ['From', '+61491570737']], 400],
  ['brackets instead of a field', { ...genuine, Body: 'a', From: '', 'From[]': '+61491570156' }, 400],
  ['no MessageSid', { ...genuine, MessageSid: '' }, 400],
  ['another account', { ...genuine, AccountSid: `AC${'b2'.repeat(16)}` }, 400],
  ['full-width digits in From', { ...genuine, From: '+\uff16\uff11491570156' }, 400],
  ['SMS to WhatsApp', { ...genuine, To: 'whatsapp:+61491570006' }, 400],
  ['NumMedia that is no number', { ...genuine, NumMedia: '-1' }, 400],
  ['two different sids', { ...genuine, SmsMessageSid: `SM${'1c'.repeat(16)}` }, 400],
  ['a sender without number', { ...genuine, From: 'AusPost', Body: 'parcel' }, 200],
  ['a short code', { ...genuine, From: '19955', Body: 'parcel' }, 200],
])('of signed forms, %s is answered as it should be', async (_what, form, status) => {
  expect((await signed(form)).status).toBe(status);
});

test('__proto__, constructor and toString are fields like others', async () => {
  const form: Form = [...Object.entries(genuine), ['__proto__', '1'], ['constructor', '2'], ['toString', '3']];
  expect((await signed(form)).status).toBe(200);
  expect((await signed(form.slice(3))).status).toBe(400);
});

test.each([
  ['NUL', 'a\0b', 'ab'],
  ['a lone surrogate', 'a\ud83d', 'a\ufffd'],
  ['nothing', '', ''],
  ['5,000 characters', 'x'.repeat(5000), 'x'.repeat(1600)],
  ['an emoji across the bound', `${'x'.repeat(1599)}\ud83d\ude00`, 'x'.repeat(1599)],
  ['another script', '\u4f60\u597d', '\u4f60\u597d'],
])('a text with %s gets through, cleaned', async (_what, body, text) => {
  const answer = await signed({ ...genuine, Body: body });
  expect([answer.status, heard[0]?.text]).toEqual([200, text]);
});

test('a picture without words gets through', async () => {
  await signed({ ...genuine, Body: '', NumMedia: '1', MediaUrl0: 'https://api.twilio.com/x' });
  expect(heard[0]).toMatchObject({ text: '', media: 1 });
});

test('what is no form, or too much of one, is refused without being read', async () => {
  const some = { 'x-twilio-signature': 'AAAA' };
  const statuses = [
    await post('{}', { ...some, 'content-type': 'application/json' }),
    await post(`Body=${'x'.repeat(70_000)}`, some),
    await post(
      Array.from({ length: 10_000 }, (_, i) => `a${i}=`)
        .join('&')
        .slice(0, 60_000),
      some,
    ),
    await post('Body=x', { ...some, 'content-encoding': 'zstd' }),
    await post('', some),
  ].map((answer) => answer.status);

  expect(statuses).toEqual([415, 413, 400, 415, 403]);
});

test('a number of no school is 404 with a log line that does not tell the number', async () => {
  onText = async () => 'unknown_school';
  expect((await signed({ ...genuine, Body: 'hi' })).status).toBe(404);
  expect(logged.join('')).toContain('no school');
  expect(logged.join('')).not.toContain('61491570006');
});

test('a fault of ours is 500 without detail', async () => {
  onText = async () => {
    throw new Error('secret detail');
  };
  const answer = await signed({ ...genuine, Body: 'hi' });
  expect([answer.status, await answer.text()]).toEqual([500, 'failed']);
});

test('a status is handed on for the row that its address names', async () => {
  const path = `/webhooks/twilio/status?message=${ROW}&school=${SCHOOL}`;
  const common = { AccountSid: ACCOUNT, MessageSid: SID, SmsSid: SID };
  const answers = [
    await signed({ ...common, MessageStatus: 'undelivered', ErrorCode: '30003' }, path),
    await signed({ ...common, MessageStatus: 'read' }, path),
    await signed({ ...common, MessageStatus: 'queued' }, path),
    await signed({ ...common, MessageStatus: 'exploded' }, path),
    await signed({ ...common, MessageStatus: 'sent' }, `/webhooks/twilio/status?message=${ROW}`),
    await signed({ ...common, MessageStatus: 'sent' }, `/webhooks/twilio/status?message[]=${ROW}&school=x`),
  ].map((answer) => answer.status);

  expect(answers).toEqual([200, 200, 200, 400, 400, 400]);
  const about = { messageId: ROW, schoolId: SCHOOL, sid: SID };
  expect(updates).toEqual([
    { ...about, status: 'undelivered', errorCode: 30003 },
    { ...about, status: 'delivered', errorCode: null },
    { ...about, status: 'other', errorCode: null },
  ]);
});

test('no form at all, signed or not, is ever a 5xx', async () => {
  const name = fc.oneof(
    fc.constantFrom(...Object.keys(genuine), 'Body', 'NumMedia', '__proto__'),
    fc.string({ unit: 'binary' }),
  );
  const value = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\0', '\uff11', SID, ACCOUNT, '+61491570156'));
  const pairs = fc.array(fc.tuple(name, value), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(pairs, fc.boolean(), async (extra, sign) => {
      const form: Form = [...Object.entries(genuine), ...extra];
      const answer = sign
        ? await signed(form)
        : await post(new URLSearchParams(form).toString(), { 'x-twilio-signature': 'x' });
      expect(answer.status).toBeLessThan(500);
    }),
    { numRuns: 300 },
  );
});
