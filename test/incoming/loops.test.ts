import { HOUR, MINUTE, SECOND } from '../../src/domain/time';
import { inSchool, type Knex, openDatabase } from '../../src/store/database';
import { row, rows } from '../../src/store/sql';
import { turnOfText } from '../../src/turn/text';
import { type FreshDatabase, freshDatabase } from '../support/database';
import { makeSchool, type TestSchool } from '../support/school';
import { type SmallWorld, smallWorld, textFrom } from '../support/small-world';

/** `ASKS=100000 npx jest test/incoming/loops` for the figure of the promise. */
const ASKS = Number(process.env.ASKS ?? 300);
const PHONE = '+61491570156';
const DRIVING =
  "I'm driving with Do Not Disturb While Driving turned on. I'll see your message when I get where I'm going.";

let database: FreshDatabase;
let admin: Knex;
let school: TestSchool;
let small: SmallWorld;
beforeEach(async () => {
  database = await freshDatabase();
  admin = openDatabase(database.adminUrl, { poolMax: 1 });
  small = smallWorld(database, '2026-11-24T14:00:00+11:00');
  school = await makeSchool(database.db, { zone: 'Australia/Sydney', phone: '+61491570006' });
});
afterEach(async () => {
  await admin.destroy();
  await database.drop();
});

/** What the phone was answered because of one text. */
async function says(text: string, from = PHONE, more: object = {}): Promise<string[]> {
  const [last] = await rows<{ seq: number | null }>(admin, 'select max(seq) as seq from sms_logs');
  await turnOfText(small.world, textFrom(from, school.phone, text, more));
  const answers = await rows<{ body: string }>(
    admin,
    `select body from sms_logs where direction = 'out' and phone = ? and seq > ? order by seq`,
    [from, last?.seq ?? 0],
  );
  return answers.map((one) => one.body);
}
const flags = async () =>
  (await rows<{ kind: string }>(admin, 'select kind from alerts order by created_at')).map((one) => one.kind);

test('a Driving Focus answer gets none, moves no conversation, and the office hears of it when it goes on', async () => {
  await says('sat 3pm');
  expect(await says('Mia')).toEqual([expect.stringContaining('Reply YES')]);
  for (let n = 0; n < 3; n += 1) expect(await says(DRIVING)).toEqual([]);
  expect(await flags()).toEqual([]);
  for (let n = 0; n < 20; n += 1) expect(await says(DRIVING)).toEqual([]);
  expect(await flags()).toEqual(['loop']);
  expect(await says('yes')).toEqual([expect.stringMatching(/^Booked: Sat 28 Nov, 3:00pm/)]);
});

test('an echo of our own texts ends at once', async () => {
  const [welcome] = await says('hello there');
  for (let n = 0; n < 10; n += 1) expect(await says(welcome!)).toEqual([]);
});

test('the same text that is not understood is answered three times at most, then the office hears of it', async () => {
  await says('sat 3pm');
  await says('Mia');
  const answers: string[] = [];
  for (let n = 0; n < 15; n += 1) {
    small.clock.now += 10 * SECOND;
    answers.push(...(await says('qwrt zxcv')));
  }
  expect(answers.length).toBeLessThanOrEqual(3);
  expect(await flags()).toContain('loop');
});

test('a bot that understands every answer and never tires gets 30 in ten minutes and 120 a day', async () => {
  await says('hi');
  await says('Mia');
  let answered = 0;
  const times: number[] = [];
  for (let n = 0; n < 200; n += 1) {
    small.clock.now += n < 60 ? 5 * SECOND : 6 * MINUTE;
    const got = await says(n % 2 ? 'prices' : 'thanks');
    answered += got.length;
    if (got.length > 0) times.push(small.clock.now);
  }
  for (const at of times)
    expect(times.filter((one) => one > at - 10 * MINUTE && one <= at).length).toBeLessThanOrEqual(30);
  expect(answered).toBeLessThanOrEqual(120);
  expect(await flags()).toEqual(['too_many_texts']);
  // The next day they are answered again.
  small.clock.now += 25 * HOUR;
  expect(await says('prices')).toHaveLength(1);
});

test('two schools of the program do not talk to each other, and short codes and names are never answered', async () => {
  const other = await makeSchool(database.db, {
    zone: 'Australia/Sydney',
    phone: '+61491570007',
    instructorPhone: '+61491570111',
  });
  for (const from of [other.phone, school.phone, '19955', 'AusPost'])
    expect(await says('hi, sat 3pm please', from)).toEqual([]);
  expect(await row(admin, `select count(*)::int as n from sms_logs where direction = 'in'`)).toEqual({ n: 4 });
});

test('a school that has sent its most texts of a day answers those it knows, and flags the others once', async () => {
  await rows(admin, `update schools set policy = '{"limits": {"textsPerSchoolDay": 10}}'`);
  await says('hi');
  await says('Mia');
  await rows(
    admin,
    `insert into sms_logs (school_id, direction, phone, message_type, body, status, provider_sid, due_at, sent_at, created_at)
     select ?, 'out', '+61491570999', 'reply', 'x', 'sent', 'SM' || n, ?, ?, ? from generate_series(1, 12) n`,
    [school.id, ...[0, 0, 0].map(() => new Date(small.clock.now))],
  );
  expect(await says('prices')).toHaveLength(1);
  expect(await says('hi', '+61491570157')).toEqual([]);
  expect(await says('hi', '+61491570158')).toEqual([]);
  expect(await flags()).toEqual(['over_cost']);
});

test('a text that always fails is answered three times, then left', async () => {
  await rows(admin, `update schools set policy = '{"holdHours": "soon"}'`);
  const answers: string[] = [];
  for (let n = 0; n < 8; n += 1) answers.push(...(await says('hi')));
  expect(answers).toHaveLength(3);
});

describe('start codes', () => {
  /** A lesson that begins in a minute. */
  async function lessonNow(phone: string): Promise<void> {
    const start = small.clock.now + MINUTE;
    const span = [start, start + HOUR, start, start + HOUR].map((one) => new Date(one));
    await inSchool(database.db, school.id, (tx) =>
      rows(
        tx,
        `with mia as (insert into students (school_id, phone, name, created_at) values (?, ?, 'Mia Chen', ?) returning id)
         insert into lessons (school_id, student_id, instructor_id, lesson_type_id, start_time, end_time, busy, status, price_cents, created_at)
         select ?, mia.id, i.id, t.id, ?, ?, tstzrange(?, ?), 'confirmed', 7500, ? from mia, instructors i, lesson_types t
         where i.school_id = ? and t.school_id = ?`,
        [
          school.id,
          phone,
          new Date(small.clock.now),
          school.id,
          ...span,
          new Date(start - 24 * HOUR),
          school.id,
          school.id,
        ],
      ),
    );
  }
  const codesTo = async (phone: string) =>
    (await row<{ n: number }>(
      admin,
      `select count(*)::int as n from sms_logs where message_type = 'start_code' and phone = ?`,
      [phone],
    ))!.n;

  test(
    'asked for without end they are at most one in 30 s, five in ten minutes and ten a day, and the asking costs few texts',
    async () => {
      await lessonNow(PHONE);
      for (let n = 0; n < ASKS; n += 1) {
        small.clock.now += Math.round((55 * MINUTE) / ASKS);
        await turnOfText(small.world, textFrom(PHONE, school.phone, 'CODE'));
      }
      const codes = await rows<{ at: number }>(
        admin,
        `select created_at as at from sms_logs where message_type = 'start_code' and phone = ?`,
        [PHONE],
      );
      const at = codes.map((one) => one.at);
      expect(at.length).toBeGreaterThan(3);
      for (const one of at) {
        expect(at.filter((other) => other > one - 30 * SECOND && other <= one)).toHaveLength(1);
        expect(at.filter((other) => other > one - 10 * MINUTE && other <= one).length).toBeLessThanOrEqual(5);
      }
      expect(at.length).toBeLessThanOrEqual(10);
      const all = await row<{ n: number }>(
        admin,
        `select count(*)::int as n from sms_logs where direction = 'out' and phone = ?`,
        [PHONE],
      );
      expect(all!.n).toBeLessThanOrEqual(200);
    },
    30_000 + 30 * ASKS,
  );

  test('go to Australian mobiles only, unless the school allows more, and the student hears how to start', async () => {
    const abroad = '+6421555123';
    await lessonNow(abroad);
    expect(await says('CODE', abroad)).toEqual([expect.stringContaining('Your instructor can start the lesson')]);
    expect([await codesTo(abroad), await flags()]).toEqual([0, ['no_code']]);
    await rows(admin, `update schools set policy = '{"startCode": {"australianMobilesOnly": false}}'`);
    expect(await says('CODE', abroad)).toEqual([expect.stringMatching(/^Your start code is/)]);
  });

  test('are capped per school and day', async () => {
    await rows(admin, `update schools set policy = '{"startCode": {"perSchoolDay": 1}}'`);
    await lessonNow(PHONE);
    expect(await says('CODE')).toEqual([expect.stringMatching(/^Your start code is/)]);
    small.clock.now += MINUTE;
    expect(await says('CODE')).toEqual([expect.stringContaining('Your instructor can start the lesson')]);
    expect([await codesTo(PHONE), await flags()]).toEqual([1, ['codes_capped']]);
  });
});
