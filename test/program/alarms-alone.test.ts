import { readConfig } from '../../src/config';
import { look } from '../../src/jobs/sweep';
import { openWorld, run } from '../../src/program';
import { simClient } from '../../src/simulator/client';
import { freshDatabase } from '../support/database';
import { makeSchool } from '../support/school';

describe('without any sweep, on real time', () => {
  it('the delayed jobs alone deliver a reminder and a start code', async () => {
    const database = await freshDatabase();
    const env = {
      PORT: '0',
      DATABASE_URL: database.url,
      SIM_NOW: '2026-11-24T09:54:45+11:00',
      LOG_LEVEL: 'silent',
      SECRET_KEY: 'k'.repeat(64),
    };
    const web = await run({ ...readConfig(env), role: 'web' });
    const port = Number(new URL(web.url).port);
    const worker = await openWorld({ ...readConfig(env), port, publicUrl: web.url });
    const working = worker.queues.work((alarm) => look(worker.world, alarm), { message: 4, event: 4 });
    try {
      // Reminder and code both fall due five minutes before the lesson, fifteen seconds from the start of the clock.
      const policy = { minimumNoticeMinutes: 0, reminderMinutesBefore: [5], startCode: { minutesBefore: 5 } };
      const school = await makeSchool(database.db, { zone: 'Australia/Sydney', phone: '+61491570007', policy });
      const sim = simClient(web.url);
      for (const body of ['lesson today 10am', 'Mia', 'yes'])
        await sim.text('+61491570156', body, { to: school.phone });
      const got = async () =>
        (await sim.phone('+61491570156')).filter((text) => text.direction === 'out').map((text) => text.body);
      expect((await got())[2]).toContain('Booked: Tue 24 Nov, 10:00am');
      const waitUntil = Date.now() + 45_000;
      while ((await got()).length < 5 && Date.now() < waitUntil)
        await new Promise((resolve) => setTimeout(resolve, 100));
      const last = (await got()).slice(3).sort();
      expect(last).toEqual([
        expect.stringMatching(/^Reminder from Test School/),
        expect.stringMatching(/^Your start code is \d{6}\./),
      ]);
    } finally {
      await working.close();
      await worker.close();
      await web.close();
      await database.drop();
    }
  });
});
