import { randomUUID } from 'node:crypto';
import { asSweep, inSchool } from '../../src/store/database';
import { rows } from '../../src/store/sql';
import { type FreshDatabase, freshDatabase } from '../support/database';

/** The catalogue is asked about every table there is, so that a new one cannot be forgotten. */
describe('one school cannot see another', () => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  const tables = () =>
    rows<{ name: string; forced: boolean; enabled: boolean; owner: string; superuser: boolean }>(
      database.db,
      `select c.relname as name, c.relforcerowsecurity as forced, c.relrowsecurity as enabled, r.rolname as owner, r.rolsuper as superuser
       from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_roles r on r.oid = c.relowner
       where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname not like 'knex%' and c.relname not like 'migration%'`,
    );

  it('every table is forced under row-level security, and its owner is no superuser', async () => {
    const all = await tables();
    expect(all.length).toBeGreaterThan(18);
    for (const table of all) expect(table).toMatchObject({ enabled: true, forced: true, superuser: false });
  });

  it('every table has a policy for the school, with check as well as using', async () => {
    for (const { name } of await tables()) {
      const policies = await rows<{ cmd: string; qual: string | null; check: string | null; roles: string[] }>(
        database.db,
        `select cmd, qual, with_check as "check", roles::text[] as roles from pg_policies where schemaname = 'public' and tablename = ?`,
        [name],
      );
      const school = policies.filter((policy) => policy.cmd === 'ALL');
      expect(school).toHaveLength(1);
      expect(school[0]?.qual).toContain('app.school');
      expect(school[0]?.check).toBe(school[0]?.qual);
      // The only others let the sweep read, and nobody write.
      for (const other of policies.filter((policy) => policy.cmd !== 'ALL')) {
        expect(other).toMatchObject({ cmd: 'SELECT', roles: ['dss_sweep'] });
      }
    }
  });

  it('every table but schools has a school_id that begins its primary key', async () => {
    for (const { name } of await tables()) {
      if (name === 'schools') continue;
      const [first] = await rows<{ column: string }>(
        database.db,
        `select a.attname as column from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
         where i.indrelid = ?::regclass and i.indisprimary`,
        [name],
      );
      expect({ name, first: first?.column }).toEqual({ name, first: 'school_id' });
    }
  });

  it('no foreign key can point into another school', async () => {
    const keys = await rows<{ name: string; from: string; to: string; columns: string[] }>(
      database.db,
      `select c.conname as name, c.conrelid::regclass::text as from, c.confrelid::regclass::text as to,
         (select array_agg(a.attname::text) from unnest(c.conkey) k join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k) as columns
       from pg_constraint c where c.contype = 'f' and c.connamespace = 'public'::regnamespace`,
    );
    expect(keys.length).toBeGreaterThan(20);
    for (const key of keys) expect(key.columns).toContain('school_id');
  });

  it('no view escapes its reader, and no function runs as its owner', async () => {
    const views = await rows<{ name: string; options: string[] | null }>(
      database.db,
      `select c.relname as name, c.reloptions as options from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm')`,
    );
    for (const view of views) expect(view.options ?? []).toContain('security_invoker=true');
    const definers = await rows(
      database.db,
      `select p.proname from pg_proc p left join pg_depend d on d.objid = p.oid and d.deptype = 'e'
       where p.pronamespace = 'public'::regnamespace and p.prosecdef and d.objid is null`,
    );
    expect(definers).toEqual([]);
  });

  it('a school reads and writes its own rows only, and without a school there is nothing', async () => {
    const [mine, other] = [randomUUID(), randomUUID()];
    const now = new Date('2026-11-23T00:00:00Z');
    for (const [id, phone] of [
      [mine, '+61491570006'],
      [other, '+61491570007'],
    ] as const) {
      await inSchool(database.db, id, async (tx) => {
        await rows(
          tx,
          `insert into schools (id, name, timezone, state, phone, owner_phone, payid, created_at) values (?, 'S', 'Australia/Sydney', 'NSW', ?, '+61491570737', 'p', ?)`,
          [id, phone, now],
        );
        await rows(
          tx,
          `insert into students (school_id, phone, name, created_at) values (?, '+61491570156', 'Mia', ?)`,
          [id, now],
        );
      });
    }
    const seen = await inSchool(database.db, mine, (tx) =>
      rows<{ school_id: string }>(tx, 'select school_id from students'),
    );
    expect(seen).toEqual([{ school_id: mine }]);
    expect(
      await inSchool(database.db, mine, (tx) => rows(tx, 'update students set name = ? returning id', ['Ava'])),
    ).toHaveLength(1);
    const intrusion = inSchool(database.db, mine, (tx) =>
      rows(tx, `insert into students (school_id, phone, name, created_at) values (?, '+61491570157', 'X', ?)`, [
        other,
        now,
      ]),
    );
    await expect(intrusion).rejects.toMatchObject({ code: '42501' });
    expect(await rows(database.db, 'select * from students')).toEqual([]);
  });

  it('the sweep sees when a row is due and not what it says', async () => {
    await expect(asSweep(database.db, (tx) => rows(tx, 'select body from sms_logs'))).rejects.toMatchObject({
      code: '42501',
    });
    await expect(asSweep(database.db, (tx) => rows(tx, 'select * from students'))).rejects.toMatchObject({
      code: '42501',
    });
    await expect(asSweep(database.db, (tx) => rows(tx, 'select id, school_id, due_at from events'))).resolves.toEqual(
      [],
    );
  });
});
