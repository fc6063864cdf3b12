import type { World } from '../../world';
import { postForm } from '../post';
import { type SimText, setArrived, setStatus } from './texts';

/** After acceptance, so that the sender mostly has its answer before the first status comes. */
const SOON_MS = 15;
const STATIONS = ['sent', 'delivered'] as const;

export type Account = Pick<World, 'config' | 'db' | 'keys' | 'log'>;

/** Takes an accepted text to its phone, posting each status in order. Never rejects. */
export async function travel(account: Account, text: SimText): Promise<void> {
  try {
    await new Promise((resolve) => setTimeout(resolve, SOON_MS));
    const left = STATIONS.slice(STATIONS.indexOf(text.status as 'sent') + 1);
    for (const status of left) {
      await setStatus(account.db, text.seq, status);
      for (let time = 0; time < text.callbacks; time++) await tell(account, text, status);
    }
    await setArrived(account.db, text.seq);
  } catch (error) {
    account.log.warn(
      { sid: text.sid, err: error },
      'a text of the simulator stopped on its way; a restart takes it on',
    );
  }
}

async function tell({ config, keys, log }: Account, text: SimText, status: string): Promise<void> {
  if (!text.statusCallback) return;
  const form = {
    ...{ ApiVersion: '2010-04-01', AccountSid: keys.twilioAccountSid, From: text.from, To: text.to },
    ...{ MessageSid: text.sid, SmsSid: text.sid, MessageStatus: status, SmsStatus: status },
  };
  const answer = await postForm(config, keys.twilioAuthToken, text.statusCallback, form);
  if (answer?.status !== 200)
    log.warn({ sid: text.sid, status: answer?.status ?? 0 }, 'a status callback was not taken');
}
