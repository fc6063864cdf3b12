import type { FaultMode } from './twilio/faults';

/** What `/sim/api` answers; `at` and `now` are ISO instants. */
export type SimReply = { sid: string; to: string; body: string; segments: number; at: string };
export type SimPhoneText = {
  sid: string;
  /** `in` = from the phone to the school. */
  direction: 'in' | 'out';
  from: string;
  to: string;
  body: string;
  at: string;
  status: string;
  segments: number;
  /** Twilio's, of a text that did not arrive. */
  errorCode: number | null;
  byCarrier: boolean;
};
export type SimCreditAsked = {
  amountCents: number;
  description?: string;
  reference?: string;
  payer?: string;
  id?: string;
  to?: string;
};
export type { FaultMode as SimFaultMode } from './twilio/faults';

/** The phones, the clock and the bank of a running simulator. Each call throws with the simulator's own remedy when refused. */
export type SimClient = {
  text(
    from: string,
    body: string,
    more?: { to?: string; sid?: string; media?: number; channel?: 'sms' | 'whatsapp'; lost?: boolean },
  ): Promise<{ sid: string; replies: SimReply[] }>;
  phone(number: string): Promise<SimPhoneText[]>;
  clock(): Promise<string>;
  /** An ISO duration, such as "PT2H". May take minutes when much falls due on the way. */
  advance(duration: string): Promise<string>;
  /** An ISO instant ahead of the clock. */
  setClock(instant: string): Promise<string>;
  credit(asked: SimCreditAsked): Promise<{ id: string; outcome: 'confirmed' | 'queued' | 'duplicate' | 'credited' }>;
  fault(mode: FaultMode, count?: number, code?: number): Promise<void>;
  /** How the carrier of a school's number is set: Advanced Opt-Out with words freed, or as it is at first. */
  carrier(setting: { to?: string; advanced: boolean; free?: string[] }): Promise<void>;
};

/** `baseUrl` is the program's, such as `http://127.0.0.1:4300`. */
export function simClient(baseUrl: string): SimClient {
  const get = <T>(path: string) => call<T>(`${baseUrl}/sim/api${path}`, {});
  const post = <T>(path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    return call<T>(`${baseUrl}/sim/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  };
  return {
    text: (from, body, more = {}) => post('/texts', { from, body, ...more }),
    phone: async (number) => (await get<{ texts: SimPhoneText[] }>(`/phones/${encodeURIComponent(number)}`)).texts,
    clock: async () => (await get<{ now: string }>('/clock')).now,
    advance: async (duration) => (await post<{ now: string }>('/clock', { advance: duration })).now,
    setClock: async (instant) => (await post<{ now: string }>('/clock', { set: instant })).now,
    credit: (asked) => post('/bank-credits', asked),
    fault: async (mode, count, code) => void (await post('/faults', { mode, count, code })),
    carrier: async (setting) => void (await post('/carrier', setting)),
  };
}

async function call<T>(url: string, init: RequestInit): Promise<T> {
  const response = await fetch(url, init).catch((error: unknown) => {
    throw new Error(
      `no simulator answers at ${new URL(url).origin}: start it with "npm start" (${(error as Error).message})`,
    );
  });
  const answer = (await response.json().catch(() => undefined)) as (T & { error?: string }) | undefined;
  if (response.ok && answer && answer.error === undefined) return answer;
  throw new Error(answer?.error ?? `the simulator answered ${response.status}: is SIMULATOR on?`);
}
