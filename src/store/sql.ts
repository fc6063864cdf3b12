import type { Knex } from 'knex';

/** A transaction that has taken a school's role; every store function wants one. */
export type Tx = Knex.Transaction;

/** The rows of one statement. */
export async function rows<Row>(tx: Tx | Knex, sql: string, bindings: Knex.RawBinding[] = []): Promise<Row[]> {
  const result = await (tx as Knex).raw<{ rows: Row[] }>(sql, bindings);
  return result.rows;
}

/** The only row of a statement, or null. */
export async function row<Row>(tx: Tx | Knex, sql: string, bindings: Knex.RawBinding[] = []): Promise<Row | null> {
  return (await rows<Row>(tx, sql, bindings))[0] ?? null;
}

/** An instant (ms) as PostgreSQL takes it. */
export const at = (instant: number) => new Date(instant);
export const atOrNull = (instant: number | null | undefined) => (instant == null ? null : new Date(instant));
