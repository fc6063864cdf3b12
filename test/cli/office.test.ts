import { csv } from '../../src/cli/figures';
import { type Started, startProgram } from '../support/program';
import { dss } from './dss';

const MIA = '+61491570156';

describe('a person of the office at the command line', () => {
  let program: Started;
  let env: Record<string, string>;
  beforeAll(async () => {
    program = await startProgram('2026-11-22T23:00:00Z');
    env = { DATABASE_URL: program.database.url, DATA_DIR: program.config.dataDir };
  });
  afterAll(() => program.stop());

  const json = async (...args: string[]) => {
    const done = await dss([...args, '--json'], env);
    expect(done).toMatchObject({ code: 0, err: '' });
    return JSON.parse(done.out);
  };
  const last = async () => (await program.sim.phone(MIA)).filter((text) => text.direction === 'out').at(-1)?.body;

  it('sees who waits, answers, and hands back to the bot', async () => {
    await program.sim.text(MIA, 'hi');
    await program.sim.text(MIA, 'mia');
    await program.sim.text(MIA, 'agent');
    const [waiting] = await json('inbox');
    expect(waiting).toMatchObject({ phone: MIA, name: 'Mia', alerts: [{ kind: 'hand_off' }] });
    expect(waiting.lines).toContainEqual({ direction: 'in', body: 'agent' });

    expect(await json('say', '0491 570 156', 'Hi Mia,', 'Alex here.')).toMatchObject({ phone: MIA, segments: 1 });
    for (let tries = 0; (await last()) !== 'Hi Mia, Alex here.' && tries < 100; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await last()).toBe('Hi Mia, Alex here.');
    await program.sim.text(MIA, 'prices');
    expect(await last()).toBe('Hi Mia, Alex here.');

    expect(await json('handback', MIA)).toEqual({ phone: MIA, resolved: 1 });
    expect(await json('inbox')).toEqual([]);
    await program.sim.text(MIA, 'prices');
    expect(await last()).toContain('$75');
    const told = await dss(['messages', '--phone', MIA, '--limit', '3'], env);
    expect(told.out).toMatch(/to \+61491570156 {2}(delivered|sent, not yet confirmed)/);
    expect(await dss(['handback', '+61491571804'], env)).toMatchObject({
      code: 1,
      err: expect.stringContaining('never texted'),
    });
  });

  it('sees in plain words why a text did not arrive, and what one cost', async () => {
    const phone = '+61491570158';
    await program.sim.fault('undelivered', 1, 30003);
    await program.sim.text(phone, 'hi');
    expect((await dss(['messages', '--phone', phone], env)).out).toContain(
      `to ${phone}  did not reach the phone (the phone is off or cannot be reached, error 30003)`,
    );
    expect(await json('inbox')).toContainEqual(
      expect.objectContaining({
        alerts: [
          expect.objectContaining({ kind: 'not_reached', detail: 'an answer: the phone is off or cannot be reached' }),
        ],
      }),
    );
    await program.sim.fault('silent');
    await program.sim.text(phone, 'sam');
    await program.sim.advance('PT2M');
    expect((await json('messages', '--phone', phone)).at(-1)).toMatchObject({
      ...{ direction: 'out', status: 'delivered', delivery: 'delivered', costMicros: 51_500, currency: 'USD' },
      sid: expect.stringMatching(/^SM/),
    });
    expect((await dss(['messages', '--phone', phone], env)).out).toContain('delivered; 0.0515 USD');
    await json('handback', phone);
  });

  it('sees open deposits and money without a match', async () => {
    for (const words of ['60 min wed 3pm', 'yes']) await program.sim.text(MIA, words);
    await program.sim.credit({ amountCents: 1234, description: 'lunch', payer: 'R Roe' });
    const { open, queued } = await json('deposits');
    expect(open).toMatchObject([{ name: 'Mia', amountCents: 2000 }]);
    expect(queued).toMatchObject([{ amountCents: 1234, description: 'lunch', reason: expect.any(String) }]);
    expect((await dss(['deposits'], env)).out).toContain('because: ');
  });

  it('sees who waits for a slot, in the order of entry', async () => {
    expect((await dss(['waitlist'], env)).out).toBe('Nobody waits for a slot.\n');
    await program.sim.text(MIA, 'text me if something opens sat 9am with sam');
    await program.sim.text('+61491570160', 'text me if sam has a 90 min free sat morning');
    expect(await json('waitlist')).toMatchObject([
      { name: 'Mia', phone: MIA, wish: 'Sat 28 Nov, 9:00am with Sam', instructor: 'Sam', askedUntil: null },
      { name: 'Noah Patel', lessonType: '90 min lesson' },
    ]);
    await program.sim.text('+61491571491', 'drop my lesson');
    await program.sim.text('+61491571491', 'yes');
    expect((await dss(['waitlist'], env)).out).toMatch(/^Mia {2}.* since 2026-11-23 .*asked, answers until 2026-11-23/);
  });

  it('counts days anew and exports what was asked for', async () => {
    const days = await json('stats', '--from', '2026-10-26', '--to', '2026-11-22', '--recompute');
    expect(days).toHaveLength(28);
    expect(days.some((day: { lessonsCompleted: number }) => day.lessonsCompleted > 0)).toBe(true);
    const lessons = await json('export', 'lessons');
    expect(lessons).toContainEqual(
      expect.objectContaining({ student: 'Mia', start: '2026-11-25T15:00:00', status: 'pending' }),
    );
    const { out } = await dss(['export', 'students', '--csv'], env);
    expect(out.split('\r\n')[0]).toBe('id,name,phone,suburb,transmission,otp_verified,created');
    expect(out).toContain(`,Mia,${MIA},`);
    expect(await dss(['export', 'cats'], env)).toMatchObject({ code: 2, out: '' });
    expect(await dss(['stats', '--from', '2026-02-30'], env)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--from is "2026-02-30"'),
    });
  });
});

test('a cell that a spreadsheet would run is made harmless', () => {
  expect(csv([{ name: '=1+1', note: 'a "b", c', phone: '+61491570156', at: '@x', minus: -5, none: null }])).toBe(
    'name,note,phone,at,minus,none\r\n\'=1+1,"a ""b"", c",+61491570156,\'@x,-5,\r\n',
  );
});
