import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import type { Channel } from '../../src/channels/channel';
import { readConfig } from '../../src/config';
import { deriveKeys } from '../../src/secrets';
import type { Alarm, Trace, World } from '../../src/world';
import type { FreshDatabase } from './database';

/** What a turn needs and nothing else: a database, a clock that is set by hand, alarms that are only noted, no network. */
export type SmallWorld = { world: World; clock: { now: number }; alarms: Alarm[]; traces: Trace[] };

const NO_NETWORK: Channel = {
  send: () => Promise.reject(new Error('nothing is sent in this test')),
  list: () => Promise.reject(new Error('nothing is listed in this test')),
};

export function smallWorld(database: FreshDatabase, at: string, channel: Channel = NO_NETWORK): SmallWorld {
  const clock = { now: Date.parse(at) };
  const alarms: Alarm[] = [];
  const traces: Trace[] = [];
  const world: World = {
    config: readConfig({ DATABASE_URL: database.url, DATA_DIR: '/tmp' }),
    db: database.db,
    now: async () => clock.now,
    random: randomBytes,
    keys: deriveKeys('k'.repeat(64)),
    log: pino({ level: 'silent' }),
    alarms: { set: async (set) => void alarms.push(...set), close: async () => {} },
    channel,
    observe: (trace) => void traces.push(trace),
  };
  return { world, clock, alarms, traces };
}

let sids = 0;
/** A text as the webhook hands it on. */
export const textFrom = (from: string, to: string, text: string, more: object = {}) => ({
  ...{ channel: 'sms' as const, providerSid: `SM${String(++sids).padStart(32, '0')}`, from, to, text, media: 0 },
  ...more,
});
