/** One text on its way to a phone. `statusCallback` carries our row's id, so that a lost answer can be told apart. */
export type Outgoing = {
  from: string;
  to: string;
  body: string;
  statusCallback: string;
  /** After this many seconds the carrier need not try any more (Twilio: 1 to 36,000). */
  validitySeconds?: number;
};

/** What a text came to, where the provider tells it: segments, and its price in millionths of a currency. */
export type Toll = { segments: number | null; costMicros: number | null; currency: string | null };

/** What became of an attempt. Only `in_doubt` may have been accepted all the same. */
export type Sending =
  | ({ kind: 'accepted'; providerSid: string; status: string } & Toll)
  | { kind: 'refused'; code: number | null; reason: string }
  | { kind: 'busy'; retryAfterMs: number; reason: string }
  | { kind: 'in_doubt'; reason: string };

/** A message as the provider lists it. */
export type Listed = Toll & {
  providerSid: string;
  direction: 'in' | 'out';
  from: string;
  to: string;
  body: string;
  status: string;
  at: number;
  errorCode: number | null;
  /** How many pictures, recordings or the like it has. */
  media: number;
};

/** How words travel. Implementations never throw for what a network or a provider can do. */
export type Channel = {
  send(text: Outgoing): Promise<Sending>;
  /** Messages created at or after `since` (ms), oldest first; throws when the provider cannot be asked. */
  list(query: { from?: string; to?: string; since: number }): Promise<Listed[]>;
};
