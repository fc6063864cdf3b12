import type { Knex } from '../../src/store/database';
import { rows } from '../../src/store/sql';
import { queueLostContract } from './queue-lost-contract';

queueLostContract('PostgreSQL', {
  redisUrl: () => undefined,
  async lose(admin, moment) {
    // Every other time the library's own record of its tables goes too.
    if (moment % 4 === 3) return evenIfBusy(admin, 'drop schema bullmq cascade');
    const tables = await rows<{ name: string }>(
      admin,
      `select format('bullmq.%I', tablename) as name from pg_tables where schemaname = 'bullmq'`,
    );
    await evenIfBusy(admin, `truncate ${tables.map((one) => one.name).join(', ')} cascade`);
  },
  back: async () => {},
});

/** The library is at work in those tables: whoever waits in a ring of locks and is thrown out comes again. */
async function evenIfBusy(admin: Knex, sql: string): Promise<void> {
  for (;;) {
    const fault: { code?: string } | null = await rows(admin, sql).then(
      () => null,
      (error) => error,
    );
    if (fault?.code !== '40P01') {
      if (fault) throw fault;
      return;
    }
  }
}
