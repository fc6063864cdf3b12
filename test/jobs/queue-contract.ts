import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { openQueues, type Queues } from '../../src/jobs/queues';
import type { Alarm } from '../../src/world';
import { type FreshDatabase, freshDatabase } from '../support/database';

const log = pino({ level: 'silent' });

/** What is asked of the queue, whichever server is under it. */
export function queueContract(name: string, redisUrl: () => string | undefined): void {
  describe(`alarms on ${name}`, () => {
    let database: FreshDatabase;
    let queues: Queues;
    beforeEach(async () => {
      database = await freshDatabase();
      queues = await openQueues({ databaseUrl: database.url, redisUrl: redisUrl() }, log);
    });
    afterEach(async () => {
      await queues.close();
      await database.drop();
    });

    const alarm = (dueAt: number): Alarm => ({ kind: 'message', schoolId: randomUUID(), id: randomUUID(), dueAt });
    const until = async (ready: () => boolean) => {
      const end = performance.now() + 20_000;
      while (!ready() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 10));
    };

    it('rings once for each alarm, at its time, with ids and nothing else', async () => {
      const rung: { alarm: object; at: number }[] = [];
      const worker = queues.work(async (one) => void rung.push({ alarm: one, at: performance.now() }), 4);
      const now = Date.now();
      const began = performance.now();
      const [first, second] = [alarm(now), alarm(now + 700)];
      await queues.alarms.set([second, first], now);
      await until(() => rung.length === 2);
      await worker.close();
      expect(rung.map((one) => one.alarm)).toEqual([
        { kind: 'message', schoolId: first.schoolId, id: first.id, dueAt: 0 },
        { kind: 'message', schoolId: second.schoolId, id: second.id, dueAt: 0 },
      ]);
      expect(rung[1]!.at - began).toBeGreaterThanOrEqual(690);
    });

    it('rings again after a failure', async () => {
      let tries = 0;
      const worker = queues.work(async () => {
        tries += 1;
        if (tries === 1) throw new Error('not yet');
      }, 1);
      await queues.alarms.set([alarm(0)], 0);
      await until(() => tries === 2);
      await worker.close();
      expect(tries).toBe(2);
    });
  });
}
