import { randomBytes, randomUUID } from 'node:crypto';
import { readConfig } from '../../src/config';
import { makeLog } from '../../src/log';
import type { Knex } from '../../src/store/database';
import { turnOfText } from '../../src/turn/text';
import type { Alarm, World } from '../../src/world';

/** The core on a real database without queue, carrier and HTTP: turns run when they are called, at the moment that is set. */
export type QuietWorld = {
  world: World;
  at: { now: number };
  /** Alarms that were set, to be looked at by hand. */
  alarms: Alarm[];
  /** What a phone is answered; of turns side by side each gets its own. */
  say(from: string, to: string, words: string): Promise<string>;
};

export function quietWorld(db: Knex, now: number): QuietWorld {
  const at = { now };
  const alarms: Alarm[] = [];
  const replies = new Map<string, string>();
  const secret = randomBytes(32);
  const world: World = {
    config: readConfig({ PORT: '0', LOG_LEVEL: 'silent' }),
    db,
    now: async () => at.now,
    random: (bytes) => randomBytes(bytes),
    keys: { codes: secret, tokens: secret, twilioAuthToken: '', twilioAccountSid: '' },
    log: makeLog('silent'),
    alarms: {
      set: async (some) => void alarms.push(...some),
      close: async () => {},
    },
    channel: {
      send: () => {
        throw new Error('nothing is sent here');
      },
    } as unknown as World['channel'],
    observe: (trace) => {
      if (trace.cause.kind === 'text') replies.set(trace.cause.sid, trace.reply);
    },
  };
  return {
    world,
    at,
    alarms,
    async say(from, to, words) {
      const providerSid = `SM${randomUUID().replaceAll('-', '')}`;
      await turnOfText(world, { channel: 'sms', providerSid, from, to, text: words, media: 0 });
      return replies.get(providerSid) ?? '';
    },
  };
}
