import { randomBytes } from 'node:crypto';
import { openDatabase } from '../../src/store/database';
import { rows } from '../../src/store/sql';
import { type Started, startProgram } from '../support/program';

/** The simulator keeps a text that is lost to the webhook in its list, as Twilio does while the program is down. */
describe('texts that came while we were down', () => {
  let program: Started;
  beforeAll(async () => {
    program = await startProgram('2026-11-24T14:00:00+11:00');
  });
  afterAll(() => program.stop());

  const lost = (from: string, body: string, more: object = {}) => program.sim.text(from, body, { ...more, lost: true });
  /** Twilio's list knows whole seconds only. */
  const nextSecond = () => new Promise((resolve) => setTimeout(resolve, 1_100));
  const got = async (from: string) =>
    (await program.sim.phone(from)).filter((text) => text.direction === 'out').map((text) => text.body);
  const inDatabase = async <T>(sql: string, bindings: string[] = []) => {
    const admin = openDatabase(program.database.adminUrl, { poolMax: 1 });
    return rows<T & object>(admin, sql, bindings).finally(() => admin.destroy());
  };

  it('are answered once each, in the order in which they were written, however many phones', async () => {
    const phones = Array.from({ length: 12 }, (_, n) => `+6149158${String(1000 + n)}`);
    for (const phone of phones) await lost(phone, 'sat 3pm with priya');
    for (const phone of phones) await lost(phone, 'or 4pm if thats gone');
    expect(await got(phones[0]!)).toEqual([]);
    await program.sim.advance('PT5M');
    for (const phone of phones)
      expect(await got(phone)).toEqual([
        expect.stringMatching(/^Hi, this is Bayside Driving.* What's your name\?$/),
        expect.stringMatching(/What's your name\?$/),
      ]);
    await program.sim.advance('PT10M');
    expect(await got(phones[0]!)).toHaveLength(2);
    const twice = await inDatabase(
      `select provider_sid from sms_logs where direction = 'in' group by 1 having count(*) > 1`,
    );
    expect(twice).toEqual([]);
  });

  it('of two hours ago, such as an old YES, book nothing', async () => {
    const phone = '+61491570156';
    await program.sim.text(phone, 'thu 10am with sam');
    await program.sim.text(phone, 'Leo');
    await nextSecond();
    await lost(phone, 'yes');
    await program.sim.advance('PT2H');
    expect((await got(phone)).at(-1)).toMatch(/too old.*Reply YES to book/);
    expect(
      await inDatabase(`select 1 from lessons l join students s on s.id = l.student_id where s.phone = ?`, [phone]),
    ).toEqual([]);
  });

  it('older than the last turn answer no question and commit nothing, and their writer is told', async () => {
    const phone = '+61491570157';
    await program.sim.text(phone, 'fri 10am with sam');
    await lost(phone, 'yes');
    await nextSecond();
    expect((await program.sim.text(phone, 'Ava')).replies[0]?.body).toContain('Reply YES to book');
    await program.sim.advance('PT5M');
    expect((await got(phone)).at(-1)).toMatch(/^Your text of Tue 24 Nov, \d+:\d\dpm reached us only now, .* yes /);
    expect(
      await inDatabase(`select 1 from lessons l join students s on s.id = l.student_id where s.phone = ?`, [phone]),
    ).toEqual([]);
    // The question that stood before still stands.
    expect((await program.sim.text(phone, 'yes')).replies[0]?.body).toMatch(/^Held until/);
  });

  it('are handled once when the webhook brings them after all, and the other way round', async () => {
    const phone = '+61491570158';
    const sid = `SM${randomBytes(16).toString('hex')}`;
    await lost(phone, 'hi', { sid });
    await program.sim.advance('PT5M');
    expect(await got(phone)).toHaveLength(1);
    expect((await program.sim.text(phone, 'hi', { sid })).replies).toEqual([]);
  });

  it('written before we asked answer nothing: the question is asked again', async () => {
    const phone = '+61491571804';
    for (const words of ['fri 11am with priya', 'yes']) await lost(phone, words);
    await program.sim.advance('PT5M');
    expect((await got(phone)).at(-1)).toMatch(/What's your name\?$/);
    expect(await inDatabase('select 1 from students where phone = ?', [phone])).toEqual([]);
  });

  it('may be a picture without words, which is answered as such', async () => {
    const phone = '+61491571005';
    await program.sim.text(phone, 'hi');
    await nextSecond();
    await lost(phone, '', { media: 1 });
    await program.sim.advance('PT5M');
    expect((await got(phone)).at(-1)).toMatch(/can only read text/i);
  });

  it('may be a STOP, which counts, or come from WhatsApp', async () => {
    const stopper = '+61491570159';
    await program.sim.text(stopper, 'hi');
    await lost(stopper, 'STOP');
    await lost('+61491571266', 'hi', { channel: 'whatsapp' });
    await program.sim.advance('PT5M');
    const [{ out } = { out: null }] = await inDatabase<{ out: number | null }>(
      'select opted_out_at as out from conversations where phone = ?',
      [stopper],
    );
    expect(out).not.toBeNull();
    // The answer goes the way the text came; who then texts by SMS is answered by SMS.
    const answered = async () => (await program.sim.phone('+61491571266')).filter((text) => text.direction === 'out');
    expect((await answered()).map((text) => text.to)).toEqual(['whatsapp:+61491571266']);
    await program.sim.text('+61491571266', 'Mia');
    expect((await answered()).at(-1)).toMatchObject({ to: '+61491571266' });
    await program.sim.text('+61491571266', 'sat 3pm', { channel: 'whatsapp' });
    expect((await answered()).at(-1)).toMatchObject({ to: 'whatsapp:+61491571266' });
    expect(await inDatabase('select channel from conversations where phone = ?', ['+61491571266'])).toEqual([
      { channel: 'whatsapp' },
    ]);
  });
});
