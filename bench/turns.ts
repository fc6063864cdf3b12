import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';

/** Turns per second with the time of each, in ms. `wrong` counts answers that were not 200. */
export type Rate = { perSecond: number; p50: number; p99: number; turns: number; wrong: number };

export type Target = { url: string; accountSid: string; authToken: string; numbers: string[] };

const DAYS = ['wed', 'thu', 'fri', 'sat', 'sun'];

/** Four texts of a first booking, spread over the schools, days and hours so that the diaries do not fill up at once. */
export function dialogue(phone: number, schools: number): string[] {
  const round = Math.floor(phone / schools);
  const hour = 7 + (Math.floor(round / DAYS.length) % 12);
  const time = hour > 12 ? `${hour - 12}pm` : hour === 12 ? '12pm' : `${hour}am`;
  return ['hi', 'mia', `60 min ${DAYS[round % DAYS.length]} ${time}`, 'yes'];
}

let phones = 0;

/** `concurrency` phones at a time, each with a dialogue of its own, for `seconds`. */
export async function measure(target: Target, concurrency: number, seconds: number): Promise<Rate> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const until = performance.now() + seconds * 1000;
  const times: number[] = [];
  let wrong = 0;
  const one = async () => {
    while (performance.now() < until) {
      const phone = phones++;
      for (const words of dialogue(phone, target.numbers.length)) {
        const began = performance.now();
        const status = await text(target, agent, phone, words);
        times.push(performance.now() - began);
        if (status !== 200) wrong += 1;
      }
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: concurrency }, one));
  agent.destroy();
  return rate(times, performance.now() - began, wrong);
}

export function rate(times: number[], tookMs: number, wrong = 0): Rate {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => Number((sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1));
  return {
    perSecond: Math.round((times.length / tookMs) * 1000),
    p50: at(0.5),
    p99: at(0.99),
    turns: times.length,
    wrong,
  };
}

let sids = 0;

/** One signed text; the status that it was answered with. */
export function text(target: Target, agent: Agent, phone: number, words: string): Promise<number> {
  const url = `${target.url}/webhooks/twilio/messages`;
  const form: Record<string, string> = {
    AccountSid: target.accountSid,
    ApiVersion: '2010-04-01',
    Body: words,
    From: `+614${String(10_000_000 + phone).padStart(8, '0')}`,
    MessageSid: `SM${(sids++).toString(16).padStart(8, '0')}${process.pid.toString(16).padStart(24, '0')}`,
    NumMedia: '0',
    NumSegments: '1',
    To: target.numbers[phone % target.numbers.length]!,
  };
  const signed = Object.keys(form)
    .sort()
    .reduce((data, name) => data + name + form[name], url);
  const body = new URLSearchParams(form).toString();
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    'x-twilio-signature': createHmac('sha1', target.authToken).update(signed).digest('base64'),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
