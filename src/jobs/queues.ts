import { type ConnectionOptions, createPostgresBackend, Queue, Worker } from 'bullmq';
import type { Logger } from 'pino';
import { SECOND } from '../domain/time';
import type { Alarm, Alarms } from '../world';
import { gathered, type Ring } from './gather';
import { isQueueGone, prepareQueueTables } from './queue-tables';
import { RedisClient } from './redis-client';

/** "Look at row N now". Texts have a queue of their own: a provider that is slow keeps no happening waiting. */
const QUEUES = { message: 'texts', event: 'events' } as const;
type Kind = keyof typeof QUEUES;
const KINDS = Object.keys(QUEUES) as Kind[];

export type Queues = {
  kind: 'redis' | 'postgres';
  alarms: Alarms;
  /** Takes alarms off the queues, so many of each kind at a time; `look` is given ids only. */
  work(look: (alarm: Alarm) => Promise<unknown>, atOnce: Record<Kind, number>): { close(): Promise<void> };
  /** How many alarms are on the queues in whatever state, those that failed and are kept included. */
  waiting(): Promise<number>;
  close(): Promise<void>;
};

/** Done is done; what failed five times is a row that the sweep finds, and is kept a day for whoever wonders. */
const FINISHED = { removeOnComplete: true, removeOnFail: { age: 24 * 3600, count: 1000 } };
const RETRIES = { attempts: 5, backoff: { type: 'exponential', delay: 2000, jitter: 0.5 } };
const WORKING = {
  // Killed workers must never cost an alarm; the library's default gives up at the second kill.
  maxStalledCount: 1_000_000,
  lockDuration: 10 * SECOND,
  stalledInterval: 10 * SECOND,
  // After a restart of the server; the library would sleep for 15 s.
  runRetryDelay: SECOND,
};
/** Seconds an idle worker waits before it looks by itself. PostgreSQL calls it, so it need not; Redis is asked in one command. */
const IDLE = { postgres: { drainDelay: 60 }, redis: { drainDelay: 5 } };
/** Nobody reads the library's own record of what happened. */
const EVENTS_KEPT = { streams: { events: { maxLen: 100 } } };
const CLOSING_MS = 5 * SECOND;

/** Opens the queues, on Redis when an address is given, else in the schema `bullmq` of the database, made when missing. */
export async function openQueues(
  where: { databaseUrl: string; redisUrl?: string | undefined },
  log: Logger,
): Promise<Queues> {
  const { redisUrl, databaseUrl } = where;
  const redis = redisUrl ? new RedisClient(redisUrl, { maxRetriesPerRequest: null }) : null;
  redis?.on('error', (fault) => log.warn({ err: fault }, 'redis'));
  if (!redis) await prepareQueueTables(databaseUrl, log);
  const kind = redis ? 'redis' : 'postgres';
  const options = { connection: (redis ?? databaseUrl) as ConnectionOptions };
  const backend = redis ? undefined : (createPostgresBackend as never);
  const queues = new Map(KINDS.map((kind) => [kind, new Queue(QUEUES[kind], { ...options, ...EVENTS_KEPT }, backend)]));
  for (const queue of queues.values()) queue.on('error', (fault) => log.warn({ err: fault }, 'queue'));
  const add = (rings: Ring[]) =>
    Promise.all(
      KINDS.map((kind) =>
        addTo(
          queues.get(kind)!,
          rings.filter((ring) => ring.alarm.kind === kind),
        ),
      ),
    );
  const alarms = gathered((rings) =>
    add(rings).catch(async (fault: unknown) => {
      if (redis || !isQueueGone(fault)) throw fault;
      await prepareQueueTables(databaseUrl, log);
      return add(rings);
    }),
  );
  const workers: Worker[] = [];
  return {
    kind,
    alarms,
    work(look, atOnce) {
      const mine = KINDS.map((each) => {
        const settings = { ...options, ...WORKING, ...IDLE[kind], concurrency: atOnce[each] };
        const worker = new Worker(
          QUEUES[each],
          (job) => look({ ...job.data, dueAt: 0 }).then(() => null),
          settings,
          backend,
        );
        worker.on('error', (fault) => log.warn({ err: fault }, 'worker'));
        return worker;
      });
      workers.push(...mine);
      return { close: async () => void (await Promise.all(mine.map((worker) => worker.close()))) };
    },
    async waiting() {
      const counts = await Promise.all([...queues.values()].map((queue) => queue.getJobCounts()));
      return counts.flatMap((one) => Object.values(one)).reduce((sum, n) => sum + n, 0);
    },
    async close() {
      await inTime(Promise.allSettled(workers.map((worker) => worker.close())));
      await inTime(alarms.close());
      await inTime(Promise.allSettled([...queues.values()].map((queue) => queue.close())));
      redis?.endAll();
    },
  };
}

async function addTo(queue: Queue, rings: Ring[]): Promise<void> {
  if (rings.length === 0) return;
  await queue.addBulk(
    rings.map(({ alarm: { kind, schoolId, id }, delay }) => ({
      name: kind,
      data: { kind, schoolId, id },
      opts: { ...FINISHED, ...RETRIES, delay },
    })),
  );
}

/** A server that is away must not keep a program from ending. */
async function inTime(closing: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise((resolve) => {
    timer = setTimeout(resolve, CLOSING_MS);
  });
  await Promise.race([closing.catch(() => {}), patience]);
  clearTimeout(timer);
}
