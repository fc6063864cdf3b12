import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';

/** As Twilio waits for a webhook. */
const PATIENCE_MS = 15_000;

export type Answer = { status: number; body: string };

/** Posts a form signed as Twilio signs it; once more after 5xx or no answer, as Twilio does. Null when nobody answered. */
export function postForm(authToken: string, url: string, form: Record<string, string>): Promise<Answer | null> {
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'user-agent': 'TwilioProxy/1.1',
    'x-twilio-signature': getExpectedTwilioSignature(authToken, url, form),
  };
  return post(url, headers, new URLSearchParams(form).toString());
}

/** Posts once more after 5xx or no answer in 15 s. Null when nobody answered. */
export async function post(url: string, headers: Record<string, string>, body: string): Promise<Answer | null> {
  const first = await postOnce(url, headers, body);
  return first && first.status < 500 ? first : ((await postOnce(url, headers, body)) ?? first);
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
