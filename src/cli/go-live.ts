import type { Config } from '../config';
import { isLoopback } from '../config';
import { toE164 } from '../domain/phones';
import type { Storage } from '../storage';
import { inSchool } from '../store/database';
import { listInstructors, listLessonTypes } from '../store/setup';
import { row } from '../store/sql';
import { schoolsOf } from './in-school';

/** One point of "Go live with Twilio in ten steps" (docs/go-live.md). `null`: only a person can see it. */
export type Point = { step: number; what: string; ok: boolean | null; say: string };

/** Numbers of the demo and of fiction (ACMA), which Twilio never rents out. */
const FICTION = /^\+6149157\d{4}$|^\+614915800\d\d$/;
const WEBHOOK = '/webhooks/twilio/messages';

/** The ten steps in their order, each with what is still to be done. */
export async function goLivePoints(config: Config, storage: Storage): Promise<Point[]> {
  const schools = await setUpOf(storage);
  const account = await accountOf(config);
  const missing = (is: (school: SetUp) => boolean) => schools.filter((one) => !is(one)).map((one) => one.name);
  const every = (is: (school: SetUp) => boolean) => schools.length > 0 && missing(is).length === 0;
  const of = (is: (school: SetUp) => boolean) => missing(is).join(', ') || 'no school yet: `dss school add`';
  const isReal = ({ phone }: SetUp) => toE164(phone) === phone && !FICTION.test(phone);
  const isPaid = ({ ownerPhone, payid }: SetUp) => toE164(ownerPhone) === ownerPhone && payid !== '';
  const url = new URL(config.publicUrl);
  const isOpen = url.protocol === 'https:' && !isLoopback(url.hostname);
  const hooks = await Promise.all(schools.filter(isReal).map((school) => webhookOf(config, account.ok, school)));
  const wrong = hooks.filter((hook) => hook !== 'ours');
  return [
    point('a number of your own', every(isReal), `rent an SMS number and give it to: ${of(isReal)}`),
    point('Twilio account', account.ok, account.say),
    point(
      'PUBLIC_URL is https',
      isOpen,
      `PUBLIC_URL is ${config.publicUrl}: set it to the https address that Twilio reaches`,
    ),
    point(
      'webhook of each number',
      hooks.length === 0 || !account.ok
        ? false
        : wrong.length === 0
          ? true
          : wrong.some((one) => one !== null)
            ? false
            : null,
      wrong.find((one) => one !== null) ?? `set "A message comes in" to ${config.publicUrl}${WEBHOOK} (POST)`,
    ),
    point('Advanced Opt-Out', null, 'look in the Messaging Service: CANCEL must not be an opt-out word'),
    point('status callbacks', isOpen, 'they are sent with each text to PUBLIC_URL: set it to an https address'),
    point(
      'SECRET_KEY',
      config.secretKey !== undefined,
      'set it to the output of: openssl rand -hex 32, and keep it safe',
    ),
    point("owner's phone and PayID", every(isPaid), `set them for: ${of(isPaid)}`),
    point(
      'instructor with hours, lesson type',
      every((one) => one.teaches),
      `use \`dss instructor add\` and \`dss lesson-type set\` for: ${of((one) => one.teaches)}`,
    ),
    point('backups', null, 'back up the database and SECRET_KEY every day, and try a restore once'),
  ].map((one, index) => ({ step: index + 1, ...one }));
}

const point = (what: string, ok: boolean | null, todo: string) => ({ what, ok, say: ok === true ? 'done' : todo });

type SetUp = { id: string; name: string; phone: string; ownerPhone: string; payid: string; teaches: boolean };

async function setUpOf(storage: Storage): Promise<SetUp[]> {
  const schools = await schoolsOf(storage);
  const found: SetUp[] = [];
  for (const { id, name, phone } of schools)
    found.push(
      await inSchool(storage.db, id, async (tx) => {
        const people = await listInstructors(tx, id);
        const types = await listLessonTypes(tx, id);
        const more = await row<{ ownerPhone: string; payid: string }>(
          tx,
          'select owner_phone as "ownerPhone", payid from schools where id = ?',
          [id],
        );
        const teaches = people.some((one) => one.active && one.hours.length > 0) && types.some((one) => one.active);
        return { id, name, phone, ...more!, teaches };
      }),
    );
  return found;
}

/** Asks Twilio for the account itself, the cheapest call that shows whether the credentials count. */
async function accountOf({ twilio, twilioApiBaseUrl }: Config): Promise<{ ok: boolean; say: string }> {
  if (!twilio) return { ok: false, say: 'set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN (and SIMULATOR=off)' };
  const answer = await ask(`${twilioApiBaseUrl}/2010-04-01/Accounts/${twilio.accountSid}.json`, twilio);
  if (answer.status === 401)
    return { ok: false, say: 'Twilio refuses TWILIO_AUTH_TOKEN: copy it again from the console' };
  if (answer.status === 404) return { ok: false, say: 'Twilio knows no account TWILIO_ACCOUNT_SID: copy it again' };
  if (answer.status !== 200) return { ok: false, say: `Twilio does not answer (${answer.status || 'no connection'})` };
  const { status } = answer.body as { status?: string };
  if (status && status !== 'active') return { ok: false, say: `the Twilio account is ${status}: see its console` };
  return { ok: true, say: 'done' };
}

/** `ours`, what is wrong with it, or null when Twilio does not tell (a Messaging Service has its own address). */
async function webhookOf(config: Config, asked: boolean, school: SetUp): Promise<string | null> {
  if (!config.twilio || !asked) return null;
  const { twilio, twilioApiBaseUrl, publicUrl } = config;
  const answer = await ask(
    `${twilioApiBaseUrl}/2010-04-01/Accounts/${twilio.accountSid}/IncomingPhoneNumbers.json?PhoneNumber=${encodeURIComponent(school.phone)}`,
    twilio,
  );
  if (answer.status !== 200) return null;
  const [number] = (answer.body as { incoming_phone_numbers?: { sms_url?: string; sms_method?: string }[] })
    .incoming_phone_numbers ?? [undefined];
  if (!number) return `${school.phone} is not a number of this Twilio account: rent it, or correct the school's number`;
  if (number.sms_url === `${publicUrl}${WEBHOOK}` && (number.sms_method ?? 'POST') === 'POST') return 'ours';
  if (!number.sms_url) return null;
  return `${school.phone} sends its texts by ${number.sms_method} to ${number.sms_url}: set POST ${publicUrl}${WEBHOOK}`;
}

async function ask(
  url: string,
  account: { accountSid: string; authToken: string },
): Promise<{ status: number; body: unknown }> {
  const authorization = `Basic ${Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64')}`;
  try {
    const answer = await fetch(url, { headers: { authorization }, signal: AbortSignal.timeout(5000) });
    return { status: answer.status, body: await answer.json().catch(() => ({})) };
  } catch {
    return { status: 0, body: {} };
  }
}
