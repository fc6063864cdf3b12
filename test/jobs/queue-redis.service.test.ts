import pino from 'pino';
import { openQueues } from '../../src/jobs/queues';
import { type RedisServer, redisServer } from '../support/redis';
import { queueContract } from './queue-contract';
import { queueLostContract } from './queue-lost-contract';

let server: RedisServer;
const IDLE = { message: 1, event: 1 };
beforeAll(async () => {
  server = await redisServer();
});
beforeEach(() => server.flush());
afterAll(() => server.kill());

queueContract('Redis', () => server.url);

queueLostContract('Redis', {
  redisUrl: () => server.url,
  // Flushed, or killed with its files and away for a minute of the clock.
  lose: (_admin, moment) => (moment % 2 === 0 ? server.flush() : server.kill()),
  back: () => server.start(),
});

describe('a worker whose Redis is gone', () => {
  afterEach(() => server.start());

  it.each([
    ['has just broken', 30],
    ['has been away for a while', 2_000],
  ])('closes at once: it %s', async (_, awayMs) => {
    const queues = await openQueues({ databaseUrl: '', redisUrl: server.url }, pino({ level: 'silent' }));
    queues.work(async () => {}, IDLE);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await server.kill();
    await new Promise((resolve) => setTimeout(resolve, awayMs));
    const began = performance.now();
    await queues.close();
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});
