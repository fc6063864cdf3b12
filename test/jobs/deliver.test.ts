import { type Knex, openDatabase } from '../../src/store/database';
import { row, rows } from '../../src/store/sql';
import { type Started, startProgram } from '../support/program';
import { makeSchool } from '../support/school';
import { accepted, outRows, writeText } from '../support/sending';
import { until } from '../support/until';

const NOW = '2026-11-24T14:00:00+11:00';
const MINUTE = 60_000;

describe('the texts that a school sends', () => {
  let program: Started;
  let admin: Knex;
  let schoolId: string;
  beforeEach(async () => {
    program = await startProgram(NOW);
    admin = openDatabase(program.database.adminUrl, { poolMax: 2 });
    schoolId = (await rows<{ id: string }>(admin, 'select id from schools'))[0]!.id;
  });
  afterEach(async () => {
    await admin.destroy();
    await program.stop();
  });

  const clock = async () => Date.parse(await program.sim.clock());
  const write = (phone: string, body: string, dueAt: number, school = schoolId) =>
    writeText({ db: program.database.db, config: program.config }, school, { kind: 'reply', phone, body }, dueAt);
  const bodiesFor = async (phone: string) =>
    (await accepted(admin)).filter((one) => one.phone === phone).map((one) => one.body);
  const statusOf = async (id: string) => (await outRows(admin)).find((one) => one.id === id)!;

  it('keep their order for each phone, whatever happens to one of them', async () => {
    const now = await clock();
    for (const mode of ['429', '500-before', 'lost-answer', '429'] as const) await program.sim.fault(mode);
    for (let n = 0; n < 5; n++) await write('+61491570156', `text ${n}`, now + n);
    await program.sim.advance('PT5M');
    expect(await bodiesFor('+61491570156')).toEqual(['text 0', 'text 1', 'text 2', 'text 3', 'text 4']);
  });

  it('do not wait for the trouble of another phone', async () => {
    const now = await clock();
    await program.sim.fault('timeout-before');
    const stuck = await write('+61491570156', 'this one is in doubt for a minute', now);
    const behind = await write('+61491570156', 'this one waits behind it', now + 1);
    const other = await write('+61491570157', 'this one does not', now + 2);
    await program.sim.text('+61491570158', 'hi');
    expect((await statusOf(other)).status).toBe('delivered');
    expect((await statusOf(stuck)).status).toBe('sending');
    expect((await statusOf(behind)).status).toBe('queued');
    await program.sim.advance('PT2M');
    expect(await bodiesFor('+61491570156')).toEqual(['this one is in doubt for a minute', 'this one waits behind it']);
  });

  it('are waited for by the simulator while a sender of another process is just claiming them', async () => {
    const claimed = await write('+61491570156', 'this one is being claimed', await clock());
    const claiming = await admin.transaction();
    await claiming.raw('select 1 from sms_logs where id = ? for update', [claimed]);
    const answer = program.sim.text('+61491570158', 'hi').then(() => 'answered');
    await until(async () => (await bodiesFor('+61491570158')).length > 0);
    const early = await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 300, 'still waiting'))]);
    await claiming.commit();
    await answer;
    expect(early).toBe('still waiting');
    expect((await statusOf(claimed)).status).toBe('delivered');
  });

  it('do not wait behind the backlog of another school', async () => {
    const now = await clock();
    const other = await makeSchool(program.database.db, { zone: 'Australia/Perth', phone: '+61491570007' });
    for (let n = 0; n < 200; n++)
      await write(`+614915820${String(n).padStart(2, '0')}`, `backlog ${n}`, now - 10 * MINUTE);
    const small = await write('+61491570159', 'from the other school', now, other.id);
    // The program's own sweep may have begun by then.
    const before = (await accepted(admin)).length;
    await program.sim.advance('PT1S');
    await until(async () => (await outRows(admin)).every((one) => one.status === 'delivered'), 60_000);
    const order = (await accepted(admin)).map((one) => one.phone);
    expect(order).toHaveLength(201);
    expect((await statusOf(small)).status).toBe('delivered');
    // Among the first that went, though it fell due last of all.
    expect(order.indexOf('+61491570159') - before).toBeLessThan(60);
  });

  it('go oldest first after an outage of Twilio, each once, and none that is of no more use', async () => {
    const began = await clock();
    await program.sim.fault('429', 1_000_000);
    for (let n = 0; n < 40; n++) await write(`+614915830${String(n).padStart(2, '0')}`, `text ${n}`, began + n * 1000);
    for (let n = 0; n < 10; n++) {
      const id = await write(`+614915840${String(n).padStart(2, '0')}`, `short-lived ${n}`, began + n * 1000);
      await rows(admin, 'update sms_logs set expires_at = ? where id = ?', [new Date(began + MINUTE / 2), id]);
    }
    await program.sim.advance('PT90S');
    expect(await accepted(admin)).toEqual([]);
    const { attempts } = (await row<{ attempts: number }>(
      admin,
      'select sum(attempts)::int as attempts from sms_logs',
    ))!;
    // A dead provider is asked ten times a second at most.
    expect(attempts).toBeLessThan(90 * 10);
    await program.sim.fault('ok');
    await program.sim.advance('PT1M');
    const bodies = (await accepted(admin)).map((one) => one.body);
    expect([...bodies].sort()).toEqual(Array.from({ length: 40 }, (_, n) => `text ${n}`).sort());
    // Up to eight go side by side, and whichever is tried first finds out that Twilio is back.
    const later = bodies.slice(8).map((body) => Number(body.split(' ')[1]));
    const ranked = [...later].sort((a, b) => a - b);
    for (const [place, n] of later.entries()) expect(Math.abs(ranked.indexOf(n) - place)).toBeLessThan(16);
    const late = (await outRows(admin)).filter((one) => one.status === 'skipped');
    expect(late.map((one) => one.reason)).toEqual(Array(10).fill('too late to be of use'));
  }, 180_000);

  it('mirror an opt-out that only the carrier knows, and stop', async () => {
    const now = await clock();
    await program.sim.fault('refused', 1, 21610);
    const first = await write('+61491570156', 'refused', now);
    const second = await write('+61491570156', 'not even tried', now + 1);
    await program.sim.advance('PT1S');
    expect(await statusOf(first)).toMatchObject({ status: 'failed', reason: 'opted out of texts', code: 21610 });
    expect(await statusOf(second)).toMatchObject({ status: 'skipped', reason: 'opted out of texts' });
    const [conversation] = await rows(
      admin,
      'select opted_out_at is not null as out from conversations where phone = ?',
      ['+61491570156'],
    );
    expect(conversation).toEqual({ out: true });
    expect(await rows(admin, 'select kind, detail from alerts')).toEqual([
      { kind: 'opted_out', detail: 'an answer: opted out of texts' },
    ]);
  });

  it('carry what they cost, where Twilio tells it', async () => {
    await program.sim.fault('silent');
    const id = await write('+61491570156', 'hello', await clock());
    await program.sim.advance('PT2M');
    expect(await statusOf(id)).toMatchObject({ status: 'delivered', costMicros: 51_500 });
  });
});
