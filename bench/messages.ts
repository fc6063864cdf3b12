import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { startEmbedded } from '../src/embedded';
import { openQueues } from '../src/jobs/queues';
import { inSchool, type Knex, openDatabase } from '../src/store/database';
import { insertSchool } from '../src/store/setup';
import { row, rows } from '../src/store/sql';
import { cpuMs, freePort, pause, postmasterOf, residentMb, startWorker } from './start';

const BACKLOG = 5_000;
const SCHOOLS = 20;
const ACCOUNT = { TWILIO_ACCOUNT_SID: `AC${'0a'.repeat(16)}`, TWILIO_AUTH_TOKEN: 'b'.repeat(32) };

/** One backend's figures: texts by alarms, a backlog without any, and a worker at rest. CPU in ms a minute, of all cores. */
export type Sending = {
  backend: 'PostgreSQL' | 'Redis';
  perSecond: number;
  backlogSeconds: number;
  restCpuMs: number;
  restServerCpuMs: number;
  restMb: number;
};

/** Sends `BACKLOG` texts twice through a worker of its own, then watches it at rest for `restSeconds`. */
export async function measureMessages(restSeconds: number): Promise<Sending[]> {
  const provider = await fastProvider();
  try {
    const figures = [await onBackend('PostgreSQL', provider, restSeconds)];
    const redis = await startRedis();
    if (!redis) return figures;
    try {
      figures.push(await onBackend('Redis', provider, restSeconds, redis));
    } finally {
      redis.process.kill('SIGKILL');
      rmSync(redis.dir, { recursive: true, force: true });
    }
    return figures;
  } finally {
    provider.server.close();
    provider.server.closeAllConnections();
  }
}

export function messagesTable(figures: Sending[]): string {
  return [
    '| texts, queue on | texts/s by alarms | backlog of 5,000 without alarms, s | worker at rest, CPU ms a minute | its server, CPU ms a minute | worker at rest, MB |',
    '|---|---:|---:|---:|---:|---:|',
    ...figures.map(
      (one) =>
        `| ${one.backend} | ${one.perSecond} | ${one.backlogSeconds} | ${one.restCpuMs} | ${one.restServerCpuMs} | ${one.restMb} |`,
    ),
  ].join('\n');
}

type Provider = { server: Server; url: string };
type RedisServer = { url: string; process: ChildProcess; dir: string };

async function onBackend(
  backend: Sending['backend'],
  provider: Provider,
  restSeconds: number,
  redis?: RedisServer,
): Promise<Sending> {
  const dataDir = mkdtempSync(join(tmpdir(), 'dss-bench-texts-'));
  chmodSync(dataDir, 0o755);
  const embedded = await startEmbedded({ dataDir });
  const admin = openDatabase(embedded.adminUrl, { poolMax: 2 });
  const db = openDatabase(embedded.ownerUrl);
  const env = {
    ...{ ...ACCOUNT, DATA_DIR: dataDir, SIMULATOR: 'off', LOG_LEVEL: 'silent', TWILIO_API_BASE_URL: provider.url },
    ...{ PUBLIC_URL: 'https://school.example', ...(redis && { REDIS_URL: redis.url }) },
  };
  let worker: Awaited<ReturnType<typeof startWorker>> | null = null;
  try {
    // The first worker migrates.
    await (await startWorker(env)).stop();
    const schools = await makeSchools(db);
    await writeTexts(db, schools);
    const began = performance.now();
    worker = await startWorker(env);
    await drained(admin);
    const backlogSeconds = Number(((performance.now() - began) / 1000).toFixed(1));

    const texts = await writeTexts(db, schools);
    const queues = await openQueues(
      { databaseUrl: embedded.ownerUrl, redisUrl: redis?.url },
      pino({ level: 'silent' }),
    );
    const rung = performance.now();
    await queues.alarms.set(
      texts.map((text) => ({ kind: 'message', ...text, dueAt: 0 })),
      0,
    );
    await drained(admin);
    const perSecond = Math.round((BACKLOG / (performance.now() - rung)) * 1000);
    while ((await queues.waiting()) > 0) await pause(100);
    await queues.close();

    await pause(5_000);
    const pids = { worker: worker.pid, server: redis ? redis.process.pid! : postmasterOf(dataDir) };
    const before = { worker: cpuMs(pids.worker), server: cpuMs(pids.server) };
    await pause(restSeconds * 1000);
    const aMinute = (now: number, then: number) => Math.round(((now - then) * 60) / restSeconds);
    const figures: Sending = {
      ...{ backend, perSecond, backlogSeconds },
      restCpuMs: aMinute(cpuMs(pids.worker), before.worker),
      restServerCpuMs: aMinute(cpuMs(pids.server), before.server),
      restMb: residentMb(worker.pid),
    };
    return figures;
  } finally {
    await worker?.stop();
    await admin.destroy();
    await db.destroy();
    await embedded.release();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function makeSchools(db: Knex): Promise<string[]> {
  const ids = Array.from({ length: SCHOOLS }, () => randomUUID());
  for (const [n, id] of ids.entries()) {
    const phone = `+6149158${1000 + n}`;
    const school = { name: `School ${n}`, zone: 'Australia/Sydney', state: 'NSW', phone, ownerPhone: '+61491570737' };
    await inSchool(db, id, (tx) => insertSchool(tx, id, { ...school, payid: 'pay@school.example' }, Date.now()));
  }
  return ids;
}

/** Reminders to as many phones, all due now; one school has half of them. */
async function writeTexts(db: Knex, schools: string[]): Promise<{ schoolId: string; id: string }[]> {
  const written: { schoolId: string; id: string }[] = [];
  for (const [n, schoolId] of schools.entries()) {
    const count = n === 0 ? BACKLOG / 2 : BACKLOG / 2 / (SCHOOLS - 1);
    const now = new Date();
    const made = await inSchool(db, schoolId, (tx) =>
      rows<{ id: string }>(
        tx,
        `insert into sms_logs (school_id, direction, phone, message_type, body, status, segments, due_at, expires_at, created_at)
         select ?, 'out', '+614' || lpad(n::text, 8, '0'), 'reminder_24h', 'Reminder ' || n, 'queued', 1, ?, ?, ?
         from generate_series(1, ?) n returning id`,
        [schoolId, now, new Date(now.getTime() + 3_600_000), now, Math.round(count)],
      ),
    );
    written.push(...made.map(({ id }) => ({ schoolId, id })));
  }
  return written;
}

async function drained(admin: Knex): Promise<void> {
  const waiting = "select count(*) as n from sms_logs where status in ('queued', 'sending')";
  while ((await row<{ n: number }>(admin, waiting))!.n > 0) await pause(100);
}

/** Takes every text at once, as Twilio's REST API answers: what is measured is our side. */
export function fastProvider(): Promise<Provider> {
  let sids = 0;
  const server = createServer((request, response) => {
    request.resume();
    request.once('end', () => {
      const sid = `SM${(sids++).toString(16).padStart(32, '0')}`;
      const message = {
        sid,
        status: 'queued',
        num_segments: '1',
        price: null,
        price_unit: 'USD',
        direction: 'outbound-api',
      };
      response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(message));
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({ server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }),
    );
  });
}

/** Null where no redis-server is installed. */
async function startRedis(): Promise<RedisServer | null> {
  const dir = mkdtempSync(join(tmpdir(), 'dss-bench-redis-'));
  const port = await freePort();
  const child = spawn('redis-server', ['--port', port, '--save', '', '--dir', dir], { stdio: 'ignore' });
  const failed = new Promise<boolean>((resolve) => child.once('error', () => resolve(true)));
  if (await Promise.race([failed, pause(1000).then(() => false)])) return null;
  return { url: `redis://127.0.0.1:${port}`, process: child, dir };
}

/** `npx tsx bench/messages.ts [seconds at rest]`. */
if (require.main === module)
  void measureMessages(Number(process.argv[2] ?? 60)).then(
    (figures) => process.stdout.write(`${messagesTable(figures)}\n`),
    (fault: unknown) => {
      process.stderr.write(`${fault instanceof Error ? fault.stack : String(fault)}\n`);
      process.exitCode = 1;
    },
  );
