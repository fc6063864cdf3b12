import { MINUTE } from '../../src/domain/time';
import type { Freed } from '../../src/domain/waitlist';
import { sweep } from '../../src/jobs/sweep';
import { inSchool } from '../../src/store/database';
import { at, row, rows, type Tx } from '../../src/store/sql';
import { slotFreed } from '../../src/turn/freed';
import { makeSchool } from '../support/school';
import { openTurns, type Turns } from '../support/turns';

const [MIA, ZOE, TOM] = ['+61491570156', '+61491570157', '+61491570158'] as const;
const SCHOOL = '+61491575000';
const SAT_9 = Date.parse('2026-11-28T09:00:00+11:00');

let turns: Turns;
beforeEach(async () => {
  turns = await openTurns('2026-11-24T10:00:00+11:00');
});
afterEach(() => turns.close());

describe('a slot that is free again', () => {
  let schoolId: string;
  let kim: string;
  const inIt = <T>(work: (tx: Tx) => Promise<T>) => inSchool(turns.world.db, schoolId, work);
  const says = (phone: string, words: string) => turns.text(SCHOOL, phone, words);
  const waits = async (phone: string, name: string, words: string) => {
    await says(phone, words);
    expect(await says(phone, name)).toContain('We text you when one opens');
  };
  const offers = () =>
    inIt((tx) => rows<{ status: string }>(tx, 'select status from waitlist_offers order by created_at'));
  const lastTo = (phone: string) => turns.sent.filter((text) => text.to === phone).at(-1)?.body;
  const freed = async (freed: Omit<Freed, 'instructorId'>, because: string) => {
    const now = await turns.world.now();
    await inIt((tx) => slotFreed({ tx, alarms: [], now }, schoolId, { instructorId: kim, ...freed }, because));
    await turns.settle();
  };
  const timeOff = (from: number, to: number) =>
    inIt((tx) =>
      rows(
        tx,
        'insert into time_off (school_id, instructor_id, starts_at, ends_at, created_at) values (?, ?, ?, ?, ?)',
        [schoolId, kim, at(from), at(to), at(0)],
      ),
    );
  const day = { startsAt: SAT_9 - 120 * MINUTE, endsAt: SAT_9 + 600 * MINUTE };

  beforeEach(async () => {
    schoolId = (await makeSchool(turns.world.db, { zone: 'Australia/Sydney', phone: SCHOOL })).id;
    kim = (await inIt((tx) => row<{ id: string }>(tx, 'select id from instructors')))!.id;
    await timeOff(day.startsAt, day.endsAt);
  });

  it('because time off ended is offered to all it suits, one after the other, while there is something left', async () => {
    await waits(ZOE, 'Zoe', 'text me if sat morning opens');
    await waits(MIA, 'Mia', 'text me if sat opens');
    await inIt((tx) => rows(tx, 'delete from time_off'));
    await freed(day, 'time_off:1');
    expect(lastTo(ZOE)).toBe(
      'A lesson has opened: Sat 28 Nov, 7:00am, 60 min with Kim. Reply YES to book by 10:15am, or NO.',
    );
    expect(await offers()).toEqual([{ status: 'asked' }]);
    expect(await says(ZOE, 'yes')).toMatch(/^Booked: Sat 28 Nov, 7:00am/);
    expect(lastTo(MIA)).toMatch(/^A lesson has opened: Sat 28 Nov, 8:15am/);
    expect(await says(MIA, 'no')).toMatch(/^OK\. You stay on the list/);
    const [event] = await inIt((tx) => rows(tx, `select outcome from events where kind = 'slot_freed'`));
    expect(event).toEqual({ outcome: 'nobody is left to ask' });
  });

  it('twice at the same time stands offered to one at a time', async () => {
    await waits(ZOE, 'Zoe', 'text me if sat 9am opens');
    await waits(MIA, 'Mia', 'text me if sat 9am opens');
    await inIt((tx) => rows(tx, 'delete from time_off'));
    await freed({ startsAt: SAT_9, endsAt: SAT_9 + 60 * MINUTE }, 'lesson:1');
    await freed({ startsAt: SAT_9, endsAt: SAT_9 + 60 * MINUTE }, 'lesson:2');
    expect(await offers()).toEqual([{ status: 'asked' }]);
    expect(lastTo(MIA)).toContain('We text you when one opens');
    await turns.advance(16 * MINUTE);
    expect(await offers()).toEqual([{ status: 'ignored' }, { status: 'asked' }]);
    expect(lastTo(MIA)).toMatch(/^A lesson has opened/);
  });

  it('looked at by several workers at one moment it asks one at a time and forgets nobody', async () => {
    const all = [
      [ZOE, 'Zoe'],
      [MIA, 'Mia'],
      [TOM, 'Tom'],
    ] as const;
    for (const [phone, name] of all) await waits(phone, name, 'text me if sat 9am opens');
    await inIt((tx) => rows(tx, 'delete from time_off'));
    await freed({ startsAt: SAT_9, endsAt: SAT_9 + 60 * MINUTE }, 'lesson:1');
    for (const [phone] of all) {
      expect(lastTo(phone)).toMatch(/^A lesson has opened/);
      expect(turns.sent.filter((text) => text.body.startsWith('A lesson has opened')).at(-1)!.to).toBe(phone);
      await turns.textOnly(SCHOOL, phone, 'no');
      for (let once = 0; once < 4; once += 1) await Promise.all([1, 2, 3, 4].map(() => sweep(turns.world)));
    }
    expect(await offers()).toEqual([{ status: 'refused' }, { status: 'refused' }, { status: 'refused' }]);
  });

  it('goes on with the next one when the question to the first could never be put', async () => {
    await waits(ZOE, 'Zoe', 'text me if sat 9am opens');
    await waits(MIA, 'Mia', 'text me if sat 9am opens');
    await inIt((tx) => rows(tx, 'delete from time_off'));
    await freed({ startsAt: SAT_9, endsAt: SAT_9 + 60 * MINUTE }, 'lesson:1');
    const now = await turns.world.now();
    await inIt((tx) =>
      rows(tx, `update events set done_at = ?, outcome = 'failed' where kind = 'waitlist_lapsed'`, [at(now)]),
    );
    await turns.advance(30 * MINUTE);
    expect(lastTo(MIA)).toMatch(/^A lesson has opened/);
    expect(await offers()).toEqual([{ status: 'passed' }, { status: 'asked' }]);
  });

  it('is offered in a text that is of no use after its time, and the same wish twice is one', async () => {
    await waits(ZOE, 'Zoe', 'text me if sat 9am opens');
    expect(await says(ZOE, 'text me if sat 9am opens')).toContain('We text you when one opens');
    expect(await inIt((tx) => rows(tx, 'select status from waitlist_entries'))).toEqual([{ status: 'waiting' }]);
    await inIt((tx) => rows(tx, 'delete from time_off'));
    await freed({ startsAt: SAT_9, endsAt: SAT_9 + 60 * MINUTE }, 'lesson:1');
    const text = await inIt((tx) =>
      row<{ expires: number; until: number }>(
        tx,
        `select m.expires_at as expires, o.expires_at as until from sms_logs m, waitlist_offers o where m.message_type = 'waitlist_offer'`,
      ),
    );
    expect(text!.expires).toBe(text!.until);
    expect(text!.until).toBe((await turns.world.now()) + 15 * MINUTE);
  });
});
