import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { pino } from 'pino';
import { bankSecret } from '../../src/bank/secret';
import { bankWebhook } from '../../src/bank/webhook';
import type { Channel, Sending } from '../../src/channels/channel';
import type { Inbound, StatusUpdate } from '../../src/channels/inbound';
import { twilioChannel } from '../../src/channels/twilio';
import { readConfig } from '../../src/config';
import { deriveKeys } from '../../src/secrets';
import { simulatorRouter } from '../../src/simulator/api';
import { type SimClient, simClient } from '../../src/simulator/client';
import { type Clock, databaseClock } from '../../src/simulator/clock';
import { prepareSimulator } from '../../src/simulator/schema';
import { pretendTwilio } from '../../src/simulator/twilio';
import { inSchool } from '../../src/store/database';
import { twilioWebhooks } from '../../src/web/webhooks';
import type { World } from '../../src/world';
import { type FreshDatabase, freshDatabase } from '../support/database';

export const START = Date.parse('2026-11-24T09:00:00+11:00');
export const BAYSIDE = { id: '0a8f4a52-4d3a-4a53-9a5c-6f0e0f2f6f01', phone: '+61491570006' };
export const HARBOUR = { id: '0a8f4a52-4d3a-4a53-9a5c-6f0e0f2f6f02', phone: '+61491570157' };

/** A very small school that says each text back (`again`: twice) through the real channel, beside the whole simulator. */
export type SmallSchool = {
  sim: SimClient;
  url: string;
  world: World;
  clock: Clock;
  database: FreshDatabase;
  channel: Channel;
  heard: Inbound[];
  updates: StatusUpdate[];
  credits: { schoolId: string; sourceId: string; amountCents: number }[];
  sendings: Sending[];
  /** Work that falls due later. */
  later: { at: number; work(): Promise<void> }[];
  /** Status with which the webhook for texts fails next. */
  fail: { times: number };
  close(): Promise<void>;
};

export async function smallSchool(): Promise<SmallSchool> {
  const database = await freshDatabase();
  const { db } = database;
  await prepareSimulator(db);
  const clock = await databaseClock(db, START);
  for (const { id, phone } of [BAYSIDE, HARBOUR]) await addSchool(database, id, phone);
  const app = express();
  const server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const config = { ...readConfig({ PUBLIC_URL: 'https://tunnel.example', DATA_DIR: '/tmp' }), port };
  const keys = deriveKeys('k'.repeat(32));
  const log = pino({ level: 'silent' });
  const account = { accountSid: keys.twilioAccountSid, authToken: keys.twilioAuthToken };
  const channel = twilioChannel({ ...account, apiBaseUrl: `http://127.0.0.1:${port}/sim/twilio`, timeoutMs: 2_000 });
  const world = { config, db, keys, log, channel, now: () => clock.now() } as World;
  const made = { heard: [], updates: [], credits: [], sendings: [], later: [], fail: { times: 0 } };
  const school: SmallSchool = {
    ...{
      ...made,
      sim: simClient(`http://127.0.0.1:${port}`),
      url: `http://127.0.0.1:${port}`,
      world,
      clock,
      database,
      channel,
    },
    close: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await database.drop();
    },
  };
  app.use('/webhooks/twilio', webhooksOf(school, account));
  app.use('/webhooks/bank', bankOf(school));
  const due = {
    nextDueAt: async () => {
      const now = await clock.now();
      return school.later.reduce<number | null>(
        (next, { at }) => (at > now && (next === null || at < next) ? at : next),
        null,
      );
    },
    runDue: () => runDue(school),
    isAtWork: async () => false,
  };
  app.use('/sim/api', simulatorRouter({ world, clock, due }));
  app.use('/sim/twilio', pretendTwilio({ world, clock }));
  return school;
}

export async function say(school: SmallSchool, from: string, to: string, body: string): Promise<Sending> {
  const statusCallback = `${school.world.config.publicUrl}/webhooks/twilio/status?message=${BAYSIDE.id}&school=${BAYSIDE.id}`;
  const sending = await school.channel.send({ from, to, body, statusCallback });
  school.sendings.push(sending);
  return sending;
}

function webhooksOf(school: SmallSchool, account: { accountSid: string; authToken: string }) {
  const { config, log } = school.world;
  return twilioWebhooks({
    ...{ ...account, publicUrl: config.publicUrl, log },
    async onText(inbound) {
      if (school.fail.times-- > 0) throw new Error('out of order');
      const known = school.heard.some(({ providerSid }) => providerSid === inbound.providerSid);
      school.heard.push(inbound);
      const { to, from, text } = inbound;
      const work = async () => void (await say(school, to, from, `you said ${text}`));
      if (!known && !/^stop$/i.test(text)) school.later.push({ at: 0, work });
      return 'handled';
    },
    onStatus: async (update) => void school.updates.push(update),
  });
}

function bankOf(school: SmallSchool) {
  return bankWebhook({
    secretOf: (schoolId) => bankSecret(school.world.keys.tokens, schoolId),
    isSchool: async () => true,
    now: () => school.clock.now(),
    async take(schoolId, { sourceId, amountCents }) {
      const known = school.credits.some((credit) => credit.sourceId === sourceId);
      school.credits.push({ schoolId, sourceId, amountCents });
      return { id: 'row', outcome: known ? 'duplicate' : 'confirmed' };
    },
  });
}

async function runDue(school: SmallSchool): Promise<number> {
  const now = await school.clock.now();
  const due = school.later.filter(({ at }) => at <= now);
  school.later.splice(0, school.later.length, ...school.later.filter(({ at }) => at > now));
  await Promise.all(due.map(({ work }) => work()));
  return due.length;
}

async function addSchool({ db }: FreshDatabase, id: string, phone: string): Promise<void> {
  await inSchool(db, id, async (tx) => {
    const values = [
      id,
      'A school',
      'Australia/Sydney',
      'NSW',
      phone,
      '+61491570737',
      'pay@school.example',
      new Date(START),
    ];
    await tx.raw(
      'insert into schools (id, name, timezone, state, phone, owner_phone, payid, created_at) values (?, ?, ?, ?, ?, ?, ?, ?)',
      values,
    );
  });
}
