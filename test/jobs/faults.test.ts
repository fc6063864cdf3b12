import type { SimFaultMode } from '../../src/simulator/client';
import { type Knex, openDatabase } from '../../src/store/database';
import { rows } from '../../src/store/sql';
import { type Started, startProgram } from '../support/program';
import { accepted, KINDS, type OutRow, outRows, tablesThatHold, writeText } from '../support/sending';

/** `TEXTS=500 npx jest test/jobs/faults` for the figure of the promise; a text of each kind by default. */
const ROUNDS = Math.ceil(Number(process.env.TEXTS ?? KINDS.length) / KINDS.length);
const TEXTS = Array.from({ length: ROUNDS }, () => KINDS).flat();
/** No run takes so long. */
const PATIENCE_MS = 60_000 + 2_000 * TEXTS.length;
/** So many codes are looked for. */
const MOST_CODES = 60;

type Case = { mode: SimFaultMode; code?: number; status: string; texts: 0 | 1; codeLost?: true };

/** What each fault leaves of a text, and how many of it the provider has. A start code that may be lost is made anew. */
const CASES: Case[] = [
  { mode: 'ok', status: 'delivered', texts: 1 },
  { mode: '429', status: 'delivered', texts: 1 },
  { mode: '500-before', status: 'delivered', texts: 1, codeLost: true },
  { mode: 'timeout-before', status: 'delivered', texts: 1, codeLost: true },
  { mode: '500-after', status: 'delivered', texts: 1 },
  { mode: 'timeout', status: 'delivered', texts: 1 },
  { mode: 'lost-answer', status: 'delivered', texts: 1 },
  { mode: 'silent', status: 'delivered', texts: 1 },
  { mode: 'slow', status: 'delivered', texts: 1 },
  { mode: 'slow-before', status: 'delivered', texts: 1 },
  { mode: 'drop-callback', status: 'sent', texts: 1 },
  { mode: 'duplicate-callback', status: 'delivered', texts: 1 },
  { mode: 'early-callback', status: 'delivered', texts: 1 },
  { mode: 'shuffled-callback', status: 'delivered', texts: 1 },
  { mode: 'delayed-callback', status: 'delivered', texts: 1 },
  { mode: 'undelivered', code: 30007, status: 'undelivered', texts: 1 },
  { mode: 'refused', code: 21614, status: 'failed', texts: 0 },
];

describe('whatever Twilio does with a text', () => {
  let program: Started;
  let admin: Knex;
  let schoolId: string;
  let count = 0;
  beforeAll(async () => {
    program = await startProgram('2026-11-24T14:00:00+11:00');
    admin = openDatabase(program.database.adminUrl, { poolMax: 2 });
    schoolId = (await rows<{ id: string }>(admin, 'select id from schools'))[0]!.id;
  });
  afterAll(async () => {
    await admin.destroy();
    await program.stop();
  });

  const nextPhone = () => `+614915${String(80_000 + ++count)}`;

  it.each(CASES)(
    'each text is accepted once, or not at all and it says why: $mode',
    async (given) => {
      const { mode, code, status, texts, codeLost } = given;
      const now = Date.parse(await program.sim.clock());
      const written = [];
      await program.sim.fault(mode, TEXTS.length, code);
      for (const kind of TEXTS) {
        const phone = nextPhone();
        const store = { db: program.database.db, config: program.config };
        written.push({ kind, phone, id: await writeText(store, schoolId, { kind, phone }, now) });
      }

      await program.sim.advance('PT4M');
      for (let more = 0; more < ROUNDS && (await outRows(admin)).some(isOnItsWay); more += 1)
        await program.sim.advance('PT1M');

      const [all, taken] = [await outRows(admin), await accepted(admin)];
      for (const { kind, phone, id } of written) {
        const mine = all.find((one) => one.id === id)!;
        const lost = kind === 'start_code' && codeLost;
        expect({ kind, status: mine.status }).toEqual({ kind, status: lost ? 'failed' : status });
        expect({ kind, texts: taken.filter((one) => one.phone === phone).length }).toEqual({ kind, texts });
        if (lost) expect(mine.reason).toBe('it is not known whether it arrived; a new code was made');
        else if (status === 'failed')
          expect(mine).toMatchObject({ reason: 'not a mobile number', code: 21614, sid: null });
        else if (status === 'undelivered')
          expect(mine).toMatchObject({ reason: 'stopped by the carrier as unwanted', code });
      }
      everyTextIsOneRow(all, taken);
      await program.sim.fault('ok');
    },
    PATIENCE_MS,
  );

  it('no code that was sent is in any table or queue', async () => {
    const codes = (await accepted(admin)).flatMap(({ body }) => /code is (\d{6})/.exec(body)?.[1] ?? []);
    expect(codes.length).toBeGreaterThan(10);
    for (const code of codes.slice(0, MOST_CODES))
      expect({ code, tables: await tablesThatHold(admin, code) }).toEqual({ code, tables: [] });
  });

  it('the office sees once for each phone what is wrong with it', async () => {
    const alerts = await rows<{ kind: string; detail: string; n: number }>(
      admin,
      'select kind, detail, count(*)::int as n from alerts group by 1, 2 order by 2',
    );
    const unreached = alerts.filter((one) => one.kind === 'not_reached');
    expect(unreached.map((one) => one.n)).toEqual(unreached.map(() => ROUNDS));
    expect(unreached.map((one) => one.detail)).toContain('the start code: not a mobile number');
    expect(unreached.map((one) => one.detail)).toContain('a reminder: stopped by the carrier as unwanted');
    expect(unreached).toHaveLength(2 * KINDS.length);
  });
});

const isOnItsWay = ({ status }: OutRow) => status === 'queued' || status === 'sending';

/** Both ways: what the provider has is ours, and what we say it has it has. */
function everyTextIsOneRow(all: OutRow[], taken: { sid: string }[]): void {
  const sids = all.flatMap((one) => one.sid ?? []);
  expect(new Set(sids).size).toBe(sids.length);
  expect([...sids].sort()).toEqual(taken.map((one) => one.sid).sort());
}
