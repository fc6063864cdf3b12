import { FLOW_VERSION, machines } from '../../flows/machines';
import { NOTHING_REMEMBERED } from '../../flows/vocabulary';
import { HOUR } from '../../src/domain/time';
import { inSchool, type Knex, openDatabase } from '../../src/store/database';
import { row, rows } from '../../src/store/sql';
import { turnOfText } from '../../src/turn/text';
import { type FreshDatabase, freshDatabase } from '../support/database';
import { makeSchool, type TestSchool } from '../support/school';
import { type SmallWorld, smallWorld, textFrom } from '../support/small-world';

const PHONE = '+61491570156';
const OUT = ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'REVOKE', 'OPTOUT'];
const DROPPING = ['CANCEL', 'END', 'QUIT'];
const LESSON = Date.parse('2026-11-28T15:00:00+11:00');

let database: FreshDatabase;
let admin: Knex;
let school: TestSchool;
let small: SmallWorld;
let instructorId: string;
beforeAll(async () => {
  database = await freshDatabase();
  admin = openDatabase(database.adminUrl, { poolMax: 1 });
  small = smallWorld(database, '2026-11-24T14:00:00+11:00');
  school = await makeSchool(database.db, { zone: 'Australia/Sydney', phone: '+61491570006' });
  instructorId = await bookedStudent();
});
afterAll(async () => {
  await admin.destroy();
  await database.drop();
});

/** Mia, with a confirmed lesson on Saturday. */
async function bookedStudent(): Promise<string> {
  return inSchool(database.db, school.id, async (tx) => {
    const made = await row<{ instructor: string }>(
      tx,
      `with mia as (insert into students (school_id, phone, name, created_at) values (?, ?, 'Mia Chen', now()) returning id)
       insert into lessons (school_id, student_id, instructor_id, lesson_type_id, start_time, end_time, busy, status, price_cents, created_at)
       select ?, mia.id, i.id, t.id, ?, ?, tstzrange(?, ?), 'confirmed', 7500, now() from mia, instructors i, lesson_types t
       where i.school_id = ? and t.school_id = ? returning instructor_id as instructor`,
      [
        ...[school.id, PHONE, school.id],
        ...[LESSON, LESSON + HOUR, LESSON, LESSON + HOUR].map((one) => new Date(one)),
        ...[school.id, school.id],
      ],
    );
    return made!.instructor;
  });
}

/** All states in which a student's conversation may stand, as they are stored. */
function allStates(): unknown[] {
  type Node = { key: string; states: Record<string, Node> };
  const leaves = (node: Node): unknown[] => {
    const inner = Object.values(node.states);
    return inner.length === 0 ? [node.key] : inner.flatMap(leaves).map((value) => ({ [node.key]: value }));
  };
  return Object.values((machines.student.root as unknown as Node).states).flatMap(leaves);
}

/** Puts the conversation where the case begins: in that state, with something in hand for whatever it asks. */
async function standing(value: unknown, isOut: boolean, policy: object): Promise<void> {
  const slot = { instructorId, instructor: 'Kim', startsAt: LESSON + 24 * HOUR, endsAt: LESSON + 25 * HOUR };
  const lesson = await row<{ id: string; type: string }>(admin, 'select id, lesson_type_id as type from lessons');
  const offer = { ...slot, lessonTypeId: lesson!.type };
  const memory = {
    ...{ ...NOTHING_REMEMBERED, askedAt: small.clock.now - 60_000, request: { intent: 'book' }, offers: [offer] },
    ...{ slot: offer, lessonId: lesson!.id, lessonChoices: [{ id: lesson!.id, words: 'Sat 28 Nov, 3:00pm' }] },
  };
  const place = JSON.stringify({ role: 'student', value, memory });
  await rows(admin, `delete from alerts; delete from sms_logs`);
  await rows(
    admin,
    `insert into conversations (school_id, phone, place, flow_version, opted_out_at, created_at, updated_at)
     values (?, ?, ?, ?, ?, now(), now()) on conflict (school_id, phone) do update
     set place = excluded.place, opted_out_at = excluded.opted_out_at, answers = '[]', taken_over_at = null`,
    [school.id, PHONE, place, FLOW_VERSION, isOut ? new Date(small.clock.now) : null],
  );
  await rows(admin, 'update schools set policy = ?', [JSON.stringify(policy)]);
}

/** What one text led to. */
async function hears(text: string, optOutType?: string) {
  const inbound = textFrom(PHONE, school.phone, text, optOutType ? { optOutType } : {});
  expect(await turnOfText(small.world, inbound)).toBe('handled');
  const state = await row<{ out: boolean; lesson: string }>(
    admin,
    `select c.opted_out_at is not null as out, (select l.status from lessons l) as lesson from conversations c where c.phone = ?`,
    [PHONE],
  );
  const replies = await rows<{ body: string }>(
    admin,
    `select body from sms_logs where direction = 'out' and phone = ? order by seq`,
    [PHONE],
  );
  const alerts = await rows<{ kind: string }>(admin, 'select kind from alerts order by kind');
  return { ...state, replies: replies.map((one) => one.body), alerts: alerts.map((one) => one.kind) };
}

const CASES = allStates().map((value) => [JSON.stringify(value), value] as const);

describe('a carrier word, in every state of the conversation', () => {
  test('the states are those of the machine', () => expect(CASES.length).toBeGreaterThan(10));

  test.each(CASES)(
    '%s: as the carrier is set at first, each opts out unanswered and the office hears of a wish to drop',
    async (_name, value) => {
      for (const word of [...OUT, ...DROPPING]) {
        await standing(value, false, {});
        const flagged = DROPPING.includes(word) ? ['wanted_to_drop'] : [];
        expect([word, await hears(word)]).toEqual([
          word,
          { out: true, lesson: 'confirmed', replies: [], alerts: flagged },
        ]);
        // Nothing more reaches them, and the office hears that they wrote.
        const after = await hears('sat 3pm');
        expect([word, after.replies, after.alerts]).toEqual([word, [], [...flagged, 'wrote_while_out']]);
      }
    },
  );

  test.each(CASES)(
    '%s: with CANCEL, END and QUIT freed they ask about the drop, and the others opt out',
    async (_name, value) => {
      const policy = { freedCarrierWords: DROPPING };
      for (const word of OUT) {
        await standing(value, false, policy);
        expect([word, await hears(word, 'STOP')]).toEqual([
          word,
          { out: true, lesson: 'confirmed', replies: [], alerts: [] },
        ]);
      }
      for (const word of DROPPING) {
        await standing(value, false, policy);
        const heard = await hears(word);
        expect([word, heard]).toMatchObject([word, { out: false, lesson: 'confirmed', alerts: [] }]);
        expect([word, heard.replies]).toEqual([word, [expect.stringMatching(/Reply YES to drop it|Which lesson\?/)]]);
      }
    },
  );

  test.each(CASES)(
    '%s: START, UNSTOP and YES bring back who is out, and YES books and drops nothing by it',
    async (_name, value) => {
      for (const word of ['START', 'UNSTOP', 'YES']) {
        await standing(value, true, {});
        expect([word, await hears(word)]).toEqual([
          word,
          { out: false, lesson: 'confirmed', replies: [expect.stringContaining('Welcome back')], alerts: [] },
        ]);
      }
    },
  );
});

test('an instructor who opts out is shown to the office at once', async () => {
  await rows(admin, 'delete from alerts');
  await turnOfText(small.world, textFrom(school.instructorPhone, school.phone, 'end'));
  expect(await rows(admin, 'select kind from alerts')).toEqual([{ kind: 'instructor_opted_out' }]);
});

test('a STOP that is recovered late leaves a START that came after it alone', async () => {
  await standing('idle', true, {});
  expect((await hears('START')).out).toBe(false);
  const late = textFrom(PHONE, school.phone, 'STOP', { at: small.clock.now - HOUR });
  await turnOfText(small.world, late);
  expect(await row(admin, 'select opted_out_at as out from conversations where phone = ?', [PHONE])).toEqual({
    out: null,
  });
});
