import pino from 'pino';
import { openQueues } from '../../src/jobs/queues';

/** Takes an alarm, says so and never comes to an end; to be killed. */
const [databaseUrl = '', redisUrl] = process.argv.slice(2);
void openQueues({ databaseUrl, redisUrl: redisUrl || undefined }, pino({ level: 'silent' })).then((queues) => {
  queues.work(
    () => {
      process.stdout.write('looking\n');
      return new Promise(() => {});
    },
    { message: 1, event: 1 },
  );
});
