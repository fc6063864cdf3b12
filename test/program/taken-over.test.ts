import { openDatabase } from '../../src/store/database';
import { rows } from '../../src/store/sql';
import { dss } from '../cli/dss';
import { type Started, startProgram } from '../support/program';

const LEO = '+61491571491';

describe('a phone that a person answers', () => {
  let program: Started;
  beforeEach(async () => {
    program = await startProgram('2026-11-24T10:00:00+11:00');
  });
  afterEach(() => program.stop());

  const got = async () =>
    (await program.sim.phone(LEO)).filter((text) => text.direction === 'out').map((text) => text.body);
  const outgoing = async () => {
    const admin = openDatabase(program.database.adminUrl, { poolMax: 1 });
    const sql = `select message_type as type, status, status_reason as reason from sms_logs where phone = ? and direction = 'out' order by seq`;
    return rows<{ type: string; status: string; reason: string | null }>(admin, sql, [LEO]).finally(() =>
      admin.destroy(),
    );
  };

  it('a reply that was still waiting to be sent when a person took over is not sent; what the person says is', async () => {
    await program.sim.fault('429', 1000);
    await program.sim.text(LEO, 'prices');
    expect(await got()).toEqual([]);
    const env = { DATABASE_URL: program.database.url, DATA_DIR: program.config.dataDir };
    expect(await dss(['say', LEO, 'Hi Leo, Alex here.'], env)).toMatchObject({ code: 0 });
    await program.sim.fault('ok');
    await program.sim.advance('PT5M');
    expect(await got()).toEqual(['Hi Leo, Alex here.']);
    expect(await outgoing()).toMatchObject([
      { type: 'reply', status: 'skipped', reason: 'a person answers on this phone' },
      { type: 'office', status: expect.stringMatching(/sent|delivered/) },
    ]);
    expect(await dss(['handback', LEO], env)).toMatchObject({ code: 0 });
    await program.sim.text(LEO, 'prices');
    expect((await got()).at(-1)).toContain('Prices: ');
  });

  it('the promise that a person will answer is itself sent, also late', async () => {
    await program.sim.fault('429', 1);
    await program.sim.text(LEO, 'agent');
    await program.sim.advance('PT5M');
    expect(await got()).toEqual([
      'I have asked Bayside Driving to answer you here. They are in Mon-Sat 8:00am-6:00pm.',
    ]);
  });
});
