import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simClient } from '../../src/simulator/client';
import { type FreshDatabase, freshDatabase } from '../support/database';
import { freePort } from '../support/process';
import { fileText, ROOT } from './compose';

/** What the image holds, built by the Dockerfile's own command: no source, no tsx. */
describe('the build of the image', () => {
  let app: string;
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
    app = mkdtempSync(join(tmpdir(), 'dss-test-build-'));
    const tsc = join(ROOT, 'node_modules', '.bin', 'tsc');
    const built = spawnSync(tsc, ['-p', 'tsconfig.build.json', '--outDir', join(app, 'dist')], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(built.stdout).toBe('');
    for (const kept of ['bin', 'migrations', 'package.json'])
      cpSync(join(ROOT, kept), join(app, kept), { recursive: true });
    const page = join('src', 'simulator', 'page', 'public');
    cpSync(join(ROOT, page), join(app, 'dist', page), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(app, 'node_modules'));
  });
  afterAll(async () => {
    await database.drop();
    rmSync(app, { recursive: true, force: true });
  });
  const env = (more: Record<string, string>) => ({ PATH: process.env.PATH ?? '', LOG_LEVEL: 'silent', ...more });

  it('is made by the commands of the Dockerfile', () => {
    expect(fileText('Dockerfile')).toContain('npx tsc -p tsconfig.build.json');
    expect(fileText('Dockerfile')).toContain('cp -R src/simulator/page/public dist/src/simulator/page/public');
    expect(existsSync(join(app, 'src'))).toBe(false);
  });

  it('answers at the command line', () => {
    const settings = env({ DATABASE_URL: database.adminUrl, DATA_DIR: join(app, 'data') });
    const done = spawnSync(process.execPath, ['bin/dss.js', 'doctor', '--json'], {
      cwd: app,
      env: settings,
      encoding: 'utf8',
    });
    expect(done).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(done.stdout)).toMatchObject({ queue: 'postgres', migrated: true, schools: 0, problems: [] });
  });

  it('serves the page and takes a text', async () => {
    const PORT = await freePort();
    const settings = env({ DATABASE_URL: database.url, DATA_DIR: join(app, 'data'), PORT });
    const child = spawn(process.execPath, ['bin/dss.js', 'start'], { cwd: app, env: settings });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const url = `http://127.0.0.1:${PORT}`;
    const isReady = () =>
      fetch(`${url}/readyz`).then(
        (answer) => answer.ok,
        () => false,
      );
    for (let tries = 0; tries < 400 && !(await isReady()); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    const { replies } = await simClient(url).text('+61491570156', 'hi');
    expect(replies[0]?.body).toContain('Bayside Driving');
    expect((await fetch(`${url}/sim`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });
});
