import type { Sending } from '../channels/channel';
import { MINUTE, SECOND } from '../domain/time';

/** A claim whose answer has not come by then, on the school's clock, is lost: Twilio's list says whether the text was taken. */
export const CLAIM_MS = MINUTE;
/** Handing over takes a provider's client so long at most. */
const HAND_OVER_MS = 10 * SECOND;
/** From the claim to the handing over; whoever takes longer asks whether the text is still its own. */
export const AT_ONCE_MS = 2 * SECOND;
/** For so long a text is its sender's by the database's own clock, however far the school's may jump. */
export const HOLD_MS = AT_ONCE_MS + HAND_OVER_MS + 2 * SECOND;

/** What became of a text that was claimed. */
export type Outcome =
  | Sending
  | { kind: 'unwanted'; reason: string }
  /** A start code of which nobody knows whether it arrived: it is never sent again. */
  | { kind: 'code_lost' }
  /** In doubt to the end: the provider could not be asked while the text was of use, nor for a while after. */
  | { kind: 'never_known' }
  /** Whoever was to send it took so long that it is another's now. */
  | { kind: 'overtaken' };
