import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { type Knex, openDatabase } from '../../src/store/database';

/** Owns the tables and is no superuser, so that row-level security holds in tests too. */
export const OWNER = 'dss_owner';
/** Migrated once a run; nobody may be connected to it. */
export const TEMPLATE = 'test_template';
/** For tests that leave nothing behind. */
export const SHARED = 'test_shared';

export type FreshDatabase = {
  /** As the tables' owner. */
  url: string;
  /** As superuser: sees every school. */
  adminUrl: string;
  db: Knex;
  /** Closes `db`, ends whoever is still connected and removes the database. */
  drop(): Promise<void>;
};

/** A migrated, empty database of its own, for races and for what must commit (about 60 ms). */
export async function freshDatabase({ poolMax = 10 }: { poolMax?: number } = {}): Promise<FreshDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asAdmin(`create database ${name} template ${TEMPLATE} owner ${OWNER}`);
  const url = databaseUrl(OWNER, name);
  const db = openDatabase(url, { poolMax });
  return {
    url,
    adminUrl: databaseUrl('postgres', name),
    db,
    drop: async () => {
      await db.destroy();
      await asAdmin(`drop database if exists ${name} with (force)`);
    },
  };
}

/** Runs `work` in a transaction that is always undone, in a database shared by all tests; answers what it answers. */
export async function inRolledBack<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
  shared ??= openDatabase(databaseUrl(OWNER, SHARED), { poolMax: 4 });
  const tx = await shared.transaction();
  try {
    return await work(tx);
  } finally {
    await tx.rollback();
  }
}

export function databaseUrl(user: string, database: string): string {
  const server = process.env.DSS_TEST_SERVER_URL;
  if (!server) throw new Error('no test server: run tests through jest, whose globalSetup starts it');
  return `${server.replace('//postgres@', `//${user}@`)}/${database}`;
}

let shared: Knex | undefined;

// Jest's setup, which has no tests, loads this file too.
if (typeof afterAll === 'function') {
  afterAll(async () => {
    await shared?.destroy();
    shared = undefined;
  });
}

/** Another worker may be copying the template at this moment (55006): then again. */
async function asAdmin(sql: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl('postgres', 'postgres') });
  await client.connect();
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await client.query(sql);
        return;
      } catch (error) {
        if ((error as { code?: string }).code !== '55006' || attempt === 50) throw error;
        await new Promise((resolve) => setTimeout(resolve, 20 * attempt));
      }
    }
  } finally {
    await client.end();
  }
}
