import { DAY, HOUR } from '../../src/domain/time';
import { forgetWords } from '../../src/jobs/forget';
import { type Knex, openDatabase } from '../../src/store/database';
import { rows } from '../../src/store/sql';
import { turnOfText } from '../../src/turn/text';
import { type FreshDatabase, freshDatabase } from '../support/database';
import { makeSchool, type TestSchool } from '../support/school';
import { type SmallWorld, smallWorld, textFrom } from '../support/small-world';

let database: FreshDatabase;
let admin: Knex;
let small: SmallWorld;
let school: TestSchool;
beforeEach(async () => {
  database = await freshDatabase();
  admin = openDatabase(database.adminUrl, { poolMax: 1 });
  small = smallWorld(database, '2026-11-24T14:00:00+11:00');
  school = await makeSchool(database.db, {
    zone: 'Australia/Sydney',
    phone: '+61491570006',
    policy: { retentionDays: 30 },
  });
});
afterEach(async () => {
  await admin.destroy();
  await database.drop();
});

const bodies = async () =>
  (await rows<{ body: string }>(admin, 'select body from sms_logs order by seq')).map((one) => one.body);
const count = async (table: string) =>
  (await rows<{ n: number }>(admin, `select count(*)::int as n from ${table}`))[0]!.n;

test('words go when the school keeps them no longer; rows, keys and the provider’s ids stay, so that nothing happens twice', async () => {
  const first = textFrom('+61491570156', school.phone, 'agent please');
  await turnOfText(small.world, first);
  await rows(admin, `update sms_logs set status = 'sent', provider_sid = 'SM1' where direction = 'out'`);
  const before = [await count('sms_logs'), await count('inbound_sids')];
  small.clock.now += 29 * DAY;
  await turnOfText(small.world, textFrom('+61491570157', school.phone, 'hello'));
  await forgetWords(small.world);
  expect((await bodies())[0]).toBe('agent please');

  small.clock.now += 2 * DAY;
  await forgetWords(small.world);

  const kept = (await bodies()).filter((body) => body !== '');
  expect(kept).toEqual(['hello', expect.stringContaining('booking line')]);
  expect(await count('sms_logs')).toBe(before[0]! + 2);
  expect(await rows(admin, `select detail from alerts where detail <> ''`)).toEqual([]);
  // The old text delivered again still changes nothing.
  expect(await turnOfText(small.world, first)).toBe('repeated');
});

test('it is a row that is due once a day, so that a stop of the program loses nothing and many workers do it once', async () => {
  await Promise.all([forgetWords(small.world), forgetWords(small.world)]);
  const [row] = await rows<{ dueAt: number }>(
    admin,
    `select due_at as "dueAt" from school_work where kind = 'forget_words'`,
  );
  expect(row?.dueAt).toBe(small.clock.now + DAY);
  small.clock.now += HOUR;
  expect(await forgetWords(small.world)).toBe(0);
});

test('happenings that are long done are cleared away, those to come stay', async () => {
  await turnOfText(small.world, textFrom('+61491570156', school.phone, 'sat 3pm'));
  await turnOfText(small.world, textFrom('+61491570156', school.phone, 'Mia'));
  await turnOfText(small.world, textFrom('+61491570156', school.phone, 'yes'));
  const planned = await count('events');
  expect(planned).toBeGreaterThan(3);
  await rows(admin, `update events set done_at = ? where kind = 'code_due'`, [new Date(small.clock.now)]);
  small.clock.now += 31 * DAY;
  await forgetWords(small.world);
  expect(await count('events')).toBe(planned - 1);
});
