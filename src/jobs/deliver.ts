import { codeFor } from '../domain/codes';
import { MINUTE, SECOND } from '../domain/time';
import { inSchool } from '../store/database';
import {
  type Claimed,
  claimNext,
  knownSids,
  lostClaims,
  markAgain,
  markNotSent,
  markSent,
  phoneOfDue,
} from '../store/messages';
import type { World } from '../world';

/** A claim whose answer has not come by then is lost: Twilio's list says whether the text was taken. */
export const CLAIM_MS = MINUTE;
const GIVE_UP_AFTER = 8;
const OPTED_OUT = 21610;

/** Sends the due text of this row, after those of the same phone that are older. Safe to call at any time, by any number. */
export async function deliver(world: World, schoolId: string, id: string): Promise<void> {
  const phone = await inSchool(world.db, schoolId, async (tx) => phoneOfDue(tx, schoolId, id, await world.now()));
  if (!phone) return;
  await settleLostClaims(world, schoolId, phone);
  for (;;) {
    const now = await world.now();
    const claimed = await inSchool(world.db, schoolId, (tx) => claimNext(tx, schoolId, phone, CLAIM_MS, now));
    if (!claimed || !(await send(world, schoolId, claimed, now))) return;
  }
}

/** False when nothing more should go to this phone just now. */
async function send(world: World, schoolId: string, text: Claimed, now: number): Promise<boolean> {
  const unwanted = reasonNotToSend(text, now);
  const write = <T>(work: Parameters<typeof inSchool<T>>[2]) => inSchool(world.db, schoolId, work);
  if (unwanted) {
    await write((tx) => markNotSent(tx, schoolId, text.id, 'skipped', unwanted, null));
    return true;
  }
  const sending = await world.channel.send({
    from: text.from,
    to: text.phone,
    body: filled(world, text),
    statusCallback: `${world.config.publicUrl}/webhooks/twilio/status?message=${text.id}&school=${schoolId}`,
    ...(text.expiresAt !== null && {
      validitySeconds: Math.max(1, Math.min(36_000, Math.floor((text.expiresAt - now) / SECOND))),
    }),
  });
  switch (sending.kind) {
    case 'accepted':
      await write((tx) => markSent(tx, schoolId, text.id, sending.providerSid, now));
      return true;
    case 'refused':
      await write((tx) =>
        markNotSent(tx, schoolId, text.id, 'failed', reasonInWords(sending.code, sending.reason), sending.code),
      );
      return true;
    case 'busy': {
      const dueAt = now + Math.max(sending.retryAfterMs, backOff(text.attempts));
      if (text.attempts >= GIVE_UP_AFTER)
        await write((tx) => markNotSent(tx, schoolId, text.id, 'failed', sending.reason, null));
      else {
        await write((tx) => markAgain(tx, schoolId, text.id, dueAt, sending.reason));
        await world.alarms.set([{ kind: 'message', schoolId, id: text.id, dueAt }], now);
      }
      return false;
    }
    case 'in_doubt':
      // The row stays claimed; when the claim is old the provider's list is asked before any resend.
      await world.alarms.set([{ kind: 'message', schoolId, id: text.id, dueAt: now + CLAIM_MS + SECOND }], now);
      return false;
  }
}

/** Why a text that is due is not wanted any more; null when it is. */
export function reasonNotToSend(
  text: Pick<Claimed, 'optedOut' | 'outdated' | 'otp' | 'expiresAt'>,
  now: number,
): string | null {
  if (text.optedOut) return 'opted out of texts';
  if (text.outdated) return 'the lesson has moved or gone';
  if (text.otp?.ended) return 'the code has ended';
  if (text.expiresAt !== null && text.expiresAt <= now) return 'too late to be of use';
  return null;
}

/** The start code exists only here, on its way out. */
function filled(world: World, text: Claimed): string {
  return text.otp ? text.body.replace('{code}', codeFor(world.keys.codes, text.otp.id, text.otp.nonce)) : text.body;
}

/** Rows whose answer was lost: marked as sent when the provider lists them, else sent again. */
async function settleLostClaims(world: World, schoolId: string, phone: string): Promise<void> {
  const now = await world.now();
  const lost = await inSchool(world.db, schoolId, (tx) => lostClaims(tx, schoolId, phone, now - CLAIM_MS));
  if (lost.length === 0) return;
  const since = Math.min(...lost.map((one) => one.claimedAt)) - MINUTE;
  const listed = (await world.channel.list({ from: lost[0]!.from, to: phone, since })).filter(
    (one) => one.direction === 'out',
  );
  await inSchool(world.db, schoolId, async (tx) => {
    const known = await knownSids(
      tx,
      schoolId,
      listed.map((one) => one.providerSid),
    );
    for (const row of await lostClaims(tx, schoolId, phone, now - CLAIM_MS)) {
      const found = listed.find((one) => !known.has(one.providerSid) && sameText(row.body, one.body));
      if (found) {
        known.add(found.providerSid);
        await markSent(tx, schoolId, row.id, found.providerSid, now);
      } else await markAgain(tx, schoolId, row.id, now, 'the answer was lost and the provider does not list it');
    }
  });
}

/** A placeholder stands for any six digits. */
function sameText(template: string, body: string): boolean {
  const [before = '', after = ''] = template.split('{code}');
  if (!template.includes('{code}')) return template === body;
  return body.startsWith(before) && body.endsWith(after) && body.length === before.length + 6 + after.length;
}

const backOff = (attempts: number) => Math.min(2 ** attempts, 64) * SECOND;

function reasonInWords(code: number | null, reason: string): string {
  switch (code) {
    case OPTED_OUT:
      return 'opted out of texts';
    case 21211:
      return 'not a valid number';
    case 21614:
      return 'not a mobile number';
    case 30003:
    case 30005:
    case 30006:
      return 'the phone cannot be reached';
    case 30007:
      return 'stopped by the carrier as unwanted';
    default:
      return reason;
  }
}
