import { openDatabase } from '../../src/store/database';
import { rows } from '../../src/store/sql';
import { type Started, startProgram } from '../support/program';

describe('many at the same moment', () => {
  let program: Started;
  beforeEach(async () => {
    program = await startProgram('2026-11-23T10:00:00+11:00');
  });
  afterEach(() => program.stop());

  const truth = async <Row>(sql: string) => {
    const admin = openDatabase(program.database.adminUrl, { poolMax: 1 });
    try {
      return await rows<Row>(admin, sql);
    } finally {
      await admin.destroy();
    }
  };

  it('of 20 students who say YES to one slot one is booked, 19 are offered others, and nothing fails', async () => {
    const phones = Array.from({ length: 20 }, (_, at) => `+614915800${String(at + 10)}`);
    const { sim } = program;
    await Promise.all(
      phones.map(async (phone, at) => {
        await sim.text(phone, 'lesson with sam tues 4pm');
        const { replies } = await sim.text(phone, `Student ${'ABCDEFGHIJKLMNOPQRST'[at]}`);
        expect(replies[0]?.body).toContain('Tue 24 Nov, 4:00pm, 60 min with Sam? Reply YES to book.');
      }),
    );
    const answers = await Promise.all(phones.map((phone) => sim.text(phone, 'yes')));
    const bodies = answers.map((answer) => answer.replies.map((reply) => reply.body).join('\n'));
    expect(bodies.filter((body) => body.startsWith('Held until'))).toHaveLength(1);
    expect(bodies.filter((body) => /^Sorry, Tue 24 Nov, 4:00pm.* is taken\.[\s\S]*\n1 /.test(body))).toHaveLength(19);
    const live = await truth<{ n: number }>(`select count(*)::int as n from lessons where status = 'pending'`);
    expect(live).toEqual([{ n: 1 }]);
    expect(await truth(`select 1 from sms_logs where status = 'failed'`)).toEqual([]);
  });

  it('the same text delivered 10 times at once has one effect and one reply', async () => {
    const { sim } = program;
    const sid = `SM${'a'.repeat(32)}`;
    await Promise.all(Array.from({ length: 10 }, () => sim.text('+61491570156', 'hi', { sid })));
    const got = (await sim.phone('+61491570156')).filter((text) => text.direction === 'out');
    expect(got).toHaveLength(1);
    expect(await truth(`select direction, status from sms_logs order by seq`)).toEqual([
      { direction: 'in', status: 'received' },
      { direction: 'out', status: 'delivered' },
    ]);
  });
});
