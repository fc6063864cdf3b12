import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from './process';
import { until } from './until';

/** A real redis-server on a port of its own. */
export type RedisServer = {
  url: string;
  flush(): Promise<void>;
  /** Killed, and its files removed. */
  kill(): Promise<void>;
  /** Up again, with nothing in it; nothing happens when it is up. */
  start(): Promise<void>;
};

export async function redisServer(): Promise<RedisServer> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let server: ChildProcess | null = null;
  let dir = '';
  const ask = async <T>(work: (client: Redis) => Promise<T>): Promise<T> => {
    const client = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 1, retryStrategy: () => null });
    client.on('error', () => {});
    try {
      await client.connect();
      return await work(client);
    } finally {
      client.disconnect();
    }
  };
  const made: RedisServer = {
    url,
    flush: async () => void (await ask((client) => client.flushall())),
    async kill() {
      if (!server) return;
      const ended = new Promise((resolve) => server!.once('exit', resolve));
      server.kill('SIGKILL');
      await ended;
      server = null;
      rmSync(dir, { recursive: true, force: true });
    },
    async start() {
      if (server) return;
      dir = mkdtempSync(join(tmpdir(), 'dss-redis-'));
      server = spawn('redis-server', ['--port', port, '--appendonly', 'yes', '--dir', dir], { stdio: 'ignore' });
      await until(() =>
        ask((client) => client.ping()).then(
          () => true,
          () => false,
        ),
      );
    },
  };
  await made.start();
  return made;
}
