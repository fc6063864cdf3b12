import type { Channel, Outgoing } from '../../src/channels/channel';
import { HOUR, MINUTE } from '../../src/domain/time';
import { nextDue, sweep } from '../../src/jobs/sweep';
import { inSchool, type Knex, openDatabase } from '../../src/store/database';
import { row, rows } from '../../src/store/sql';
import { turnOfText } from '../../src/turn/text';
import { type FreshDatabase, freshDatabase } from '../support/database';
import { makeSchool, type TestSchool } from '../support/school';
import { type SmallWorld, smallWorld, textFrom } from '../support/small-world';
import { chanceOf, type Sent, storyOf, violations, ZONES } from './year';

const ME = '+61491570156';
let database: FreshDatabase;
let admin: Knex;
let small: SmallWorld;
let sent: (Outgoing & { at: number })[] = [];
/** The provider takes nothing just now. */
let busy = false;
beforeEach(async () => {
  database = await freshDatabase();
  admin = openDatabase(database.adminUrl, { poolMax: 2 });
  sent = [];
  small = smallWorld(database, '2026-07-01T10:00:00+10:00', writtenDown());
});
afterEach(async () => {
  await admin.destroy();
  await database.drop();
});

/** A provider that takes everything and keeps it with the hour at which it came. */
function writtenDown(): Channel {
  return {
    async send(text) {
      if (busy) return { kind: 'busy', retryAfterMs: 1_000, reason: 'too many requests' };
      sent.push({ ...text, at: small.clock.now });
      const providerSid = `SM${String(sent.length).padStart(32, '0')}`;
      return { kind: 'accepted', providerSid, status: 'queued', segments: null, costMicros: null, currency: null };
    },
    list: async () => [],
  };
}

/** Goes to `target`, doing in order all that falls due on the way. */
async function liveUntil(target: number): Promise<void> {
  for (;;) {
    while ((await sweep(small.world)) > 0);
    const next = await nextDue(small.world);
    if (next === null || next > target) break;
    small.clock.now = Math.max(small.clock.now, next);
  }
  small.clock.now = Math.max(small.clock.now, target);
}

/** A confirmed lesson as an import writes it: no turn has planned it. */
async function writeLesson(
  school: TestSchool,
  phone: string,
  startsAt: number,
  taughtBy = school.instructorPhone,
): Promise<string> {
  return inSchool(database.db, school.id, async (tx) => {
    const at = new Date(small.clock.now);
    const span = [startsAt, startsAt + HOUR, startsAt, startsAt + HOUR].map((one) => new Date(one));
    const made = await row<{ id: string }>(
      tx,
      `with kim as (insert into instructors (school_id, name, phone, created_at) values (?, 'Kim', ?, ?)
           on conflict (school_id, phone) do update set name = excluded.name returning id),
         mia as (insert into students (school_id, phone, name, created_at) values (?, ?, 'Mia Chen', ?)
           on conflict (school_id, phone) do update set name = excluded.name returning id)
       insert into lessons (school_id, student_id, instructor_id, lesson_type_id, start_time, end_time, busy, status, price_cents, created_at)
       select ?, mia.id, kim.id, t.id, ?, ?, tstzrange(?, ?), 'confirmed', 7500, ? from mia, kim, lesson_types t where t.school_id = ?
       returning id`,
      [school.id, taughtBy, at, school.id, phone, at, school.id, ...span, at, school.id],
    );
    return made!.id;
  });
}

const move = (school: TestSchool, id: string, startsAt: number | null) =>
  inSchool(database.db, school.id, (tx) =>
    startsAt === null
      ? rows(tx, `update lessons set status = 'cancelled', reason = 'student', cancelled_at = ? where id = ?`, [
          new Date(small.clock.now),
          id,
        ])
      : rows(tx, `update lessons set start_time = ?, end_time = ?, busy = tstzrange(?, ?) where id = ?`, [
          ...[startsAt, startsAt + HOUR, startsAt, startsAt + HOUR].map((one) => new Date(one)),
          id,
        ]),
  );

const remindersTo = (phone: string) =>
  sent.filter((text) => text.to === phone && text.body.startsWith('Reminder')).map((text) => text.body);

test('a year of lessons in five zones through the sweep: written, moved and dropped by anybody, each is reminded of as it stands', async () => {
  const chance = chanceOf(42);
  const schools = new Map<string, TestSchool>();
  for (const [n, zone] of ZONES.entries())
    schools.set(
      zone,
      await makeSchool(database.db, { zone, phone: `+6149157${1000 + n}`, instructorPhone: `+6149159${1000 + n}` }),
    );
  const stories = Array.from({ length: 40 }, (_, id) => storyOf(id, chance));
  const acts = stories
    .flatMap((story) => story.changes.map((change) => ({ story, ...change })))
    .sort((a, b) => a.at - b.at);
  small.clock.now = Math.min(small.clock.now, acts[0]!.at);
  const ids = new Map<number, string>();
  for (const { story, at, startsAt } of acts) {
    await liveUntil(at - 1);
    small.clock.now = Math.max(small.clock.now, at);
    const school = schools.get(story.zone)!;
    const known = ids.get(story.id);
    // Each has an instructor and a phone of their own, so that the diary has no say.
    if (known) await move(school, known, startsAt);
    else ids.set(story.id, await writeLesson(school, phoneOf(story.id), startsAt!, `+6149160${1000 + story.id}`));
  }
  await liveUntil(small.clock.now + 40 * 24 * HOUR);
  const reminders = await rows<{ lessonId: string; type: string; at: number; startsAt: number; bookedAt: number }>(
    admin,
    `select m.lesson_id as "lessonId", m.message_type as type, m.sent_at as at, m.lesson_start as "startsAt", l.created_at as "bookedAt"
     from sms_logs m join lessons l on l.school_id = m.school_id and l.id = m.lesson_id
     where m.message_type like 'reminder%' and m.status = 'sent' order by m.sent_at`,
  );
  const wrong = stories.flatMap((story) => {
    const mine = reminders.filter((one) => one.lessonId === ids.get(story.id));
    const texts = mine.map(
      ({ type, ...one }): Sent => ({
        ...one,
        lesson: story.id,
        zone: story.zone,
        minutesBefore: type === 'reminder_24h' ? 1440 : 120,
      }),
    );
    return violations(story, texts);
  });
  expect(wrong).toEqual([]);
  expect(reminders.length).toBeGreaterThan(30);
}, 240_000);

const phoneOf = (n: number) => `+6149158${1000 + n}`;

describe('reminders of one student', () => {
  let school: TestSchool;
  const day = Date.parse('2026-07-10T15:00:00+10:00');
  beforeEach(async () => {
    school = await makeSchool(database.db, { zone: 'Australia/Sydney', phone: '+61491570006' });
  });
  const says = async (text: string) => {
    const before = sent.length;
    await turnOfText(small.world, textFrom(ME, school.phone, text));
    while ((await sweep(small.world)) > 0);
    return sent
      .slice(before)
      .filter((one) => one.to === ME)
      .map((one) => one.body);
  };

  test('two lessons close together are one text, and OK is written down for both and thanked once', async () => {
    await writeLesson(school, ME, day);
    await writeLesson(school, ME, day + 90 * MINUTE, '+61491570111');
    await liveUntil(day - 23 * HOUR);
    expect(remindersTo(ME)).toEqual([
      'Reminder from Test School: your lessons\nFri 10 Jul, 3:00pm, 60 min with Kim\nFri 10 Jul, 4:30pm, 60 min with Kim\nReply OK, or CHANGE to move or drop one.',
    ]);
    expect(await says('ok')).toEqual(['Thanks Mia, see you Fri 10 Jul, 3:00pm.']);
    expect(await says('ok')).toEqual([]);
    expect(await rows(admin, 'select count(*)::int as n from lessons where attending_at is not null')).toEqual([
      { n: 2 },
    ]);
  });

  test.each([
    ['the first', 0],
    ['the second', 1],
  ])(
    '%s of two told in one text moves before it can go out: nobody hears of it as it was, and the other is told',
    async (_which, moved) => {
      const taught = [school.instructorPhone, '+61491570111'];
      const starts = [day, day + 90 * MINUTE];
      const ids = [];
      for (const [n, startsAt] of starts.entries()) ids.push(await writeLesson(school, ME, startsAt, taught[n]));
      busy = true;
      await liveUntil(day - 24 * HOUR + 10_000);
      await move(school, ids[moved]!, day + 48 * HOUR);
      busy = false;
      await liveUntil(day - 23 * HOUR);
      const stands = ['Fri 10 Jul, 3:00pm', 'Fri 10 Jul, 4:30pm'][1 - moved];
      expect(remindersTo(ME)).toEqual([expect.stringContaining(`lesson ${stands}`)]);
      await liveUntil(day + 25 * HOUR);
      expect(remindersTo(ME).at(-1)).toContain('lesson Sun 12 Jul, 3:00pm');
      const told = await rows(
        admin,
        `select status, status_reason as reason from sms_logs where message_type = 'reminder_24h' order by seq`,
      );
      expect(told).toEqual([
        { status: 'skipped', reason: 'the lesson has moved or gone' },
        { status: 'sent', reason: null },
        { status: 'sent', reason: null },
      ]);
    },
  );

  test('"cant" leads to another time for the lesson reminded of, though another lies nearer', async () => {
    await writeLesson(school, ME, day);
    await writeLesson(school, ME, day + 7 * 24 * HOUR);
    await liveUntil(day - 23 * HOUR);
    expect(await says('cant')).toEqual([expect.stringMatching(/^What day and time instead of Fri 10 Jul, 3:00pm/)]);
    expect(await says('drop')).toEqual([expect.stringMatching(/^Drop Fri 10 Jul, 3:00pm.*Reply YES to drop it/)]);
  });

  test('one dropped or moved between two ticks of the sweep is not spoken of, and opting out silences both', async () => {
    const id = await writeLesson(school, ME, day);
    await liveUntil(day - 24 * HOUR - 1000);
    await move(school, id, day + 3 * HOUR);
    await liveUntil(day - 23 * HOUR);
    expect(remindersTo(ME)).toEqual([]);
    await liveUntil(day - 20 * HOUR);
    expect(remindersTo(ME)).toHaveLength(1);
    await says('STOP');
    await liveUntil(day + 3 * HOUR);
    expect(remindersTo(ME)).toHaveLength(1);
  });
});
