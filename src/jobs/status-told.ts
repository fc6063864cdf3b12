import type { StatusUpdate } from '../channels/inbound';
import { codeInWords, failureOf } from '../domain/delivery';
import { inSchool } from '../store/database';
import { raiseStatus, type StatusTold, textStillUnder } from '../store/delivery';
import { notReached } from '../turn/not-reached';
import type { World } from '../world';

/** A status callback of a text of ours. That it came at all says that the provider has the text. */
export async function statusTold(world: World, update: StatusUpdate): Promise<void> {
  const { messageId, schoolId, sid, errorCode } = update;
  const status = update.status === 'other' ? 'sent' : update.status;
  const failed = status === 'undelivered' || status === 'failed';
  const reason = failed ? inWords(errorCode) : null;
  const now = await world.now();
  await inSchool(world.db, schoolId, async (tx) => {
    const text = failed ? await textStillUnder(tx, schoolId, messageId, status) : null;
    if (text) await notReached(tx, schoolId, text, failureOf(errorCode), reason!, now);
    await raiseStatus(tx, schoolId, messageId, { status, sid, errorCode, reason }, now);
  });
}

/** How a text ended that the provider's list shows; null while it is still on its way. */
export function finalStatus({
  providerSid: sid,
  status,
  errorCode = null,
}: {
  providerSid: string;
  status: string;
  errorCode?: number | null;
}): StatusTold | null {
  if (status === 'delivered') return { status, sid, errorCode: null, reason: null };
  if (status !== 'undelivered' && status !== 'failed') return null;
  return { status, sid, errorCode, reason: inWords(errorCode) };
}

const inWords = (code: number | null) => codeInWords(code) ?? 'the carrier does not say why';
