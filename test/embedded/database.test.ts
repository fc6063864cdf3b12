import { startEmbedded } from '../../src/embedded';
import { asSweep, inSchool, type Knex, openDatabase } from '../../src/store/database';
import { databaseUrl, freshDatabase, inRolledBack, OWNER, SHARED } from '../support/database';
import { ask, cleanUp, eventually, newFolder, serverOf } from './users';

let db: Knex;
afterEach(() => db?.destroy());

const SCHOOL = '7b0f2f6e-0000-4000-8000-000000000001';

test('instants come as milliseconds, counts as numbers, dates and money as written', async () => {
  const row = await inRolledBack(async (tx) => {
    const { rows } = await tx.raw(
      `select timestamptz '2026-11-24 09:00:00.123+11' as instant, array[timestamptz '2026-11-24 09:00+11', null] as instants,
              date '2026-04-05' as day, array[date '2026-04-05'] as days, count(*) as n, array[1::bigint] as ns,
              12.50::numeric as money from generate_series(1, 3)`,
    );
    return rows[0];
  });

  expect(row).toEqual({
    instant: Date.parse('2026-11-23T22:00:00.123Z'),
    instants: [Date.parse('2026-11-23T22:00:00Z'), null],
    ...{ day: '2026-04-05', days: ['2026-04-05'], n: 3, ns: [1], money: '12.50' },
  });
});

test('a school set for one transaction is forgotten after it', async () => {
  db = openDatabase(databaseUrl(OWNER, SHARED), { poolMax: 1 });
  const who = "select current_user as role, current_setting('app.school', true) as school";

  const inside = await inSchool(db, SCHOOL, async (tx) => (await tx.raw(who)).rows[0]);
  const sweeping = await asSweep(db, async (tx) => (await tx.raw(who)).rows[0]);
  const outside = (await db.raw(who)).rows[0];

  expect(inside).toEqual({ role: 'dss_app', school: SCHOOL });
  expect(sweeping).toEqual({ role: 'dss_sweep', school: '' });
  expect(outside).toEqual({ role: OWNER, school: '' });
});

test('statements and waits for locks end, and the connection tells whose it is', async () => {
  const settings = await inRolledBack(async (tx) => {
    const { rows } = await tx.raw(
      `select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
              current_setting('application_name') as name, current_setting('timezone') as zone`,
    );
    return rows[0];
  });

  expect(settings).toEqual({ statement: '15s', lock: '10s', name: 'dss', zone: 'UTC' });
});

test('the program outlives connections that are cut, in use or idle', async () => {
  const { db, adminUrl, drop } = await freshDatabase();
  await Promise.all([db.raw('select 1'), db.raw('select 2')]);
  const working = db.raw('select pg_sleep(10)').catch((error: { code?: string }) => error.code);
  await eventually('asleep', async () => {
    const rows = await ask(
      adminUrl,
      "select from pg_stat_activity where application_name = 'dss' and state = 'active' and query like '%sleep%' and datname = current_database()",
    );
    return rows.length > 0;
  });

  await ask(
    adminUrl,
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'dss' and datname = current_database()",
  );

  expect(await working).toBe('57P01');
  // The other connection's end may still be on its way.
  await eventually('working again', () =>
    db.raw('select 1 as one').then(
      ({ rows }: { rows: { one: number }[] }) => rows[0]?.one === 1,
      () => false,
    ),
  );
  await drop();
});

test('the program outlives the death of the whole server and works again', async () => {
  const folder = newFolder();
  const embedded = await startEmbedded({ dataDir: folder });
  db = openDatabase(embedded.ownerUrl);
  await db.raw('create table kept as select 1 as one');

  process.kill(serverOf(folder)!.pid, 'SIGKILL');

  const died = Date.now();
  await eventually('answers', () =>
    db.raw('select one from kept').then(
      () => true,
      () => false,
    ),
  );
  expect(Date.now() - died).toBeLessThan(10_000);
  await db.destroy();
  await embedded.release();
  await cleanUp();
});
