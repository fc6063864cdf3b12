import type { World } from '../../world';
import { postForm } from '../post';
import type { Fault } from './faults';
import { type SimText, setArrived, setStatus } from './texts';

/** After acceptance, so that the sender mostly has its answer before the first status comes. */
const SOON_MS = 15;
/** How much later a status comes again that is delayed. */
const LATER_MS = 400;

export type Account = Pick<World, 'config' | 'db' | 'keys' | 'log'>;

/** Takes an accepted text to its phone, posting each status as its `manner` has it. Never rejects. */
export async function travel(account: Account, text: SimText): Promise<void> {
  try {
    if (text.manner !== 'early-callback') await pause(SOON_MS);
    const stations = ['sent', text.failsWith === null ? 'delivered' : 'undelivered'] as const;
    const left = stations.slice(stations.indexOf(text.status as 'sent') + 1);
    for (const status of left) {
      await setStatus(account.db, text.seq, status, status === 'undelivered' ? text.failsWith : null);
      if (text.manner !== 'shuffled-callback') await tell(account, text, status);
      if (text.manner === 'duplicate-callback') await tell(account, text, status);
    }
    if (text.manner === 'shuffled-callback')
      for (const status of ['queued', ...[...stations].reverse(), 'sending', ...stations])
        await tell(account, text, status);
    if (text.manner === 'delayed-callback') {
      await pause(LATER_MS);
      for (const status of ['sending', ...stations]) await tell(account, text, status);
    }
    await setArrived(account.db, text.seq);
  } catch (error) {
    account.log.warn(
      { sid: text.sid, err: error },
      'a text of the simulator stopped on its way; a restart takes it on',
    );
  }
}

/** How its statuses are told; null for a fault that is none of the telling. */
export const mannerOf = ({ mode }: Fault) =>
  mode === 'silent' ? 'drop-callback' : mode.endsWith('-callback') ? mode : null;

async function tell({ config, keys, log }: Account, text: SimText, status: string): Promise<void> {
  if (!text.statusCallback || text.manner === 'drop-callback') return;
  const form = {
    ...{ ApiVersion: '2010-04-01', AccountSid: keys.twilioAccountSid, From: text.from, To: text.to },
    ...{ MessageSid: text.sid, SmsSid: text.sid, MessageStatus: status, SmsStatus: status },
    ...(status === 'undelivered' && { ErrorCode: String(text.failsWith) }),
  };
  const answer = await postForm(config, keys.twilioAuthToken, text.statusCallback, form);
  if (answer?.status !== 200)
    log.warn({ sid: text.sid, status: answer?.status ?? 0 }, 'a status callback was not taken');
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
