import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { queueContract } from './queue-contract';

let server: ChildProcess;
let url: string;

beforeAll(async () => {
  const port = await freePort();
  server = spawn(
    'redis-server',
    ['--port', String(port), '--save', '', '--dir', mkdtempSync(join(tmpdir(), 'dss-redis-'))],
    { stdio: 'ignore' },
  );
  url = `redis://127.0.0.1:${port}`;
});
afterAll(() => void server.kill());

queueContract('Redis', () => url);

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
