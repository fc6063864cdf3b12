import { randomBytes } from 'node:crypto';
import type { Channel, Outgoing } from '../../src/channels/channel';
import { readConfig } from '../../src/config';
import { nextDue, sweep } from '../../src/jobs/sweep';
import { makeLog } from '../../src/log';
import { deriveKeys } from '../../src/secrets';
import { turnOfText } from '../../src/turn/text';
import type { World } from '../../src/world';
import { type FreshDatabase, freshDatabase } from './database';

/**
 * The turns of the program on a database of its own, without web side and queue: texts go straight into a turn, no alarm
 * ever rings, and only the sweep does what is due. Each text takes some milliseconds, so races can be run many times.
 */
export type Turns = {
  world: World;
  database: FreshDatabase;
  /** Everything that was handed over to be sent, in order. */
  sent: Outgoing[];
  /** A text to a school's number, then all that is due; what that phone got because of it, as one text. */
  text(to: string, from: string, words: string): Promise<string>;
  /** The same without doing what is due, for texts at one moment. */
  textOnly(to: string, from: string, words: string): Promise<void>;
  /** Does all that is due now. */
  settle(): Promise<void>;
  /** Goes forward, stopping wherever something falls due. */
  advance(ms: number): Promise<void>;
  close(): Promise<void>;
};

export async function openTurns(at: string): Promise<Turns> {
  const database = await freshDatabase({ poolMax: 20 });
  const sent: Outgoing[] = [];
  let now = Date.parse(at);
  let sids = 0;
  const world: World = {
    config: readConfig({ DATABASE_URL: database.url, LOG_LEVEL: 'silent' }),
    db: database.db,
    now: async () => now,
    random: randomBytes,
    keys: { ...deriveKeys('0'.repeat(64)), twilioAccountSid: 'AC', twilioAuthToken: '' },
    log: makeLog('silent'),
    alarms: { set: async () => {}, close: async () => {} },
    channel: phones(sent),
    observe() {},
  };
  const settle = async () => {
    while ((await sweep(world)) > 0);
  };
  const textOnly = async (to: string, from: string, words: string) => {
    sids += 1;
    const providerSid = `SM${String(sids).padStart(32, '0')}`;
    await turnOfText(world, { channel: 'sms', providerSid, to, from, text: words, media: 0 });
  };
  return {
    world,
    database,
    sent,
    settle,
    textOnly,
    async text(to, from, words) {
      const before = sent.length;
      await textOnly(to, from, words);
      await settle();
      return sent
        .slice(before)
        .filter((one) => one.to === from && one.from === to)
        .map((one) => one.body)
        .join('\n');
    },
    async advance(ms) {
      const target = now + ms;
      await settle();
      for (let next = await nextDue(world); next !== null && next < target; next = await nextDue(world)) {
        now = Math.max(now, next);
        await settle();
      }
      now = target;
      await settle();
    },
    close: () => database.drop(),
  };
}

/** A network that takes every text. */
const phones = (sent: Outgoing[]): Channel => ({
  async send(text) {
    sent.push(text);
    const providerSid = `SM${String(sent.length).padStart(31, '0')}o`;
    return { kind: 'accepted', providerSid, status: 'queued', segments: null, costMicros: null, currency: null };
  },
  list: async () => [],
});
