import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import type { Config } from '../config';

/** As Twilio waits for a webhook. */
const PATIENCE_MS = 15_000;

export type Answer = { status: number; body: string };

export type Reach = Pick<Config, 'publicUrl' | 'host' | 'port'>;

/** Posts a form signed for `url` as Twilio signs it; once more after 5xx or no answer, as Twilio does. Null when nobody answered. */
export function postForm(
  reach: Reach,
  authToken: string,
  url: string,
  form: Record<string, string>,
): Promise<Answer | null> {
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'user-agent': 'TwilioProxy/1.1',
    'x-twilio-signature': getExpectedTwilioSignature(authToken, url, form),
  };
  return post(reach, url, headers, new URLSearchParams(form).toString());
}

/** Posts once more after 5xx or no answer in 15 s. Null when nobody answered. */
export async function post(
  reach: Reach,
  url: string,
  headers: Record<string, string>,
  body: string,
): Promise<Answer | null> {
  const address = withinReach(reach, url);
  const first = await postOnce(address, headers, body);
  return first && first.status < 500 ? first : ((await postOnce(address, headers, body)) ?? first);
}

/** PUBLIC_URL may be a tunnel or a port outside a container; our own address is always there. */
function withinReach({ publicUrl, host, port }: Reach, url: string): string {
  if (!url.startsWith(`${publicUrl}/`)) return url;
  const near = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${near.includes(':') ? `[${near}]` : near}:${port}${url.slice(publicUrl.length)}`;
}

async function postOnce(url: string, headers: Record<string, string>, body: string): Promise<Answer | null> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    return { status: response.status, body: await response.text() };
  } catch {
    return null;
  }
}
