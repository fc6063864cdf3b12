import { databaseClock } from '../../src/simulator/clock';
import { prepareSimulator } from '../../src/simulator/schema';
import { type SmallSchool, START, smallSchool } from './school';

let school: SmallSchool;

beforeEach(async () => {
  school = await smallSchool();
});
afterEach(() => school.close());

const HOUR = 3_600_000;

test('the clock starts where it was told, runs on, and is the same for every reader', async () => {
  const first = await school.clock.now();
  await new Promise((resolve) => setTimeout(resolve, 30));
  const second = await school.clock.now();
  await school.clock.advanceTo(START + HOUR);
  const other = await databaseClock(school.database.db, Date.parse('2030-01-01T00:00:00Z'));

  expect(first).toBeGreaterThanOrEqual(START);
  expect(first).toBeLessThan(START + 5_000);
  expect(second).toBeGreaterThanOrEqual(first + 25);
  expect(await other.now()).toBeGreaterThanOrEqual(START + HOUR);
  expect(await other.now()).toBeLessThan(START + HOUR + 5_000);
});

test('the clock never goes back, even when the machine\u2019s clock does', async () => {
  await school.clock.advanceTo(START + HOUR);
  await school.clock.advanceTo(START);
  const before = await school.clock.now();
  await school.database.db.raw('update sim.clock set offset_ms = offset_ms - 7200000');

  const restarted = await databaseClock(school.database.db);
  expect(before).toBeGreaterThanOrEqual(START + HOUR);
  expect(await school.clock.now()).toBeGreaterThanOrEqual(before);
  expect(await restarted.now()).toBeGreaterThanOrEqual(START + HOUR);
});

test('preparing the simulator again, and by several at once, changes nothing', async () => {
  await Promise.all([1, 2, 3].map(() => prepareSimulator(school.database.db)));
  expect(await school.clock.now()).toBeGreaterThanOrEqual(START);
});

test('an advance does all that falls due on the way, in order and at its time', async () => {
  const done: [string, number][] = [];
  const at = (name: string, hours: number, then?: () => void) => {
    const work = async () => {
      done.push([name, Math.round(((await school.clock.now()) - START) / HOUR)]);
      then?.();
    };
    school.later.push({ at: START + hours * HOUR, work });
  };
  at('third', 30);
  at('first', 1, () => at('second', 2));
  at('too late', 49);

  const now = await school.sim.advance('P2D');
  expect(done).toEqual([
    ['first', 1],
    ['second', 2],
    ['third', 30],
  ]);
  expect(Date.parse(now) - START).toBeGreaterThanOrEqual(48 * HOUR);
  expect(Date.parse(now) - START).toBeLessThan(48 * HOUR + 60_000);
});

test('set takes an instant in any zone, and two advances at once follow one another', async () => {
  expect(Date.parse(await school.sim.setClock('2026-11-24T12:00:00+11:00'))).toBeGreaterThanOrEqual(START + 3 * HOUR);

  await Promise.all([school.sim.advance('PT1H'), school.sim.setClock('2026-11-24T14:30:00+11:00')]);
  expect(Date.parse(await school.sim.clock())).toBeGreaterThanOrEqual(START + 5.5 * HOUR);
});
