import { runMigrations } from 'bullmq';
import { Client } from 'pg';
import type { Logger } from 'pino';

/** No schema, no table, no function: what a queue says that somebody has removed. */
const GONE = new Set(['3F000', '42P01', '42883']);
/** Tables without the library's record of having made them. */
const HALF_THERE = new Set(['42P07', '42710', '42723']);

export const isQueueGone = (fault: unknown) => GONE.has(codeOf(fault));

/** The tables of the queue, made when missing. What is left of them after damage is made anew: rows are the truth. */
export async function prepareQueueTables(databaseUrl: string, log: Logger): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  client.on('error', () => {});
  await client.connect();
  try {
    await runMigrations(client).catch(async (fault: unknown) => {
      if (!HALF_THERE.has(codeOf(fault))) throw fault;
      log.warn({ err: fault }, 'the queue is damaged and is made anew; the sweep finds what was in it');
      await client.query('drop schema bullmq cascade');
      await runMigrations(client);
    });
  } finally {
    await client.end();
  }
}

const codeOf = (fault: unknown) => String((fault as { code?: unknown })?.code ?? '');
