import type { Listed } from './channel';
import { cleanText, type Inbound } from './inbound';
import { readParties } from './twilio-forms';

/** A text of the provider's list as its webhook would have brought it, with the time at which it was written; null when it is none. */
export function inboundOf(
  listed: Pick<Listed, 'providerSid' | 'direction' | 'from' | 'to' | 'body' | 'at' | 'media'>,
): Inbound | null {
  if (listed.direction !== 'in') return null;
  const parties = readParties(listed.from, listed.to);
  if (!parties) return null;
  return {
    ...parties,
    providerSid: listed.providerSid,
    text: cleanText(listed.body),
    media: listed.media,
    at: listed.at,
  };
}
