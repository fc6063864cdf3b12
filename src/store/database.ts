import knex, { type Knex } from 'knex';
import { types } from 'pg';

export type { Knex } from 'knex';

const STATEMENT_TIMEOUT_MS = 15_000;
const LOCK_TIMEOUT_MS = 10_000;

/**
 * A pool on PostgreSQL (at most `poolMax` connections, default 10, none kept when idle). It outlives the database's
 * death: queries fail meanwhile and work again afterwards. Statements end after 15 s, waits for a lock after 10 s.
 * Instants come as ms since epoch, `bigint` and `count(*)` as numbers, dates as `YYYY-MM-DD`, `numeric` as text.
 */
export function openDatabase(url: string, { poolMax = 10 }: { poolMax?: number } = {}): Knex {
  const db = knex({
    client: 'pg',
    connection: {
      connectionString: url,
      application_name: 'dss',
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      options: `-c statement_timeout=${STATEMENT_TIMEOUT_MS} -c lock_timeout=${LOCK_TIMEOUT_MS} -c timezone=UTC`,
      types: { getTypeParser: parserFor as typeof types.getTypeParser },
    } as Knex.PgConnectionConfig,
    // Knex would write to standard output, which belongs to the commands; callers get every fault anyway.
    log: { warn() {}, error() {}, deprecate() {}, debug() {} },
    pool: {
      min: 0,
      max: poolMax,
      // Long enough for a restart of the database; after it the caller hears of the fault.
      acquireTimeoutMillis: 15_000,
      afterCreate: (connection: { on(event: 'error', listener: () => void): void }, done: (fault?: Error) => void) => {
        // A connection that dies while idle only leaves the pool; without a listener the whole program would end.
        connection.on('error', () => {});
        done();
      },
    },
  });
  db.on('error', () => {});
  return db;
}

/**
 * One transaction that sees and writes the rows of one school only (row-level security as `dss_app`).
 * Rolled back when `work` throws.
 */
export function inSchool<T>(db: Knex, schoolId: string, work: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.raw("select set_config('role', 'dss_app', true), set_config('app.school', ?, true)", [schoolId]);
    return work(tx);
  });
}

/** One transaction over all schools as `dss_sweep`, which may read no more than (id, school_id, due_at). */
export function asSweep<T>(db: Knex, work: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.raw("select set_config('role', 'dss_sweep', true), set_config('app.school', '', true)");
    return work(tx);
  });
}

const TEXT_ARRAY = 1009;
const BIGINT = 20;
const BIGINT_ARRAY = 1016;
const DATE = 1082;
const DATE_ARRAY = 1182;
const TIMESTAMPTZ = 1184;
const TIMESTAMPTZ_ARRAY = 1185;

const parseTexts = types.getTypeParser(TEXT_ARRAY as never) as unknown as (text: string) => (string | null)[];
const each =
  <T>(parse: (text: string) => T) =>
  (text: string) =>
    parseTexts(text).map((item) => (item === null ? null : parse(item)));
const parseDate = (text: string) => text;
const parseInstant = (text: string) => Number(types.getTypeParser(TIMESTAMPTZ)(text));

const parsers: Record<number, (text: string) => unknown> = {
  [BIGINT]: Number,
  [BIGINT_ARRAY]: each(Number),
  [DATE]: parseDate,
  [DATE_ARRAY]: each(parseDate),
  [TIMESTAMPTZ]: parseInstant,
  [TIMESTAMPTZ_ARRAY]: each(parseInstant),
};

function parserFor(oid: number, format?: 'text' | 'binary'): unknown {
  return (format !== 'binary' && parsers[oid]) || types.getTypeParser(oid, format as 'text');
}
