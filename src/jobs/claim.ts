import type { Sending } from '../channels/channel';
import { MINUTE } from '../domain/time';

/** A claim whose answer has not come by then is lost: Twilio's list says whether the text was taken. */
export const CLAIM_MS = MINUTE;

/** What became of a text that was claimed. */
export type Outcome =
  | Sending
  | { kind: 'unwanted'; reason: string }
  /** A start code of which nobody knows whether it arrived: it is never sent again. */
  | { kind: 'code_lost' }
  /** In doubt to the end: the provider could not be asked while the text was of use, nor for a while after. */
  | { kind: 'never_known' };
