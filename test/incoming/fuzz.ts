import { Agent, request } from 'node:http';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { type Knex, openDatabase } from '../../src/store/database';
import { rows } from '../../src/store/sql';
import { chanceOf } from '../reminders/year';

/** Where to aim, and what a spy would have: two forms that were sent and handled, with their signatures. */
export type Target = { url: string; token: string; account: string; school: string; schoolId: string; seen: Signed[] };
export type Signed = { form: Record<string, string>; signature: string };
type Shot = { path: string; headers: Record<string, string>; body: string | Buffer };

const MESSAGES = '/webhooks/twilio/messages';
const FORM = 'application/x-www-form-urlencoded';

export const sign = (target: Pick<Target, 'url' | 'token'>, form: Record<string, string | string[]>, path = MESSAGES) =>
  getExpectedTwilioSignature(target.token, target.url + path, form);

export const genuine = (target: Pick<Target, 'account' | 'school'>, n: number, Body = 'hi') => {
  const sid = `SM${n.toString(16).padStart(32, '0')}`;
  return {
    ...{ AccountSid: target.account, ApiVersion: '2010-04-01', Body, From: '+61491570156', FromCountry: 'AU' },
    ...{
      MessageSid: sid,
      NumMedia: '0',
      NumSegments: '1',
      SmsMessageSid: sid,
      SmsSid: sid,
      SmsStatus: 'received',
      To: target.school,
    },
  };
};

const NASTY = [
  '\0',
  '\ud83d',
  '\uff16\uff11',
  '%00',
  '__proto__',
  '-1',
  '1.5',
  '../..',
  "'; drop table lessons; --",
  '{}',
  '\u202e',
  '\u0000\uffff',
  'x'.repeat(3000),
];

/** One request that changes nothing, chosen by chance: forged, replayed, split anew, stale, or not of the shape. */
function shotBy(target: Target, chance: () => number): Shot {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(chance() * items.length)]!;
  const seen = pick(target.seen);
  const send = (
    form: [string, string][] | Record<string, string>,
    signature: string | null,
    path = MESSAGES,
    type = FORM,
  ): Shot => ({
    path,
    headers: { 'content-type': type, ...(signature === null ? {} : { 'x-twilio-signature': signature }) },
    body: new URLSearchParams(form).toString(),
  });
  /** Rightly signed, but no text that Twilio can have sent: one field that matters is broken. */
  const misshapen = (): Shot => {
    const form: Record<string, string> = genuine(target, 1_000_000 + Math.floor(chance() * 1e9));
    const field = pick(['From', 'To', 'MessageSid', 'AccountSid', 'NumMedia', 'SmsMessageSid'] as const);
    if (chance() < 0.3) delete form[field === 'NumMedia' || field === 'SmsMessageSid' ? 'From' : field];
    else form[field] = pick(NASTY) + (chance() < 0.5 ? form[field] : '');
    if (chance() < 0.3) form[pick(['__proto__', 'constructor', 'toString', 'Body[]', ''])] = pick(NASTY);
    return send(form, sign(target, form));
  };
  const resplit = (): Shot => {
    const whole = Object.keys(seen.form)
      .sort()
      .map((name) => name + seen.form[name])
      .join('');
    // The same characters, cut into names and values at other places; most of them say another From.
    const cuts = [...whole.matchAll(/Body|From|MessageSid|SmsMessageSid|To|AccountSid|NumMedia/g)].map(
      (match) => match.index,
    );
    const form: Record<string, string> = {};
    for (const [n, from] of cuts.entries()) {
      const part = whole.slice(from, cuts[n + 1] ?? whole.length);
      const name = /^(Body|From|MessageSid|SmsMessageSid|To|AccountSid|NumMedia)/.exec(part)?.[0] ?? 'X';
      if (chance() < 0.85 && !(name in form)) form[name] = part.slice(name.length);
      else form[`${name}${part.slice(name.length, name.length + 2)}`] = part.slice(name.length + 2);
    }
    return send(form, seen.signature);
  };
  const shots: (() => Shot)[] = [
    () =>
      send(
        genuine(target, Math.floor(chance() * 1e9)),
        pick([null, '', 'AAAA', seen.signature, '\u00ff'.repeat(200), 'x'.repeat(3000)]),
      ),
    () => send(seen.form, seen.signature),
    () => send({ ...seen.form, [pick(['From', 'To', 'Body', 'MessageSid'])]: pick(NASTY) }, seen.signature),
    () => send([...Object.entries(seen.form), ['From', '+61491570737']], seen.signature),
    misshapen,
    misshapen,
    resplit,
    resplit,
    () =>
      send(
        seen.form,
        seen.signature,
        pick([`${MESSAGES}?x=1`, '/webhooks/twilio/status', '/webhooks/twilio/nothing', `${MESSAGES}/`]),
      ),
    () =>
      send(
        seen.form,
        seen.signature,
        MESSAGES,
        pick(['application/json', 'text/plain', 'multipart/form-data; boundary=x', `${FORM}; charset=utf-7`, '']),
      ),
    () => ({
      path: MESSAGES,
      headers: { 'content-type': FORM, 'x-twilio-signature': seen.signature },
      body: Buffer.from([
        0x42,
        0x3d,
        0xed,
        0xa0,
        0x80,
        0,
        0xff,
        ...Array.from({ length: 20 }, () => Math.floor(chance() * 256)),
      ]),
    }),
    () => ({
      path: MESSAGES,
      headers: { 'content-type': FORM, 'x-twilio-signature': seen.signature },
      body: Array.from({ length: 10_000 }, (_, n) => `p${n}=1`).join('&'),
    }),
    () => {
      const path = `/webhooks/twilio/status?message=${pick(['0a8f4a52-4d3a-4a53-9a5c-6f0e0f2f6f01', 'x', '', '__proto__'])}&school=${pick([target.schoolId, '0a8f4a52-4d3a-4a53-9a5c-6f0e0f2f6f02', 'x'])}`;
      const form = {
        AccountSid: target.account,
        MessageSid: seen.form.MessageSid!,
        MessageStatus: pick(['delivered', 'failed', 'exploded', '\0']),
        ErrorCode: pick(['', '30003', 'x']),
      };
      return send(form, sign(target, form, path), path);
    },
    () => ({
      path: `/webhooks/bank/${pick([target.schoolId, 'x', '%00', '..%2f'])}`,
      headers: {
        'content-type': 'application/json',
        'webhook-id': pick(NASTY.slice(2, 6)).replace(/[^\x20-\x7e]/g, ''),
        'webhook-timestamp': '1',
        'webhook-signature': 'v1,AAAA',
      },
      body: pick(['{', '[]', '{"amountCents":2000}', '\0', '{"__proto__":{}}']),
    }),
    () => {
      const form = { ...genuine(target, Math.floor(chance() * 1e9)), To: '+61491570999' };
      return send(form, sign(target, form));
    },
  ];
  return pick(shots)();
}

const agent = new Agent({ keepAlive: true, maxSockets: 12 });

function fire(url: string, { path, headers, body }: Shot): Promise<number> {
  return new Promise((resolve) => {
    const plain = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replace(/[^\x20-\x7e\xff]/g, '')]),
    );
    const asked = request(
      url + path,
      { method: 'POST', headers: { ...plain, 'content-length': Buffer.byteLength(body) }, agent },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    asked.on('error', () => resolve(0));
    asked.end(body);
  });
}

/** Fires so many; how often each status was answered (0: the connection was cut). */
export async function fireAll(target: Target, count: number, seed: number): Promise<Record<number, number>> {
  const chance = chanceOf(seed);
  const statuses: Record<number, number> = {};
  let left = count;
  const one = async () => {
    while (left-- > 0) {
      const status = await fire(target.url, shotBy(target, chance));
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: 12 }, one));
  return statuses;
}

/** One sum over every row of every table of the product; what upkeep notes of its own rounds is left out. */
export async function checksum(adminUrl: string): Promise<string> {
  const admin: Knex = openDatabase(adminUrl, { poolMax: 1 });
  try {
    const tables = await rows<{ name: string }>(
      admin,
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'public' and tablename <> 'school_work' order by 1`,
    );
    const sums: string[] = [];
    for (const { name } of tables) {
      const [found] = await rows<{ sum: string }>(
        admin,
        `select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum from ${name} t`,
      );
      sums.push(`${name} ${found!.sum}`);
    }
    return sums.join('\n');
  } finally {
    await admin.destroy();
  }
}
