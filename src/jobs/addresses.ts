import { channelFor } from '../domain/lateness';
import type { Claimed } from '../store/outgoing';

/** From where to where a text goes: the way its phone last texted us, as the provider writes it. */
export function addressesOf(
  text: Pick<Claimed, 'from' | 'phone' | 'channel' | 'heardAt'>,
  now: number,
): { from: string; to: string } {
  const prefix = channelFor(text, now) === 'whatsapp' ? 'whatsapp:' : '';
  return { from: prefix + text.from, to: prefix + text.phone };
}
