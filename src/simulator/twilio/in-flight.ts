import type { Knex } from '../../store/database';

const answering = new WeakMap<Knex, { requests: number }>();

/** Does `work` for one request of a sender; meanwhile the clock must not go on as if its answer were lost. */
export async function whileInFlight<T>(db: Knex, work: () => Promise<T>): Promise<T> {
  const count = answering.get(db) ?? { requests: 0 };
  answering.set(db, count);
  count.requests += 1;
  try {
    return await work();
  } finally {
    count.requests -= 1;
  }
}

/** Whether a sender waits for an answer that will come. */
export const anyInFlight = (db: Knex) => (answering.get(db)?.requests ?? 0) > 0;
