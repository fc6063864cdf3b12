import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import pino from 'pino';
import { openQueues, type Queues } from '../../src/jobs/queues';
import type { Alarm } from '../../src/world';
import { type FreshDatabase, freshDatabase } from '../support/database';
import { until } from '../support/until';

const log = pino({ level: 'silent' });
const ONE = { message: 1, event: 1 };
const MANY = { message: 4, event: 4 };

/** What is asked of the queues, whichever server is under them. */
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

    const alarm = (dueAt: number, kind: Alarm['kind'] = 'message'): Alarm => ({
      ...{ kind, schoolId: randomUUID(), id: randomUUID(), dueAt },
    });
    const rings = ({ kind, schoolId, id }: Alarm) => ({ kind, schoolId, id, dueAt: 0 });

    it('ring once each, at their time, with ids and nothing else', async () => {
      const rung: { alarm: object; at: number }[] = [];
      queues.work(async (one) => void rung.push({ alarm: one, at: performance.now() }), MANY);
      const now = Date.now();
      const began = performance.now();
      const [first, second] = [alarm(now), alarm(now + 700)];
      await queues.alarms.set([second, first], now);
      await until(() => rung.length === 2);
      expect(rung.map((one) => one.alarm)).toEqual([rings(first), rings(second)]);
      expect(rung[1]!.at - began).toBeGreaterThanOrEqual(690);
    });

    it('wake a worker that has been at rest, also for one that is due sooner than what it waits for', async () => {
      const rung: string[] = [];
      queues.work(async (one) => void rung.push(one.id), MANY);
      const now = Date.now();
      const far = alarm(now + 3_600_000);
      await queues.alarms.set([far], now);
      await until(() => false, 1_500);
      const [soon, atOnce] = [alarm(now + 400), alarm(now)];
      await queues.alarms.set([soon], now);
      await queues.alarms.set([atOnce], now);
      // Far below the minute after which an idle worker would look by itself.
      await until(() => rung.length === 2, 15_000);
      expect(rung).toEqual([atOnce.id, soon.id]);
    });

    it('ring again after a failure, each time later, and at last are given up', async () => {
      const tries: number[] = [];
      queues.work(async () => {
        tries.push(performance.now());
        if (tries.length < 3) throw new Error('not yet');
      }, ONE);
      await queues.alarms.set([alarm(0)], 0);
      await until(() => tries.length === 3, 40_000);
      const [first, second, third] = tries;
      // 2 s and 4 s, each less by up to a half.
      expect(second! - first!).toBeGreaterThanOrEqual(990);
      expect(third! - second!).toBeGreaterThanOrEqual(1990);
    });

    it('of happenings ring while all senders of texts are busy', async () => {
      let freed = () => {};
      const busy = new Promise<void>((resolve) => (freed = resolve));
      const rung: string[] = [];
      queues.work(async (one) => {
        rung.push(one.kind);
        if (one.kind === 'message') await busy;
      }, ONE);
      await queues.alarms.set([alarm(0), alarm(0)], 0);
      await until(() => rung.length === 1);
      await queues.alarms.set([alarm(0, 'event')], 0);
      await until(() => rung.includes('event'));
      expect(rung).toEqual(['message', 'event']);
      freed();
    });

    it('let a worker that closes finish what it has begun, and leave the rest to the next', async () => {
      const done: string[] = [];
      const slow = async (one: Alarm) => {
        await new Promise((resolve) => setTimeout(resolve, 300));
        done.push(one.id);
      };
      const started: string[] = [];
      const worker = queues.work(async (one) => {
        started.push(one.id);
        await slow(one);
      }, ONE);
      const all = [alarm(0), alarm(0), alarm(0)];
      await queues.alarms.set(all, 0);
      await until(() => started.length >= 1);
      await worker.close();
      expect(done).toEqual(started);
      queues.work(slow, ONE);
      await until(() => done.length === 3);
      expect([...done].sort()).toEqual(all.map((one) => one.id).sort());
    });

    it('ring in the end although three workers in a row are killed while they look', async () => {
      const one = alarm(0);
      await queues.alarms.set([one], 0);
      for (let kill = 0; kill < 3; kill++) await killedWhileLooking(database.url, redisUrl());
      const rung: object[] = [];
      queues.work(async (alarm) => void rung.push(alarm), ONE);
      await until(() => rung.length > 0, 60_000);
      expect(rung).toEqual([rings(one)]);
    }, 240_000);

    it('leave nothing behind when they are done', async () => {
      let count = 0;
      queues.work(async () => void count++, MANY);
      await queues.alarms.set(
        Array.from({ length: 300 }, (_, n) => alarm(0, n % 2 ? 'event' : 'message')),
        0,
      );
      await until(() => count === 300);
      await until(async () => (await queues.waiting()) === 0);
      expect(await queues.waiting()).toBe(0);
    });
  });
}

/** A worker in a process of its own takes the alarm and is killed before it is done. */
async function killedWhileLooking(databaseUrl: string, redisUrl: string | undefined): Promise<void> {
  const script = join(__dirname, 'hanging-worker.ts');
  const child: ChildProcess = spawn(process.execPath, ['-r', 'tsx/cjs', script, databaseUrl, redisUrl ?? ''], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout!.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await until(() => said.includes('looking'), 60_000);
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  expect(said).toContain('looking');
}
