import { segmentsOf } from '../domain/texts';
import { asSweep, type Knex } from '../store/database';
import { rows } from '../store/sql';
import type { World } from '../world';
import { postForm } from './post';
import { heardByCarrier } from './twilio/opt-outs';
import { keepText, newSid, textBySid } from './twilio/texts';

/** The demo school's number: where a text goes that names none. */
const DEMO = '+61491570006';
/** A carrier takes no longer text; the rest is dropped. */
const LONGEST_TEXT = 5_000;

export type Typed = {
  from: string;
  to: string;
  body: string;
  sid?: string | undefined;
  media: number;
  channel: 'sms' | 'whatsapp';
  /** The webhook does not hear of it, as when the program is down: it only stands in Twilio's list. */
  lost: boolean;
};
export type School = { id: string; phone: string };

/** The school with that number; without one the demo school, else the only one. Null when there is none or several. */
export async function schoolAt(db: Knex, to?: string): Promise<School | null> {
  const phones = to === undefined ? '' : 'where phone = ?';
  const sql = `select id, phone from schools ${phones} order by phone = ? desc limit 2`;
  const [first, second] = await asSweep(db, (tx) => rows<School>(tx, sql, to === undefined ? [DEMO] : [to, DEMO]));
  return !first || (second && first.phone !== DEMO) ? null : first;
}

/**
 * A phone sends a text: the carrier hears its own words, then Twilio posts the signed form (once more after 5xx). A sid
 * given again is delivered again. Answers the sid and the webhook's HTTP status, 0 when nobody answered.
 */
export async function typeText(world: World, typed: Typed, now: number): Promise<{ sid: string; status: number }> {
  const { db, config, keys } = world;
  const [from, to] = [typed.from, typed.to].map((one) => (typed.channel === 'whatsapp' ? `whatsapp:${one}` : one)) as [
    string,
    string,
  ];
  const body = typed.body.slice(0, LONGEST_TEXT);
  const sid = typed.sid ?? newSid();
  let optOutType: string | undefined;
  if (!typed.sid || !(await textBySid(db, sid))) {
    await keepText(db, { sid, direction: 'in', from, to, body, status: 'received', media: typed.media, at: now });
    const heard = typed.channel === 'sms' ? await heardByCarrier(db, to, from, body) : null;
    optOutType = heard?.optOutType;
    if (heard?.answer) {
      const reply = { from: to, to: from, body: heard.answer, status: 'delivered', byCarrier: true, at: now } as const;
      await keepText(db, { sid: newSid(), direction: 'out', ...reply });
    }
  }
  if (typed.lost) return { sid, status: 200 };
  const form = {
    ...formOf({ ...typed, from, to, sid, body }, keys.twilioAccountSid),
    ...(optOutType && { OptOutType: optOutType }),
  };
  const answer = await postForm(config, keys.twilioAuthToken, `${config.publicUrl}/webhooks/twilio/messages`, form);
  return { sid, status: answer?.status ?? 0 };
}

/** The fields that Twilio posts for a text in Australia. */
function formOf({ sid, from, to, body, media }: Typed & { sid: string }, account: string): Record<string, string> {
  const pictures = Array.from({ length: media }, (_, i): [string, string][] => [
    [`MediaContentType${i}`, 'image/jpeg'],
    [`MediaUrl${i}`, `https://api.twilio.com/2010-04-01/Accounts/${account}/Messages/${sid}/Media/ME${i}`],
  ]);
  return {
    ...{
      ToCountry: 'AU',
      ToState: '',
      ToCity: '',
      ToZip: '',
      FromCountry: 'AU',
      FromState: '',
      FromCity: '',
      FromZip: '',
    },
    ...{ SmsMessageSid: sid, SmsSid: sid, MessageSid: sid, AccountSid: account, SmsStatus: 'received' },
    ...{ From: from, To: to, Body: body, NumMedia: String(media), NumSegments: String(segmentsOf(body).segments) },
    ...Object.fromEntries(pictures.flat()),
    ApiVersion: '2010-04-01',
  };
}
