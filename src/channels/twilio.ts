import type { Twilio } from 'twilio';
import type { MessageInstance } from 'twilio/lib/rest/api/v2010/account/message';
import type { Channel, Listed, Outgoing, Sending, Toll } from './channel';

const TIMEOUT_MS = 10_000;
/** After a plain "too many", an overfull queue, or an account that may not send just now. */
const BUSY_MS = 5_000;
const CLOSED_MS = 60_000;
const PAGE_SIZE = 200;
const LONGEST_VALIDITY_SECONDS = 36_000;

/** 21611: the queue of this number is full. 63018: WhatsApp's rate. 30022, 14107: rates. Nothing was accepted. */
const BUSY_CODES = new Set([20429, 21611, 30022, 14107, 63018]);
/** The account's fault, not the text's: it can be sent once the owner has put that right. */
const ACCOUNT_CODES = new Set([20003, 20005, 20404]);
/** Node's words for a connection that was never made. */
const NEVER_LEFT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** The library's bound, and ours over the whole request. */
const OUT_OF_TIME = new Set(['ECONNABORTED', 'ERR_CANCELED']);

export type TwilioSettings = {
  accountSid: string;
  authToken: string;
  /** `https://api.twilio.com`, or where a pretend Twilio listens (a path may follow). */
  apiBaseUrl: string;
  /** Bound of one request, default 10 s. */
  timeoutMs?: number;
};

/** Texts by Twilio's REST API. Nothing of a text or a number gets into `reason`. The library loads on first use (130 ms). */
export function twilioChannel(settings: TwilioSettings): Channel {
  let made: Promise<Twilio> | undefined;
  const client = () => {
    made ??= connect(settings);
    return made;
  };
  return {
    async send(text) {
      try {
        const message = await (await client()).messages.create(toTwilio(text));
        return { kind: 'accepted', providerSid: message.sid, status: message.status, ...tollOf(message) };
      } catch (error) {
        return fateOf(error);
      }
    },
    async list({ from, to, since }) {
      // Twilio knows whole seconds only.
      const dateSentAfter = new Date(Math.floor(since / 1000) * 1000);
      const query = { ...(from && { from }), ...(to && { to }), dateSentAfter, pageSize: PAGE_SIZE };
      try {
        const found = await (await client()).messages.list(query);
        const messages = found.map(fromTwilio).filter((message) => message.at >= dateSentAfter.getTime());
        return messages.reverse().sort((a, b) => a.at - b.at);
      } catch (error) {
        throw new Error(`Twilio's list of messages cannot be had: ${reasonOf(error)}`);
      }
    },
  };
}

/** Twilio's answer "not now", with its Retry-After, which the library drops. */
class TooMany extends Error {
  constructor(readonly retryAfterMs: number) {
    super('Twilio is busy');
  }
}

async function connect({ accountSid, authToken, apiBaseUrl, timeoutMs = TIMEOUT_MS }: TwilioSettings): Promise<Twilio> {
  const { default: twilio } = await import('twilio');
  const httpClient = new twilio.RequestClient({ timeout: timeoutMs });
  const ask = httpClient.request.bind(httpClient);
  // The library's own bound begins when a connection is made, and again with every byte.
  httpClient.axios.interceptors.request.use((request) => ({ ...request, signal: AbortSignal.timeout(timeoutMs) }));
  httpClient.request = (async (options) => {
    const answer = await ask({ timeout: timeoutMs, ...options });
    if (answer.statusCode === 429) throw new TooMany(retryAfterMs(answer));
    return answer;
  }) as typeof httpClient.request;
  const client = twilio(accountSid, authToken, { httpClient, autoRetry: false });
  client.api.baseUrl = apiBaseUrl;
  return client;
}

function toTwilio({ from, to, body, statusCallback, validitySeconds }: Outgoing) {
  const validityPeriod =
    validitySeconds === undefined ? {} : { validityPeriod: clamp(validitySeconds, 1, LONGEST_VALIDITY_SECONDS) };
  return { from, to, body, statusCallback, ...validityPeriod };
}

function fromTwilio(message: MessageInstance): Listed {
  return {
    providerSid: message.sid,
    direction: message.direction === 'inbound' ? 'in' : 'out',
    from: message.from ?? '',
    to: message.to ?? '',
    body: message.body ?? '',
    status: message.status,
    at: (message.dateCreated ?? message.dateSent).getTime(),
    errorCode: message.errorCode ?? null,
    media: Number(message.numMedia) || 0,
    ...tollOf(message),
  };
}

/** Twilio writes a price as "-0.05150", or none while it is not known yet, and no segments as "0". */
function tollOf({ numSegments, price, priceUnit }: MessageInstance): Toll {
  const segments = Number(numSegments);
  const micros = price == null ? Number.NaN : Math.round(Math.abs(Number(price)) * 1_000_000);
  const priced = Number.isFinite(micros) && Boolean(priceUnit);
  return {
    segments: segments >= 1 && segments <= 100 ? segments : null,
    costMicros: priced ? micros : null,
    currency: priced ? priceUnit.toUpperCase() : null,
  };
}

/** What is certain after a failure; anything not known to be a refusal stays in doubt. */
function fateOf(error: unknown): Sending {
  const reason = reasonOf(error);
  if (error instanceof TooMany) return { kind: 'busy', retryAfterMs: error.retryAfterMs, reason };
  const { status, code } = partsOf(error);
  if (status === undefined) {
    return NEVER_LEFT.has(String(code))
      ? { kind: 'busy', retryAfterMs: BUSY_MS, reason }
      : { kind: 'in_doubt', reason };
  }
  if (status < 400 || status >= 500 || status === 408) return { kind: 'in_doubt', reason };
  const number = typeof code === 'number' && code > 0 ? code : null;
  if (number !== null && BUSY_CODES.has(number)) return { kind: 'busy', retryAfterMs: BUSY_MS, reason };
  // Without Twilio's code the answer came from something on the way, a proxy for instance.
  const notAboutThisText = number === null || status === 401 || ACCOUNT_CODES.has(number);
  if (notAboutThisText) return { kind: 'busy', retryAfterMs: CLOSED_MS, reason };
  return { kind: 'refused', code: number, reason };
}

/** Twilio's own message may hold the number, so only status and code are told. */
function reasonOf(error: unknown): string {
  if (error instanceof TooMany) return 'Twilio answered 429, too many requests';
  const { status, code } = partsOf(error);
  if (status !== undefined) return `Twilio answered ${status}${code ? `, code ${code}` : ''}`;
  if (OUT_OF_TIME.has(String(code))) return 'no answer from Twilio in time';
  return typeof code === 'string' ? `no answer from Twilio (${code})` : 'an answer that is not Twilio\u2019s';
}

function partsOf(error: unknown): { status?: number; code?: number | string } {
  const { status, code, response } = (error ?? {}) as { status?: unknown; code?: unknown; response?: unknown };
  const read: { status?: number; code?: number | string } = {};
  if (typeof status === 'number' && response === undefined) read.status = status;
  if (typeof code === 'number' || typeof code === 'string') read.code = code;
  return read;
}

function retryAfterMs(answer: { headers?: unknown }): number {
  const headers = (answer.headers ?? {}) as Record<string, unknown>;
  const seconds = Number(headers['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? clamp(seconds * 1000, 500, 600_000) : BUSY_MS;
}

function clamp(value: number, least: number, most: number): number {
  return Math.round(Math.min(Math.max(value, least), most));
}
