import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbedded } from '../../src/embedded';
import { ask, cleanUp, eventually, newFolder, serverOf, startUser } from './users';

afterEach(cleanUp);

test('what was written is there after the program and the server were killed', async () => {
  const folder = newFolder();
  const first = await startUser(folder);
  await ask(first.answer.ownerUrl, "create table kept as select 'a lesson' as what");
  const server = serverOf(folder);

  await first.kill();
  process.kill(server!.pid, 'SIGKILL');
  const second = await startUser(folder, { sql: 'select what from kept' });

  expect(second.answer.rows).toEqual([{ what: 'a lesson' }]);
  await second.release();
});

test('two users share one server, and the last to leave stops it', async () => {
  const folder = newFolder();
  const first = await startUser(folder);
  const second = await startUser(folder);

  expect(second.answer.ownerUrl).toBe(first.answer.ownerUrl);
  await first.release();
  expect(await ask(second.answer.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  await second.release();

  expect(serverOf(folder)).toBeUndefined();
});

test('a server whose users were all killed is stopped by the watchdog', async () => {
  const folder = newFolder();
  const first = await startUser(folder);
  const second = await startUser(folder);

  await first.kill();
  await second.kill();

  await eventually('server stopped', () => serverOf(folder) === undefined);
  await eventually('watchdog gone', () => !existsSync(join(folder, 'postgres', 'watchdog')));
});

test('a server that a killed run left behind is taken over, with a new watchdog', async () => {
  const folder = newFolder();
  const first = await startUser(folder);
  const server = serverOf(folder);
  const watchdog = watchdogOf(folder);
  process.kill(watchdog, 'SIGKILL');
  await first.kill();

  const second = await startUser(folder);

  expect(serverOf(folder)?.pid).toBe(server?.pid);
  expect(watchdogOf(folder)).not.toBe(watchdog);
  await second.release();
});

test('a server that dies while in use is started again at the same address', async () => {
  const folder = newFolder();
  const said: string[] = [];
  const embedded = await startEmbedded({ dataDir: folder, log: (line) => said.push(line) });
  const server = serverOf(folder);

  process.kill(server!.pid, 'SIGKILL');
  await eventually('server back', async () => {
    const answer = await ask(embedded.ownerUrl, 'select 1').catch(() => undefined);
    return answer !== undefined && serverOf(folder)?.pid !== server?.pid;
  });

  expect(said).toEqual(['the database server has died and is started again']);
  await embedded.release();
  await embedded.release();
  expect(serverOf(folder)).toBeUndefined();
});

test('several starters at once make one server', async () => {
  const folder = newFolder();

  const users = await Promise.all([1, 2, 3, 4].map(() => startUser(folder)));

  expect(new Set(users.map(({ answer }) => answer.ownerUrl)).size).toBe(1);
  expect(users.map(({ answer }) => answer.fault)).toEqual([undefined, undefined, undefined, undefined]);
  await Promise.all(users.map((user) => user.release()));
  expect(serverOf(folder)).toBeUndefined();
});

test('one who starts while the server is stopping waits and gets a new one', async () => {
  const folder = newFolder();
  for (let round = 0; round < 5; round += 1) {
    const leaving = await startEmbedded({ dataDir: folder });
    const [, coming] = await Promise.all([leaving.release(), startEmbedded({ dataDir: folder })]);

    expect(await ask(coming.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    await coming.release();
  }
});

test('a half-made database of a killed first start is made anew', async () => {
  const folder = newFolder();
  mkdirSync(join(folder, 'postgres', 'data.new', 'base'), { recursive: true });

  const embedded = await startEmbedded({ dataDir: folder });

  expect(await ask(embedded.adminUrl, 'select current_user as who')).toEqual([{ who: 'postgres' }]);
  await embedded.release();
});

test('after a reboot another process with the old number is not taken for the server', async () => {
  const folder = newFolder();
  const before = await startEmbedded({ dataDir: folder });
  await before.release();
  // What a power cut leaves: the file, with a number that now belongs to somebody else - here to this test.
  const stale = [process.pid, join(folder, 'postgres', 'data'), 1, 5432, join(folder, 'postgres', 'socket'), '', ''];
  writeFileSync(join(folder, 'postgres', 'data', 'postmaster.pid'), stale.join('\n'));

  const after = await startEmbedded({ dataDir: folder });

  expect(await ask(after.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  await after.release();
});

test('the owner of the tables is no superuser and bypasses nothing; what was committed stays', async () => {
  const embedded = await startEmbedded({ dataDir: newFolder() });

  const [owner] = await ask(
    embedded.ownerUrl,
    `select rolsuper, rolbypassrls, rolcreaterole, current_setting('fsync') as fsync,
            current_setting('synchronous_commit') as commit, current_setting('listen_addresses') as network
       from pg_roles where rolname = current_user`,
  );

  expect(owner).toEqual({
    ...{ rolsuper: false, rolbypassrls: false, rolcreaterole: true },
    ...{ fsync: 'on', commit: 'on', network: '' },
  });
  await embedded.release();
});

function watchdogOf(folder: string): number {
  return Number.parseInt(readFileSync(join(folder, 'postgres', 'watchdog'), 'utf8'), 10);
}
