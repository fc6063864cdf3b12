import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dss } from '../cli/dss';
import { setPolicy } from '../support/dialogue';
import { type Started, startProgram } from '../support/program';

const AVA = '+61491572549';
const POLICIES = join(__dirname, '../domain/policies');

describe('a late drop, by the rules of the school', () => {
  let program: Started;
  let env: Record<string, string>;
  beforeEach(async () => {
    program = await startProgram('2026-11-24T13:00:00+11:00');
    env = { DATABASE_URL: program.database.url, DATA_DIR: program.config.dataDir };
  });
  afterEach(() => program.stop());

  const says = async (words: string) =>
    (await program.sim.text(AVA, words)).replies.map((reply) => reply.body).join('\n');
  const json = async (...args: string[]) => {
    const done = await dss([...args, '--json'], env);
    expect(done).toMatchObject({ code: 0, err: '' });
    return JSON.parse(done.out);
  };
  const ruled = (name: string) => setPolicy(program, JSON.parse(readFileSync(join(POLICIES, `${name}.json`), 'utf8')));
  const lastText = async () => (await program.sim.phone(AVA)).filter((text) => text.direction === 'out').at(-1)?.body;
  const bookedWednesday = async () => {
    await says('wed 4pm with sam');
    const [, reference] = /reference (\S+?)\./.exec(await says('yes'))!;
    await program.sim.credit({ amountCents: 2000, description: reference! });
    return reference!;
  };

  it('a rule is set from a file, and a wrong one is refused with its place', async () => {
    const set = await json('policy', 'set', '--file', join(POLICIES, 'flat.json'));
    expect(set.cancellation.late).toEqual({ kind: 'flat', cents: 5500, byLessonType: { 'Test package': 15000 } });
    const refused = await dss(
      ['policy', 'set', 'travel=[{"between":["Manly","manly"],"minutes":30}]', 'closed.dates=["24/12/2026"]'],
      env,
    );
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('travel.0.between is ["Manly","manly"]') });
    expect(refused.err).toContain('closed.dates.0 is "24/12/2026": write a day as YYYY-MM-DD');
  });

  it('is told with its price, what is kept and what is still to pay; the office sees it, and it is paid by the same reference', async () => {
    await ruled('six-pm-the-day-before');
    const reference = await bookedWednesday();
    await program.sim.setClock('2026-11-24T18:01:00+11:00');
    expect(await says('drop my wed lesson')).toBe(
      'Drop Wed 25 Nov, 4:00pm, 60 min with Sam? It is late notice and costs $37.50: the school keeps your $20 deposit and $17.50 is still to pay. Reply YES to drop it.',
    );
    expect(await says('yes')).toBe(
      `Dropped: Wed 25 Nov, 4:00pm, 60 min with Sam. It is late notice and costs $37.50: the school keeps your $20 deposit and $17.50 is still to pay. Please pay $17.50 by PayID to pay@bayside.example, reference ${reference}.`,
    );
    expect((await json('deposits')).owing).toMatchObject([
      { reference, name: 'Ava Rossi', amountCents: 3750, keptCents: 2000, owingCents: 1750 },
    ]);
    expect((await dss(['deposits'], env)).out).toContain(`${reference}  $17.50  Ava Rossi ${AVA}`);

    await program.sim.credit({ amountCents: 1000, description: reference });
    expect((await json('deposits')).owing).toHaveLength(1);
    expect(await program.sim.credit({ amountCents: 1750, description: reference })).toMatchObject({
      outcome: 'confirmed',
    });
    expect(await lastText()).toBe('Got your $17.50 for Wed 25 Nov, 4:00pm, thanks Ava. Nothing more is to pay for it.');
    const { owing, queued } = await json('deposits');
    expect({ owing, queued }).toMatchObject({ owing: [], queued: [{ amountCents: 1000 }] });
  });

  it('a price that rises between the question and the YES is told before anything happens', async () => {
    await ruled('six-pm-the-day-before');
    await bookedWednesday();
    await program.sim.setClock('2026-11-24T17:50:00+11:00');
    expect(await says('drop my wed lesson')).toContain('It costs nothing; your $20 stays as credit.');
    await program.sim.setClock('2026-11-24T18:05:00+11:00');
    expect(await says('yes')).toBe(
      'That price has gone up meanwhile. Drop Wed 25 Nov, 4:00pm, 60 min with Sam? It is late notice and costs $37.50: the school keeps your $20 deposit and $17.50 is still to pay. Reply YES to drop it.',
    );
    expect(await says('no')).toBe('OK, Wed 25 Nov, 4:00pm, 60 min with Sam stays.');
    expect((await json('deposits')).owing).toEqual([]);
  });

  it('the owner waives it: what was kept comes back, nothing is owed, and who and why is on record', async () => {
    await ruled('flat');
    await bookedWednesday();
    await program.sim.setClock('2026-11-25T12:00:00+11:00');
    await says('drop my wed lesson');
    expect(await says('yes')).toContain('costs $55: the school keeps your $20 deposit and $35 is still to pay.');
    expect(await dss(['waive', '0491 571 804'], env)).toMatchObject({
      code: 1,
      err: expect.stringContaining('no late'),
    });
    expect(await json('waive', AVA, '--because', 'she was ill', '--by', 'Alex')).toMatchObject({
      name: 'Ava Rossi',
      amountCents: 5500,
      creditCents: 2000,
    });
    expect((await json('deposits')).owing).toEqual([]);
    expect(await dss(['waive', AVA], env)).toMatchObject({ code: 1 });
    await says('fri 11am with sam');
    expect(await says('yes')).toContain('Your credit of $20 pays the deposit.');
    const told = (await program.sim.phone(AVA)).map((text) => text.body);
    expect(told).toContain(
      'Bayside Driving has waived the late notice of Wed 25 Nov, 4:00pm; $20 is back as credit for your next lesson.',
    );
  });

  it('a late move is told with all of it, and the new time is held at once', async () => {
    await ruled('six-pm-the-day-before');
    const reference = await bookedWednesday();
    await program.sim.setClock('2026-11-24T18:01:00+11:00');
    expect(await says('move my wed lesson to thursday')).toBe(
      'Move Wed 25 Nov, 4:00pm, 60 min with Sam to Thu 26 Nov, 4:00pm, 60 min with Sam? It is late notice and costs $37.50: the school keeps your $20 deposit and $17.50 is still to pay. A new deposit is asked for the new time. Reply YES to move it.',
    );
    expect(await says('yes')).toMatch(
      new RegExp(
        `^Moved from Wed 25 Nov, 4:00pm, 60 min with Sam to Thu 26 Nov, 4:00pm, 60 min with Sam\\. Please pay \\$17\\.50 by PayID to pay@bayside\\.example, reference ${reference}\\. Held until Wed 25 Nov, 6:01pm\\. Pay \\$20 `,
      ),
    );
  });
});
