import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { takeCredit } from './bank/credit';
import { bankSecret } from './bank/secret';
import { bankWebhook } from './bank/webhook';
import { twilioChannel } from './channels/twilio';
import type { Config } from './config';
import { anyDelivering } from './jobs/deliver';
import { openQueues, type Queues } from './jobs/queues';
import { statusTold } from './jobs/status-told';
import { keepSweeping, look, nextDue, sweep } from './jobs/sweep';
import { keepUp, upkeep } from './jobs/upkeep';
import { type LogStream, makeLog } from './log';
import { deriveKeys, loadSecretKey } from './secrets';
import { seedDemo } from './seed';
import { simulatorRouter } from './simulator/api';
import { type Clock, databaseClock } from './simulator/clock';
import { prepareActs } from './simulator/page/acts';
import { openPhonesPage, type PhonesPage } from './simulator/page/page';
import { prepareSimulator } from './simulator/schema';
import { keepTraces, prepareTraces, type TraceKeeper } from './simulator/traces';
import { pretendTwilio } from './simulator/twilio';
import { openStorage, type Storage } from './storage';
import { type Knex, openDatabase } from './store/database';
import { gaugesOf } from './store/metrics';
import { migrate, migrationState } from './store/migrate';
import { schoolIds, schoolOfMessage } from './store/schools';
import { turnOfText } from './turn/text';
import { buildApp } from './web/app';
import { type Metrics, makeMetrics } from './web/metrics';
import { twilioWebhooks } from './web/webhooks';
import type { Alarm, World } from './world';

export type Opened = {
  world: World;
  storage: Storage;
  queues: Queues;
  clock: Clock | null;
  traces: TraceKeeper | null;
  metrics: Metrics;
  /** Sees every school where its role may. */
  admin: Knex;
  close(): Promise<void>;
};

/** Everything that the program stands on: database migrated (and a new simulator seeded), clock, queue, channel. */
export async function openWorld(
  config: Config,
  progress: (line: string) => void = () => {},
  logTo?: LogStream,
): Promise<Opened> {
  const log = makeLog(config.logLevel, logTo);
  const storage = await openStorage(config, progress);
  try {
    const { applied } = await migrate(storage.db);
    if (applied.length > 0) progress(`Database ready (${applied.length} migrations).`);
    const keys = deriveKeys(loadSecretKey(config));
    let clock: Clock | null = null;
    if (config.simulator) {
      await prepareSimulator(storage.db);
      await prepareTraces(storage.db);
      await prepareActs(storage.db);
      clock = await databaseClock(storage.db, config.simNow);
      if (await seedDemo(storage.db, await clock.now())) progress('Demo school Bayside Driving is ready.');
    }
    const queues = await openQueues({ databaseUrl: storage.ownerUrl, redisUrl: config.redisUrl }, log);
    const account = config.twilio ?? { accountSid: keys.twilioAccountSid, authToken: keys.twilioAuthToken };
    const apiBaseUrl = config.simulator ? simulatorAddress(config) : config.twilioApiBaseUrl;
    const traces = clock ? keepTraces(storage.db, log) : null;
    const metrics = makeMetrics();
    const admin = openDatabase(storage.adminUrl, { poolMax: 1 });
    const world: World = {
      config,
      db: storage.db,
      now: clock ? () => clock.now() : async () => Date.now(),
      random: randomBytes,
      keys: { ...keys, twilioAccountSid: account.accountSid, twilioAuthToken: account.authToken },
      log,
      alarms: queues.alarms,
      channel: metrics.counted(twilioChannel({ ...account, apiBaseUrl })),
      observe(trace) {
        metrics.observe(trace);
        traces?.observe(trace);
      },
    };
    return {
      world,
      storage,
      queues,
      clock,
      traces,
      metrics,
      admin,
      async close() {
        await queues.close();
        await traces?.flush();
        await admin.destroy();
        await storage.close();
      },
    };
  } catch (fault) {
    await storage.close();
    throw fault;
  }
}

/** The pretend Twilio lives on the web side of this program, whatever address the outside knows it by. */
function simulatorAddress({ host, port, twilioApiBaseUrl }: Config): string {
  if (twilioApiBaseUrl !== 'https://api.twilio.com') return twilioApiBaseUrl;
  return `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${port}/sim/twilio`;
}

export type Running = { url: string; close(): Promise<void> };

const TAKE_AT_ONCE = { message: 16, event: 10 };
/** SIGTERM finishes work within this; what is left is found by the next sweep. */
const DRAIN_MS = 10_000;

/** Runs web, worker or both until closed, with its log on standard error unless a stream is given. Listens on `config.port`; rejects with EADDRINUSE when it is taken. */
export async function run(
  config: Config,
  progress: (line: string) => void = () => {},
  logTo?: LogStream,
): Promise<Running> {
  const server =
    config.role === 'worker'
      ? null
      : createServer({ requestTimeout: 15_000, headersTimeout: 10_000, connectionsCheckingInterval: 5_000 });
  server?.on('request', stillStarting);
  const port = server ? await listening(server, config) : config.port;
  const publicUrl = config.publicUrl.replace(/:0$/, `:${port}`);
  const opened = await openWorld({ ...config, port, publicUrl }, progress, logTo).catch(async (fault) => {
    server?.close();
    throw fault;
  });
  const { world, queues } = opened;
  server?.removeListener('request', stillStarting);
  const page = server && opened.clock && opened.traces ? openPhonesPage(world, opened.clock, opened.traces) : null;
  server?.on('request', webOf(opened, page, world.log));
  const worker = config.role === 'web' ? null : queues.work(lookOf(opened), TAKE_AT_ONCE);
  const sweeping = config.role === 'web' ? null : keepSweeping(world);
  const upkeeping = config.role === 'web' ? null : keepUp(world);
  return {
    url: publicUrl,
    async close() {
      page?.close();
      const drained = (async () => {
        if (server)
          await new Promise<void>((resolve) => {
            server.close(() => resolve());
            server.closeIdleConnections();
          });
        await sweeping?.close();
        await upkeeping?.close();
        await worker?.close();
      })();
      await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, DRAIN_MS).unref())]);
      await opened.close();
    },
  };
}

/** What an alarm means, with the time that its turn took. */
function lookOf({ world, metrics }: Opened) {
  return (alarm: Alarm) =>
    alarm.kind === 'event' ? metrics.timed('event', () => look(world, alarm)) : look(world, alarm);
}

function webOf({ world, clock, metrics, admin }: Opened, page: PhonesPage | null, log: Logger) {
  const { db, config, keys } = world;
  const known = { ids: new Set<string>() };
  const isSchool = async (id: string) => {
    if (!known.ids.has(id)) known.ids = new Set(await schoolIds(db));
    return known.ids.has(id);
  };
  const twilio = twilioWebhooks({
    accountSid: keys.twilioAccountSid,
    authToken: keys.twilioAuthToken,
    publicUrl: config.publicUrl,
    onText: async (inbound) =>
      (await metrics.timed('text', () => turnOfText(world, inbound))) === 'unknown_school'
        ? 'unknown_school'
        : 'handled',
    onStatus: async (update) => {
      metrics.status(update.status, update.errorCode);
      await statusTold(world, update);
    },
    schoolOfMessage: (messageId) => schoolOfMessage(db, messageId),
    log,
  });
  const bank = bankWebhook({
    secretOf: (schoolId) => bankSecret(keys.tokens, schoolId),
    isSchool,
    take: (schoolId, credit) => takeCredit(world, schoolId, credit),
    now: () => world.now(),
  });
  const due = {
    nextDueAt: () => nextDue(world),
    runDue: () => sweep(world),
    isAtWork: () => anyDelivering(world),
    afterwards: () => upkeep(world),
  };
  const simulator = clock
    ? { api: simulatorRouter({ world, clock, due, ...(page && { page }) }), twilio: pretendTwilio({ world, clock }) }
    : null;
  const app = buildApp(
    { twilio, bank, metrics: metrics.router(gaugesOf(world, admin)), ...(simulator && { simulator }) },
    { ready: () => problemsOf(db) },
    log,
  );
  return page ? page.before(app) : app;
}

/** What keeps the program from serving; empty when it is ready. */
async function problemsOf(db: Knex): Promise<string[]> {
  try {
    const { pending } = await migrationState(db);
    return pending.length > 0 ? [`migrations are waiting: ${pending.join(', ')}`] : [];
  } catch {
    return ['the database does not answer'];
  }
}

/** The port is taken first, so that a second program fails at once; whoever calls meanwhile is asked to come again. */
function stillStarting(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '1' }).end('{"error":"still starting"}');
}

function listening(server: Server, config: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
