import { HOUR, MINUTE, SECOND } from '../../src/domain/time';
import { type Running, run } from '../../src/program';
import { databaseClock } from '../../src/simulator/clock';
import { type Knex, openDatabase } from '../../src/store/database';
import { row, rows } from '../../src/store/sql';
import { type Started, startProgram } from '../support/program';
import { until } from '../support/until';

const PHONES = Array.from({ length: 125 }, (_, n) => `+6149158${3000 + n}`);
/** Of each phone, in this order over the six hours. */
const TEXTS = ['hi', 'prices', 'help', 'who teaches'];
const LATE = '+61491570157';

describe('six hours without the program', () => {
  let program: Started;
  let again: Running | undefined;
  let admin: Knex;
  beforeAll(async () => {
    program = await startProgram('2026-11-24T10:00:00+11:00');
    admin = openDatabase(program.database.adminUrl, { poolMax: 1 });
  });
  afterAll(async () => {
    await again?.close();
    await admin.destroy();
    await program.stop();
  });

  it('leave 500 texts in Twilio’s list: each is handled and answered once within two minutes of the start, and one older than the last turn answers no question', async () => {
    // Before: a YES that never arrived, and a later text that did.
    await program.sim.text(LATE, 'fri 10am with sam');
    await program.sim.text(LATE, 'yes', { lost: true });
    // Twilio's list knows whole seconds only.
    await until(() => false, 1_100);
    await program.sim.text(LATE, 'Ava');
    await program.running.close();
    const began = await nowOf();
    await writtenMeanwhile(began);
    const clock = await databaseClock(admin);
    await clock.advanceTo(began + 6 * HOUR);

    again = await run(program.config);
    await until(async () => (await open()) === 0, 115_000);

    expect(await open()).toBe(0);
    const wrong = await rows(
      admin,
      `select phone, array_agg(direction || ':' || case direction when 'in' then body else '' end order by seq) as texts from sms_logs
       where phone = any(?) group by phone having array_agg(direction || ':' || case direction when 'in' then body else '' end order by seq) <> ?`,
      [PHONES, TEXTS.flatMap((body) => [`in:${body}`, 'out:'])],
    );
    expect(wrong).toEqual([]);
    expect(
      await row(admin, `select count(*)::int as n from sim.texts where direction = 'out' and to_number = any(?)`, [
        PHONES,
      ]),
    ).toEqual({
      n: PHONES.length * TEXTS.length,
    });
    const late = await rows<{ body: string }>(
      admin,
      `select body from sim.texts where to_number = ? order by seq desc limit 1`,
      [LATE],
    );
    expect(late[0]?.body).toMatch(/reached us only now/);
    const booked = 'select 1 from lessons l join students s on s.id = l.student_id where s.phone = ?';
    expect(await rows(admin, booked, [LATE])).toEqual([]);
  }, 240_000);

  const nowOf = async () => (await databaseClock(admin)).now();

  /** What Twilio took for us while nobody was there. */
  async function writtenMeanwhile(began: number): Promise<void> {
    const texts = PHONES.flatMap((phone, p) =>
      TEXTS.map((body, n) => ({ phone, body, at: new Date(began + (n + 1) * HOUR + p * SECOND + MINUTE) })),
    ).sort((a, b) => a.at.getTime() - b.at.getTime());
    await rows(
      admin,
      `insert into sim.texts (sid, direction, from_number, to_number, body, status, segments, at)
       select 'SM' || md5(phone || body), 'in', phone, '+61491570006', body, 'received', 1, at
       from unnest(?::text[], ?::text[], ?::timestamptz[]) as t (phone, body, at)`,
      [texts.map((one) => one.phone), texts.map((one) => one.body), texts.map((one) => one.at)],
    );
  }

  /** Texts in Twilio's list that nobody has handled, and answers that have not gone out. */
  async function open(): Promise<number> {
    const found = await row<{ n: number }>(
      admin,
      `select (select count(*) from sim.texts t where direction = 'in' and not exists (select 1 from inbound_sids i where i.provider_sid = t.sid))::int
         + (select count(*) from sms_logs where direction = 'out' and status in ('queued', 'sending') and due_at < ?)::int as n`,
      [new Date(await nowOf())],
    );
    return found!.n;
  }
});
