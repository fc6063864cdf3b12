import { type Config, readConfig } from '../../src/config';
import { DAY, HOUR, MINUTE } from '../../src/domain/time';
import { CLAIM_MS } from '../../src/jobs/claim';
import { look, sweepOnce } from '../../src/jobs/sweep';
import { type Opened, openWorld, type Running, run } from '../../src/program';
import { inSchool, type Knex, openDatabase } from '../../src/store/database';
import { dueRows } from '../../src/store/due';
import { rows } from '../../src/store/sql';
import { type FreshDatabase, freshDatabase } from '../support/database';
import { makeSchool, type TestSchool } from '../support/school';
import { accepted, bookLesson, outRows } from '../support/sending';
import { until } from '../support/until';

const MOMENTS = 20;
const NOW = '2026-11-24T14:00:00+11:00';

/** What is asked when the whole queue is lost again and again; `lose` takes all that is in it, `back` ends an outage. */
export function queueLostContract(
  name: string,
  {
    redisUrl,
    lose,
    back,
  }: { redisUrl(): string | undefined; lose(admin: Knex, moment: number): Promise<void>; back(): Promise<void> },
): void {
  describe(`reminders when the queue on ${name} is lost whole at ${MOMENTS} moments`, () => {
    let database: FreshDatabase;
    let admin: Knex;
    let web: Running;
    let worker: Opened;
    let school: TestSchool;
    let config: Config;
    beforeEach(async () => {
      database = await freshDatabase();
      admin = openDatabase(database.adminUrl, { poolMax: 2 });
      config = readConfig({
        ...{ PORT: '0', DATABASE_URL: database.url, SIM_NOW: NOW, LOG_LEVEL: 'silent', SECRET_KEY: 'k'.repeat(64) },
        ...(redisUrl() && { REDIS_URL: redisUrl() }),
      });
      web = await run({ ...config, role: 'web' });
      worker = await openWorld({ ...config, port: Number(new URL(web.url).port), publicUrl: web.url });
      school = await makeSchool(database.db, { zone: 'Australia/Sydney', phone: '+61491570007' });
      worker.queues.work((alarm) => look(worker.world, alarm), { message: 4, event: 4 });
    });
    afterEach(async () => {
      await back();
      await worker.close();
      await web.close();
      await admin.destroy();
      await database.drop();
    });

    it('go out all the same, once each, at most two minutes late', async () => {
      const clock = worker.clock!;
      const began = await clock.now();
      const lessons = Array.from({ length: 2 * MOMENTS }, (_, n) => ({
        phone: `+614915810${String(n).padStart(2, '0')}`,
        remindedAt: began + n * MINUTE + 20_000,
      }));
      await inSchool(database.db, school.id, async (tx) => {
        // Booked days ago, as none is reminded of what was booked just now.
        for (const { phone, remindedAt } of lessons)
          await bookLesson(tx, school.id, phone, remindedAt + 2 * HOUR, began - 3 * DAY);
      });

      // The program's minute, on the simulator's clock; of the alarms for what is due now every second one is set as well.
      // It goes on for two minutes after the last reminder: an alarm that was lost with the queue is the next sweep's.
      for (let minute = 0; minute <= 2 * MOMENTS + 2; minute++) {
        await clock.advanceTo(began + minute * MINUTE);
        const now = await clock.now();
        const due = await dueRows(admin, CLAIM_MS, 8, now);
        const ringing = worker.world.alarms.set(
          due.filter((_, n) => n % 2 === 0),
          now,
        );
        if (minute % 2 === 0 && minute <= 2 * MOMENTS) await lose(admin, minute / 2);
        await ringing.catch(() => {});
        await sweepOnce(worker.world, MINUTE);
        // A minute is long enough for a text that is being sent; this clock's minutes are not.
        await until(async () => (await outRows(admin)).every((one) => one.status !== 'sending'));
        if (minute % 2 === 1) await back();
      }
      await until(async () => (await outRows(admin)).every((one) => one.status === 'delivered'));

      const got = await accepted(admin);
      expect(got.map((one) => one.phone).sort()).toEqual(lessons.map((one) => one.phone));
      expect(got.filter((one) => !one.body.startsWith('Reminder from Test School: lesson Tue 24 Nov, '))).toEqual([]);
      const late = await rows<{ ms: number }>(
        admin,
        `select extract(epoch from t.at - l.start_time + interval '2 hours')::float * 1000 as ms
         from sms_logs m join sim.texts t on t.sid = m.provider_sid join lessons l on l.id = m.lesson_id`,
      );
      expect(late).toHaveLength(lessons.length);
      for (const { ms } of late) {
        expect(ms).toBeGreaterThanOrEqual(0);
        expect(ms).toBeLessThanOrEqual(2 * MINUTE);
      }
    }, 400_000);
  });
}
