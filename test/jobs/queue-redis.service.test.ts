import { type RedisServer, redisServer } from '../support/redis';
import { queueContract } from './queue-contract';
import { queueLostContract } from './queue-lost-contract';

let server: RedisServer;
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
