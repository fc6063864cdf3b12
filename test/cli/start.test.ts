import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simClient } from '../../src/simulator/client';
import { type FreshDatabase, freshDatabase } from '../support/database';
import { freePort } from '../support/process';
import { dss } from './dss';

const BIN = join(__dirname, '..', '..', 'bin', 'dss.js');

describe('dss start', () => {
  let database: FreshDatabase;
  let dataDir: string;
  beforeAll(async () => {
    database = await freshDatabase();
    dataDir = mkdtempSync(join(tmpdir(), 'dss-test-'));
  });
  afterAll(async () => {
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const env = () => ({ DATABASE_URL: database.url, DATA_DIR: dataDir });

  it('takes the next free port when none was asked for, and says so and what to do', async () => {
    const busy = await listen(4300).catch(() => null); // another program of this machine may have it: as good
    const started = starts(env());
    try {
      const said = await started.until(/npx dss chat.*/);
      const port = /Ready: open http:\/\/127\.0\.0\.1:(\d+)\/sim/.exec(said)?.[1];
      expect(Number(port)).toBeGreaterThan(4300);
      expect(said).toContain('Port 4300 is in use; trying 4301.');
      expect(said).toContain('No text leaves this computer');
      expect(said).toContain(`npx dss chat --url http://127.0.0.1:${port}`);
      const [text] = (await simClient(`http://127.0.0.1:${port}`).text('+61491570156', 'hi')).replies;
      expect(text?.body).toContain('Bayside Driving');
    } finally {
      expect(await started.end()).toBe(0);
      busy?.close();
    }
  });

  it('a port that was asked for and is taken ends it with one sentence', async () => {
    const busy = await listen(0);
    const { port } = busy.address() as { port: number };
    const { code, err } = await dss(['start'], { ...env(), PORT: String(port) });
    busy.close();
    expect(code).toBe(1);
    expect(lines(err)).toEqual([
      expect.stringMatching(`^Port ${port} is in use by another program: stop it, or choose`),
    ]);
  });

  it('a database that does not answer ends it with one sentence', async () => {
    const { code, err } = await dss(['start'], {
      PORT: '0',
      DATA_DIR: dataDir,
      DATABASE_URL: `postgresql://dss@127.0.0.1:${await freePort()}/dss`,
    });
    expect(code).toBe(1);
    expect(lines(err)).toEqual([expect.stringMatching(/^DATABASE_URL .*does not answer.*check/)]);
  });

  it('a Redis that does not answer ends it with one sentence', async () => {
    const { code, err } = await dss(['start'], {
      ...env(),
      PORT: '0',
      REDIS_URL: `redis://127.0.0.1:${await freePort()}`,
    });
    expect(code).toBe(1);
    expect(lines(err)).toEqual([expect.stringMatching(/^REDIS_URL does not answer: start Redis/)]);
  });

  it('a data folder that cannot be written ends it with one sentence', async () => {
    const file = join(dataDir, 'a-file');
    writeFileSync(file, '');
    chmodSync(file, 0o400);
    const { code, err } = await dss(['start'], { PORT: '0', DATA_DIR: join(file, 'below') });
    expect(code).toBe(1);
    expect(lines(err)).toEqual([expect.stringMatching(/^DATA_DIR .* cannot be written .*: let this user write there/)]);
  });

  it('settings that cannot be used are all told, and nothing starts', async () => {
    const { code, err } = await dss(['start'], { PORT: 'x', ROLE: 'cook' });
    expect(code).toBe(1);
    expect(lines(err).map((line) => line.split(' ')[0])).toEqual(['PORT', 'ROLE']);
  });

  it('an old Node is told in one sentence', async () => {
    const pretend = join(dataDir, 'old.js');
    writeFileSync(
      pretend,
      `Object.defineProperty(process, 'version', { value: 'v18.0.0' });
      Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.0.0' } });`,
    );
    const { code, err } = await dss(['start'], { NODE_OPTIONS: `--require ${pretend}` });
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/^dss needs Node 20 or newer and this is v18\.0\.0: install it.*\n$/),
    });
  });
});

/** What it says besides that it is starting. */
const lines = (err: string) =>
  err
    .trim()
    .split('\n')
    .filter((line) => !/is starting|Preparing PostgreSQL/.test(line));

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen(port, '127.0.0.1', () => resolve(server));
  });
}

function starts(env: Record<string, string>) {
  const child = spawn(process.execPath, [BIN, 'start'], {
    env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'silent', ...env },
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    async until(pattern: RegExp): Promise<string> {
      for (let tries = 0; tries < 400 && !pattern.test(said); tries += 1)
        await new Promise((resolve) => setTimeout(resolve, 50));
      return said;
    },
    end() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
