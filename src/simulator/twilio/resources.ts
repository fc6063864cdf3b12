import { z } from 'zod';
import type { World } from '../../world';
import { listTexts, type SimText } from './texts';

/** About what an Australian segment costs. */
const CENTS_A_SEGMENT = 5.15;

/** A message as Twilio's REST API writes it: dates in RFC 2822, numbers as text. */
export function resourceOf(text: SimText, account: string) {
  const uri = `/2010-04-01/Accounts/${account}/Messages/${text.sid}`;
  const date = new Date(text.at).toUTCString().replace('GMT', '+0000');
  return {
    ...{ sid: text.sid, account_sid: account, api_version: '2010-04-01', messaging_service_sid: null },
    ...{
      from: text.from,
      to: text.to,
      body: text.body,
      num_segments: String(text.segments),
      num_media: String(text.media),
    },
    direction: text.direction === 'in' ? 'inbound' : text.byCarrier ? 'outbound-reply' : 'outbound-api',
    ...{ status: text.status, error_code: text.errorCode, error_message: null, price_unit: 'USD' },
    // Twilio tells the price once the text has gone.
    price:
      text.direction === 'out' && text.status !== 'queued'
        ? ((-CENTS_A_SEGMENT * text.segments) / 100).toFixed(5)
        : null,
    ...{ date_created: date, date_updated: date, date_sent: text.status === 'queued' ? null : date },
    ...{ uri: `${uri}.json`, subresource_uris: { media: `${uri}/Media.json` } },
  };
}

/** One page of the messages, newest first. Filters that cannot be read are left out, as Twilio does. */
export async function listOf({ db, keys }: World, query: unknown) {
  const asked = page.parse(query);
  const on = instants(asked.DateSent);
  const since = on?.first ?? instants(asked['DateSent>'])?.first;
  const until = on?.last ?? instants(asked['DateSent<'])?.last;
  const texts = await listTexts(db, {
    ...(asked.From !== undefined && { from: asked.From }),
    ...(asked.To !== undefined && { to: asked.To }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(asked.PageToken !== undefined && { before: asked.PageToken }),
    limit: asked.PageSize + 1,
  });
  const shown = texts.slice(0, asked.PageSize);
  const uri = `/2010-04-01/Accounts/${keys.twilioAccountSid}/Messages.json`;
  const address = (number: number, token?: number) => {
    const parameters: Record<string, string | number | undefined> = { ...asked, Page: number, PageToken: token };
    const written = Object.entries(parameters).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, `${value}`]],
    );
    return `${uri}?${new URLSearchParams(written as [string, string][])}`;
  };
  return {
    messages: shown.map((text) => resourceOf(text, keys.twilioAccountSid)),
    ...{
      page: asked.Page,
      page_size: asked.PageSize,
      start: asked.Page * asked.PageSize,
      end: asked.Page * asked.PageSize + shown.length - 1,
    },
    ...{ uri: address(asked.Page, asked.PageToken), first_page_uri: address(0), previous_page_uri: null },
    next_page_uri: texts.length > shown.length ? address(asked.Page + 1, shown.at(-1)?.seq) : null,
  };
}

const text = z.string().optional().catch(undefined);
const page = z.object({
  ...{ From: text, To: text, DateSent: text, 'DateSent>': text, 'DateSent<': text },
  PageSize: z.coerce.number().int().min(1).max(1000).catch(50),
  Page: z.coerce.number().int().min(0).catch(0),
  PageToken: z.coerce.number().int().optional().catch(undefined),
});

/** The whole day of a date, the whole second of an instant. */
function instants(written: string | undefined): { first: number; last: number } | undefined {
  const first = written === undefined ? Number.NaN : Date.parse(written);
  if (Number.isNaN(first)) return undefined;
  return { first, last: first + (written!.length === 10 ? 86_400_000 : 1000) - 1 };
}
