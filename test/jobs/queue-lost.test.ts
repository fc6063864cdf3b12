import { rows } from '../../src/store/sql';
import { queueLostContract } from './queue-lost-contract';

queueLostContract('PostgreSQL', {
  redisUrl: () => undefined,
  async lose(admin, moment) {
    // Every other time the library's own record of its tables goes too.
    if (moment % 4 === 3) return void (await rows(admin, 'drop schema bullmq cascade'));
    const tables = await rows<{ name: string }>(
      admin,
      `select format('bullmq.%I', tablename) as name from pg_tables where schemaname = 'bullmq'`,
    );
    await rows(admin, `truncate ${tables.map((one) => one.name).join(', ')} cascade`);
  },
  back: async () => {},
});
