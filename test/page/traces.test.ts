import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { prepareSimulator } from '../../src/simulator/schema';
import { keepTraces, prepareTraces, tracesAfter } from '../../src/simulator/traces';
import type { Trace } from '../../src/world';
import { type FreshDatabase, freshDatabase } from '../support/database';

const log = pino({ level: 'silent' });
const turn = (words: string): Trace => ({
  schoolId: randomUUID(),
  phone: '+61491570156',
  cause: { kind: 'text', sid: words },
  at: Date.parse('2026-11-24T14:00:00+11:00'),
  understood: { readings: [{ intent: 'give_name', name: words }], also: [], why: [] },
  ...{ from: 'idle', to: 'idle', templates: [], commands: [], reply: '' },
});

let database: FreshDatabase;
beforeEach(async () => {
  database = await freshDatabase();
  await prepareSimulator(database.db);
  await prepareTraces(database.db);
  await prepareTraces(database.db);
});
afterEach(() => database.drop());

test('the last 500 turns are kept, in order, whatever characters they hold', async () => {
  const keeper = keepTraces(database.db, log);
  for (let n = 1; n <= 300; n += 1) keeper.observe(turn(`a${n}`));
  await keeper.flush();
  for (let n = 1; n <= 300; n += 1) keeper.observe(turn(`b${n} \0 \ud800 \\u0000`));
  await keeper.flush();

  const kept = await tracesAfter(database.db, 0, 1000);

  expect(kept).toHaveLength(500);
  expect(kept.at(-1)!.understood!.readings[0].name).toBe('b300  \ufffd \\u0000');
  expect((await tracesAfter(database.db, kept.at(-2)!.seq, 10)).map((one) => one.seq)).toEqual([kept.at(-1)!.seq]);
});

test('the time that an answer took is added, also when it is known before the turn is written', async () => {
  const keeper = keepTraces(database.db, log);
  keeper.observe(turn('SM1'));
  keeper.answered('SM1', 41.6);
  await keeper.flush();

  expect(await tracesAfter(database.db, 0, 10)).toEqual([expect.objectContaining({ ms: 42 })]);
});

test('a database that is away costs the page a turn, and the caller nothing', async () => {
  const keeper = keepTraces(database.db, log);
  await database.db.raw('drop table sim.traces');

  keeper.observe(turn('SM2'));

  await expect(keeper.flush()).resolves.toBeUndefined();
});
