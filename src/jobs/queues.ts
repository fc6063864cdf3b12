import { type ConnectionOptions, createPostgresBackend, Queue, runMigrations, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import type { Logger } from 'pino';
import type { Alarm, Alarms } from '../world';
import { gathered } from './gather';

/** The one queue: "look at row N now". On Redis when an address is given, else in the schema `bullmq` of the database. */
const QUEUE = 'alarms';

export type Queues = {
  kind: 'redis' | 'postgres';
  alarms: Alarms;
  /** Takes alarms off the queue, `concurrency` at a time; `look` is given ids only. */
  work(look: (alarm: Alarm) => Promise<void>, concurrency: number): { close(): Promise<void> };
  close(): Promise<void>;
};

const FINISHED = { removeOnComplete: true, removeOnFail: { age: 24 * 3600, count: 1000 } };
const RETRIES = { attempts: 5, backoff: { type: 'exponential', delay: 2000, jitter: 0.5 } };

/** Opens the queue; with PostgreSQL its tables are made when missing. */
export async function openQueues(
  where: { databaseUrl: string; redisUrl?: string | undefined },
  log: Logger,
): Promise<Queues> {
  const { redisUrl } = where;
  const redis = redisUrl ? new Redis(redisUrl, { maxRetriesPerRequest: null }) : null;
  redis?.on('error', (fault) => log.warn({ err: fault }, 'redis'));
  if (!redis) await prepare(where.databaseUrl);
  const options = redis
    ? { connection: redis as ConnectionOptions }
    : { connection: where.databaseUrl as unknown as ConnectionOptions };
  const backend = redis ? undefined : (createPostgresBackend as never);
  const queue = new Queue<Omit<Alarm, 'dueAt'>>(QUEUE, options, backend);
  queue.on('error', (fault) => log.warn({ err: fault }, 'queue'));
  const workers: Worker[] = [];
  const alarms = gathered((rings) =>
    queue.addBulk(
      rings.map(({ alarm: { kind, schoolId, id }, delay }) => ({
        name: kind,
        data: { kind, schoolId, id },
        opts: { ...FINISHED, ...RETRIES, delay },
      })),
    ),
  );
  return {
    kind: redis ? 'redis' : 'postgres',
    alarms,
    work(look, concurrency) {
      const worker = new Worker(
        QUEUE,
        (job) => look({ ...(job.data as Alarm), dueAt: 0 }),
        {
          ...options,
          concurrency,
          // Killed workers must never cost an alarm; the library's default gives up at the second kill.
          maxStalledCount: 1_000_000,
          runRetryDelay: 1000,
        },
        backend,
      );
      worker.on('error', (fault) => log.warn({ err: fault }, 'worker'));
      workers.push(worker);
      return worker;
    },
    async close() {
      await Promise.allSettled(workers.map((worker) => worker.close()));
      await alarms.close().catch(() => {});
      await queue.close();
      redis?.disconnect();
    },
  };
}

async function prepare(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  client.on('error', () => {});
  await client.connect();
  try {
    await runMigrations(client);
  } finally {
    await client.end();
  }
}
