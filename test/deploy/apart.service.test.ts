import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import twilio from 'twilio';
import { deriveKeys } from '../../src/secrets';
import { simClient } from '../../src/simulator/client';
import { dss } from '../cli/dss';
import { type FreshDatabase, freshDatabase } from '../support/database';
import { type Child, freePort, startChild } from '../support/process';
import { compose, environmentOf } from './compose';

const SECRET_KEY = 's'.repeat(40);
const MIA = '+61491570156';
const DRAINED_MS = 10_000;

/** docker-compose.yml without Docker: its processes with its environment, only the addresses are of this machine. */
describe('web and worker apart, on servers of their own', () => {
  let database: FreshDatabase;
  let folder: string;
  let redis: ChildProcess;
  let web: Child;
  let worker: ChildProcess;
  let output = '';
  beforeAll(async () => {
    database = await freshDatabase();
    folder = mkdtempSync(join(tmpdir(), 'dss-test-apart-'));
    const [port, redisPort] = [await freePort(), await freePort()];
    redis = spawn('redis-server', ['--port', redisPort, '--dir', folder, '--maxmemory-policy', 'noeviction']);
    const here = (role: 'web' | 'worker') => ({
      NODE_ENV: 'production',
      ...environmentOf(compose().services[role]!, { SECRET_KEY, DSS_DATABASE_PASSWORD: 'unused' }),
      DATABASE_URL: database.url,
      REDIS_URL: `redis://127.0.0.1:${redisPort}`,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      HOST: '127.0.0.1',
      PORT: port,
      DATA_DIR: join(folder, role),
      LOG_LEVEL: 'warn',
      SIM_NOW: '2026-11-22T23:00:00Z',
      ...(role === 'worker' && { TWILIO_API_BASE_URL: `http://127.0.0.1:${port}/sim/twilio` }),
    });
    web = await startChild(compose().services.web!.command!, here('web'));
    worker = spawn(
      process.execPath,
      [join(__dirname, '..', '..', 'bin', 'dss.js'), ...compose().services.worker!.command!],
      {
        env: { PATH: process.env.PATH ?? '', ...here('worker') },
      },
    );
    for (const stream of [worker.stdout, worker.stderr])
      stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await until(() => output.includes('Working.'));
  });
  afterAll(async () => {
    worker?.kill('SIGKILL');
    await web?.kill('SIGKILL');
    redis?.kill('SIGKILL');
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('a text that the web side took is answered by the worker', async () => {
    const keys = deriveKeys(SECRET_KEY);
    const form = {
      ...{ AccountSid: keys.twilioAccountSid, MessageSid: `SM${'1'.repeat(32)}`, From: MIA, To: '+61491570006' },
      ...{ Body: 'hi', NumMedia: '0', NumSegments: '1', ApiVersion: '2010-04-01' },
    };
    const address = `${web.url}/webhooks/twilio/messages`;
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'x-twilio-signature': twilio.getExpectedTwilioSignature(keys.twilioAuthToken, address, form) },
      body: new URLSearchParams(form),
    });
    expect(answer.status).toBe(200);
    const sim = simClient(web.url);
    const replies = async () => (await sim.phone(MIA)).filter((text) => text.direction === 'out');
    await until(async () => (await replies()).length > 0);
    expect((await replies())[0]?.body).toContain('Bayside Driving');
  });

  it('the simulator goes on through both', async () => {
    const { replies } = await simClient(web.url).text(MIA, 'mia');
    expect(replies.length).toBeGreaterThan(0);
  });

  it('doctor sees Redis as the queue', async () => {
    const { out } = await dss(['doctor', '--json'], {
      DATABASE_URL: database.adminUrl,
      REDIS_URL: 'redis://127.0.0.1:1',
      DATA_DIR: folder,
    });
    expect(JSON.parse(out)).toMatchObject({
      queue: 'redis',
      problems: [expect.stringContaining('REDIS_URL does not answer')],
    });
  });

  it('SIGTERM ends both within 10 s', async () => {
    const began = Date.now();
    const workerEnd = new Promise((resolve) => worker.once('exit', resolve));
    worker.kill('SIGTERM');
    await web.kill('SIGTERM');
    expect([await workerEnd, web.process.exitCode]).toEqual([0, 0]);
    expect(Date.now() - began).toBeLessThan(DRAINED_MS);
    expect(output).not.toContain('"level":50');
  });
});

async function until(met: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400 && !(await met()); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await met()).toBe(true);
}
