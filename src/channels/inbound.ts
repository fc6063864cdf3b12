/** A text that reached us. `to` and `from` are without "whatsapp:": E.164, or a short code or name of a sender. */
export type Inbound = {
  channel: 'sms' | 'whatsapp';
  providerSid: string;
  to: string;
  from: string;
  /** Well-formed, without NUL, at most 1,600 UTF-16 units; empty when only pictures came. */
  text: string;
  /** How many pictures, recordings or the like came with it. */
  media: number;
  /** Only where the provider says what the carrier did with an opt-out word. */
  optOutType?: 'STOP' | 'START' | 'HELP';
  /** When it was written, where the provider's list says so (whole seconds); a text that just came has none. */
  at?: number;
  /** How long it waited here behind an earlier text of its phone. */
  waitedMs?: number;
};

/** What became of a text we sent. Callbacks come in any order and more than once. */
export type StatusUpdate = {
  /** Our sms_logs.id and its school, from the address that we gave. */
  messageId: string;
  schoolId: string;
  sid: string;
  /** `other`: a status that says nothing new, such as queued. */
  status: 'sent' | 'delivered' | 'undelivered' | 'failed' | 'other';
  errorCode: number | null;
};

/** Twilio's bound for one message (ten segments of GSM-7). */
const LONGEST_TEXT = 1600;

/** What a database and a reader can hold: NUL left out, lone surrogates U+FFFD, cut at 1,600 units between characters. */
export function cleanText(text: string): string {
  const whole = text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd');
  if (whole.length <= LONGEST_TEXT) return whole;
  return whole.slice(0, LONGEST_TEXT).replace(/[\ud800-\udbff]$/, '');
}
