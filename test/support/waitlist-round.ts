import { MINUTE } from '../../src/domain/time';
import { inSchool } from '../../src/store/database';
import { registerStudent } from '../../src/store/people';
import { at, rows } from '../../src/store/sql';
import { slotFreed } from '../../src/turn/freed';
import { makeSchool } from './school';
import type { Turns } from './turns';

/** Rounds to be run as often as one likes on the same turns: each makes a school of its own. They answer what became of it. */
export type Round = {
  /** Texts that Zoe and Tom got for their YES at the same moment. */
  answers: [string, string];
  /** Live lessons at the slot, by the phone of the student. */
  lessons: string[];
  /** The wishes' states by phone, and those of the offers in order. */
  wishes: Record<string, string>;
  offers: string[];
  /** Texts that could not be handled, or events that failed. */
  faults: number;
};

const NAMES = { '+61491570157': 'Zoe', '+61491570158': 'Tom' } as const;
const [ZOE, TOM] = Object.keys(NAMES) as (keyof typeof NAMES)[];
const SLOT = {
  startsAt: Date.parse('2026-11-28T09:00:00+11:00'),
  endsAt: Date.parse('2026-11-28T10:00:00+11:00'),
};
let schools = 0;

/** Two who wait say YES to one slot: the first after their time, to the same slot asked anew, the second in theirs. */
export async function twoWaitlistYes(turns: Turns): Promise<Round> {
  const to = await slotOffered(turns, [ZOE!, TOM!]);
  await turns.advance(16 * MINUTE);
  expect(await turns.text(to, ZOE!, 'yes')).toMatch(/is still free.*Reply YES to book\.$/);
  return atOnce(turns, to);
}

/** One who waits says YES at the moment at which somebody books the same slot. */
export async function waitlistYesAgainstBooking(turns: Turns): Promise<Round> {
  const to = await slotOffered(turns, [ZOE!]);
  expect(await turns.text(to, TOM!, 'sat 9am')).toMatch(/9:00am.*Reply YES to book\.$/);
  return atOnce(turns, to);
}

/** A school whose instructor had Saturday at nine off and has it no more; the first of those who wait is asked. */
async function slotOffered(turns: Turns, waiting: string[]): Promise<string> {
  schools += 1;
  const to = `+6149157${String(1000 + schools)}`;
  const { id } = await makeSchool(turns.world.db, { zone: 'Australia/Sydney', phone: to });
  ids.set(to, id);
  const now = await turns.world.now();
  const instructorId = await inSchool(turns.world.db, id, async (tx) => {
    for (const [phone, name] of Object.entries(NAMES)) await registerStudent(tx, id, phone, name, now);
    const off = await rows<{ instructor_id: string }>(
      tx,
      `insert into time_off (school_id, instructor_id, starts_at, ends_at, created_at)
       select school_id, id, ?, ?, ? from instructors returning instructor_id`,
      [at(SLOT.startsAt), at(SLOT.endsAt), at(now)],
    );
    return off[0]!.instructor_id;
  });
  for (const phone of waiting)
    expect(await turns.text(to, phone, 'text me if sat 9am opens')).toContain('We text you when one opens');
  await inSchool(turns.world.db, id, async (tx) => {
    await rows(tx, 'delete from time_off');
    await slotFreed({ tx, alarms: [], now }, id, { instructorId, ...SLOT }, 'time_off:1');
  });
  await turns.settle();
  expect(turns.sent.at(-1)).toMatchObject({ to: waiting[0], body: expect.stringMatching(/^A lesson has opened/) });
  return to;
}

const ids = new Map<string, string>();

async function atOnce(turns: Turns, to: string): Promise<Round> {
  const phones = [ZOE!, TOM!] as const;
  const before = turns.sent.length;
  await Promise.all(phones.map((phone) => turns.textOnly(to, phone, 'yes')));
  await turns.settle();
  const got = (phone: string) =>
    turns.sent
      .slice(before)
      .filter((text) => text.from === to && text.to === phone)
      .map((text) => text.body)
      .join('\n');
  const schoolId = ids.get(to)!;
  return inSchool(turns.world.db, schoolId, async (tx) => {
    const all = <Row>(sql: string) => rows<Row>(tx, sql, [schoolId]);
    const lessons = await all<{ phone: string }>(
      `select s.phone from lessons l join students s on s.school_id = l.school_id and s.id = l.student_id
       where l.school_id = ? and l.status in ('pending', 'confirmed', 'in_progress')`,
    );
    const wishes = await all<{ phone: string; status: string }>(
      `select s.phone, e.status from waitlist_entries e join students s on s.school_id = e.school_id and s.id = e.student_id where e.school_id = ?`,
    );
    const offers = await all<{ status: string }>(
      'select status from waitlist_offers where school_id = ? order by created_at, id',
    );
    const faults = await all(
      `select 1 from sms_logs where school_id = ? and status = 'failed' union all
       select 1 from events where outcome = 'failed' or attempts > 0`,
    );
    return {
      answers: [got(phones[0]), got(phones[1])],
      lessons: lessons.map((one) => one.phone),
      wishes: Object.fromEntries(wishes.map((one) => [one.phone, one.status])),
      offers: offers.map((one) => one.status),
      faults: faults.length,
    };
  });
}
