import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Knex } from 'knex';

/** A plain SQL file of the migrations folder; `name` is without the extension. */
export type Migration = { name: string; sql: string; checksum: string };

/**
 * Brings the database up to date and names what it applied, in order. Each file is its own transaction, so a program
 * killed half-way leaves whole files. Of two starters one waits and applies nothing. Throws when an applied file was
 * edited since, when the database is newer than the program, or with the fault of the file that failed.
 */
export function migrate(db: Knex, folder = migrationsFolder()): Promise<{ applied: string[] }> {
  const migrations = readMigrations(folder);
  return withMigrationLock(db, async (connection) => {
    const applied: string[] = [];
    for (;;) {
      const name = await applyNext(db, connection, migrations);
      if (name === undefined) return { applied };
      applied.push(name);
    }
  });
}

/** Names of files not yet applied, in order; changes nothing. Throws as `migrate` does for edited or unknown files. */
export async function migrationState(db: Knex, folder = migrationsFolder()): Promise<{ pending: string[] }> {
  const migrations = readMigrations(folder);
  const known = await db.raw("select to_regclass('migrations.checksums') is not null as exists");
  const applied = known.rows[0].exists ? await appliedChecksums(db) : new Map<string, string>();
  checkHistory(migrations, applied);
  return { pending: migrations.filter(({ name }) => !applied.has(name)).map(({ name }) => name) };
}

/** The `.sql` files of a folder in order of their names. */
export function readMigrations(folder: string): Migration[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'));
  return files.sort().map((file) => {
    // Line ends differ with Git's settings; the statements do not.
    const sql = readFileSync(join(folder, file), 'utf8').replace(/\r\n/g, '\n');
    return { name: basename(file, '.sql'), sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
}

/** Any number, the same in all versions: what two starters meet on. */
const MIGRATION_LOCK = 4_300_117;
const SCHEMA = 'migrations';

type Connection = { query(sql: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }> };

/**
 * Knex's own lock is a row that stays locked when the program dies, so an advisory lock of the session comes first: it
 * ends with the connection. It is asked for again and again, because a waiting statement would fall to lock_timeout.
 */
async function withMigrationLock<T>(db: Knex, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection: Connection = await db.client.acquireConnection();
  try {
    for (;;) {
      const { rows } = await connection.query('select pg_try_advisory_lock($1) as ours', [MIGRATION_LOCK]);
      if (rows[0]?.ours) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return await work(connection);
  } finally {
    await connection.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => {});
    await db.client.releaseConnection(connection);
  }
}

/** Applies the first pending file and answers its name. Knex's lock row and list are written in the same transaction. */
function applyNext(db: Knex, connection: Connection, migrations: Migration[]): Promise<string | undefined> {
  return db.transaction(
    async (tx) => {
      // Building an index of a big table may take longer than a turn is allowed to.
      await tx.raw('set local statement_timeout = 0');
      await tx.raw(`create schema if not exists ${SCHEMA}`);
      await tx.raw(`create table if not exists ${SCHEMA}.checksums (name text primary key, sha256 text not null)`);
      checkHistory(migrations, await appliedChecksums(tx));
      const [, names] = await tx.migrate.up({
        schemaName: SCHEMA,
        tableName: 'applied',
        migrationSource: sourceOf(migrations),
      });
      return (names as string[])[0];
    },
    { connection },
  );
}

function sourceOf(migrations: Migration[]): Knex.MigrationSource<Migration> {
  return {
    getMigrations: async () => migrations,
    getMigrationName: ({ name }) => name,
    getMigration: async ({ name, sql, checksum }) => ({
      up: async (tx) => {
        await tx.raw(sql.replaceAll('?', '\\?')).catch((error: Error) => {
          throw new Error(`migration ${name} failed and was undone: ${error.message.split(' - ').at(-1)}`, {
            cause: error,
          });
        });
        await tx.raw(`insert into ${SCHEMA}.checksums (name, sha256) values (?, ?)`, [name, checksum]);
      },
      down: async () => {
        throw new Error('migrations go forward only: restore a backup instead');
      },
    }),
  };
}

async function appliedChecksums(db: Knex): Promise<Map<string, string>> {
  const { rows } = await db.raw(`select name, sha256 from ${SCHEMA}.checksums`);
  return new Map(rows.map((row: { name: string; sha256: string }) => [row.name, row.sha256]));
}

function checkHistory(migrations: Migration[], applied: Map<string, string>): void {
  const known = new Map(migrations.map(({ name, checksum }) => [name, checksum]));
  for (const [name, checksum] of applied) {
    const expected = known.get(name);
    if (expected === undefined) {
      throw new Error(`the database has migration ${name}, which this program lacks: run the newer program.`);
    }
    if (expected !== checksum) {
      throw new Error(`migration ${name} was edited after it was applied: restore the file and write a new migration.`);
    }
  }
}

/** The project's /migrations, from src/store as well as from dist/src/store. */
function migrationsFolder(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const candidate = join(folder, 'migrations');
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder))
      throw new Error(`no folder "migrations" above ${__dirname}: install the program again.`);
  }
}
