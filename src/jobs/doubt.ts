import { HOUR, MINUTE } from '../domain/time';
import { inSchool } from '../store/database';
import { type Claimed, knownSids } from '../store/outgoing';
import type { World } from '../world';
import { addressesOf } from './addresses';
import type { Outcome } from './claim';

/** After a text has lost its use the provider is asked for so long what became of it. */
const ASKED_FOR = HOUR;

/**
 * What the provider's list says of a text whose answer was lost; a status callback would have settled it before. `unlisted`:
 * it was never taken, so it may be sent again. In doubt still when the list cannot be had.
 */
export async function traceLost(
  world: World,
  schoolId: string,
  text: Pick<Claimed, 'from' | 'phone' | 'channel' | 'heardAt' | 'dueAt' | 'expiresAt'>,
  body: string,
): Promise<Outcome | { kind: 'unlisted' }> {
  const since = text.dueAt - MINUTE;
  const asked = await world.channel.list({ ...addressesOf(text, text.dueAt), since }).catch(() => null);
  if (!asked) {
    const reason = 'Twilio’s list of messages cannot be had';
    const late = text.expiresAt !== null && text.expiresAt + ASKED_FOR <= (await world.now());
    return late ? { kind: 'never_known' } : { kind: 'in_doubt', reason };
  }
  const same = asked.filter((one) => one.direction === 'out' && one.body === body);
  const sids = same.map((one) => one.providerSid);
  const known = await inSchool(world.db, schoolId, (tx) => knownSids(tx, schoolId, sids));
  const found = same.find((one) => !known.has(one.providerSid));
  return found ? { kind: 'accepted', ...found } : { kind: 'unlisted' };
}
