import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Knex, openDatabase } from '../../src/store/database';
import { migrate, migrationState } from '../../src/store/migrate';
import { databaseUrl, OWNER } from '../support/database';
import { ask } from './users';

let folder: string;
let name: string;
let db: Knex;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dss-migrations-'));
  name = `migrate_${randomBytes(6).toString('hex')}`;
  await ask(databaseUrl('postgres', 'postgres'), `create database ${name} owner ${OWNER}`);
  db = openDatabase(databaseUrl(OWNER, name));
  write('0001_schools', 'create table schools (id int primary key);');
  write('0002_marks', 'create table marks (note jsonb);\ninsert into marks values (\'{"why?": 1}\');');
});

afterEach(async () => {
  await db.destroy();
  await ask(databaseUrl('postgres', 'postgres'), `drop database ${name} with (force)`);
  rmSync(folder, { recursive: true });
});

test('files are applied in order, once, and known without their extension', async () => {
  expect(await migrationState(db, folder)).toEqual({ pending: ['0001_schools', '0002_marks'] });

  expect(await migrate(db, folder)).toEqual({ applied: ['0001_schools', '0002_marks'] });

  expect(await migrate(db, folder)).toEqual({ applied: [] });
  expect(await migrationState(db, folder)).toEqual({ pending: [] });
  expect((await db.raw('select name from migrations.applied order by id')).rows).toEqual([
    { name: '0001_schools' },
    { name: '0002_marks' },
  ]);
  expect((await db.raw('select note from marks')).rows).toEqual([{ note: { 'why?': 1 } }]);
});

test('of several starters one applies all and the others wait for it', async () => {
  write('0003_slow', 'select pg_sleep(0.3); create table slow (id int);');
  const pools = [1, 2, 3].map(() => openDatabase(databaseUrl(OWNER, name), { poolMax: 1 }));

  const results = await Promise.all(pools.map((pool) => migrate(pool, folder)));

  expect(results.map(({ applied }) => applied.length).sort()).toEqual([0, 0, 3]);
  await Promise.all(pools.map((pool) => pool.destroy()));
});

test('a file that fails leaves nothing of itself, and those before it stay', async () => {
  write('0003_wrong', 'create table half (id int); select nonsense;');

  await expect(migrate(db, folder)).rejects.toThrow('migration 0003_wrong failed and was undone');

  expect(await migrationState(db, folder)).toEqual({ pending: ['0003_wrong'] });
  expect((await db.raw("select to_regclass('half') as half")).rows).toEqual([{ half: null }]);
  write('0003_wrong', 'create table half (id int);');
  expect(await migrate(db, folder)).toEqual({ applied: ['0003_wrong'] });
});

test('a starter killed in the middle of a file locks nobody out', async () => {
  write('0003_slow', 'create table slow (id int); select pg_sleep(30);');
  const doomed = openDatabase(databaseUrl(OWNER, name));
  const killed = migrate(doomed, folder).catch((error: Error) => error);
  let sleeping: { pid: number } | undefined;
  while (!sleeping) {
    const { rows } = await db.raw(
      "select pid from pg_stat_activity where query like '%pg_sleep(30)%' and pid <> pg_backend_pid()",
    );
    sleeping = rows[0];
  }
  await ask(databaseUrl('postgres', 'postgres'), `select pg_terminate_backend(${sleeping.pid})`);
  expect(await killed).toBeInstanceOf(Error);
  write('0003_slow', 'create table slow (id int);');

  expect(await migrate(db, folder)).toEqual({ applied: ['0003_slow'] });
  await doomed.destroy();
});

test('an applied file that was edited, or that this program lacks, stops the start', async () => {
  await migrate(db, folder);

  write('0002_marks', 'create table marks (note text);');
  await expect(migrate(db, folder)).rejects.toThrow('migration 0002_marks was edited after it was applied');
  await expect(migrationState(db, folder)).rejects.toThrow('migration 0002_marks was edited');
  rmSync(join(folder, '0002_marks.sql'));
  await expect(migrate(db, folder)).rejects.toThrow('this program lacks: run the newer program');
});

function write(file: string, sql: string): void {
  writeFileSync(join(folder, `${file}.sql`), sql);
}
