import { HOUR, MINUTE } from '../../../src/domain/time';
import { inSchool } from '../../../src/store/database';
import { at, row, rows } from '../../../src/store/sql';
import { slotFreed } from '../../../src/turn/freed';
import { type Race, type Start, TOM, ZOE } from './race';

const yes = (from: string) => ({ kind: 'text', from, words: 'yes' }) as const;
const due = { kind: 'due' } as const;
const referenceIn = (text: string) => /reference (\w+)/.exec(text)![1]!;

/** Two move their lessons to one free time. */
export const moveAgainstMove: Race = async ({ books, says }) => {
  await books(ZOE, 'sat 9am');
  await books(TOM, 'sat 11am');
  for (const phone of [ZOE, TOM]) await says(phone, 'move my lesson to fri 2pm', /to Fri 27 Nov, 2:00pm.*Reply YES/);
  return { acts: [yes(ZOE), yes(TOM)] };
};

/** A lesson is moved by one text and dropped by another of the same phone, while somebody books its time. */
export const moveAgainstDrop: Race = async ({ books, says }) => {
  await says(TOM, 'sat 9am', /Reply YES to book/);
  await books(ZOE, 'sat 9am');
  await says(ZOE, 'move my lesson to fri 2pm', /Reply YES to move/);
  return { acts: [yes(ZOE), { kind: 'text', from: ZOE, words: 'drop my lesson' }, yes(TOM)] };
};

/** Somebody says YES to a time whose unpaid hold ends. */
export const yesAgainstHoldEnd: Race = async ({ books, says }) => {
  await says(TOM, 'sat 9am', /Reply YES to book/);
  await books(ZOE, 'sat 9am');
  return { acts: [yes(TOM), due], later: HOUR };
};

/** The deposit lands as its hold ends. */
export const moneyAgainstHoldEnd: Race = async ({ books }) => {
  const reference = referenceIn(await books(ZOE, 'sat 9am'));
  return { acts: [{ kind: 'credit', cents: 2000, reference }, due], later: HOUR };
};

/** Two say YES to lists that share a time. */
export const listAgainstList: Race = async ({ says }) => {
  await says(ZOE, 'thurs and fri 4pm', /Reply YES to book both/);
  await says(TOM, 'fri and sat 4pm', /Reply YES to book both/);
  return { acts: [yes(ZOE), yes(TOM)] };
};

/** A YES to a list, and one to a slot of it. */
export const listAgainstOne: Race = async ({ says }) => {
  await says(ZOE, 'tues and thurs 4pm', /Reply YES to book both/);
  await says(TOM, 'thurs 4pm', /Thu 26 Nov, 4:00pm, 60 min with Kim\? Reply YES to book\.$/);
  return { acts: [yes(ZOE), yes(TOM)] };
};

/** One payment for three lessons lands as their holds end. */
export const listMoneyAgainstHoldEnd: Race = async ({ says }) => {
  await says(ZOE, 'wed thurs and fri 4pm', /Reply YES to book all/);
  const reference = referenceIn(await says(ZOE, 'yes', /Pay \$60 /));
  return { acts: [{ kind: 'credit', cents: 6000, reference }, due], later: HOUR };
};

/** Two who wait say YES to one slot: the first after their time, to the same slot asked anew, the second in theirs. */
export const twoWaitlistYes: Race = async (start) => {
  await slotOffered(start, [ZOE, TOM]);
  await start.turns.advance(16 * MINUTE);
  await start.says(ZOE, 'yes', /is still free.*Reply YES to book\.$/);
  return { acts: [yes(ZOE), yes(TOM)] };
};

/** One who waits says YES as somebody books the same slot. */
export const waitlistYesAgainstBooking: Race = async (start) => {
  await slotOffered(start, [ZOE]);
  await start.says(TOM, 'sat 9am', /9:00am.*Reply YES to book\.$/);
  return { acts: [yes(ZOE), yes(TOM)] };
};

const SAT_9 = Date.parse('2026-11-28T09:00:00+11:00');

/** The instructor had Saturday at nine off and has it no more; the first of those who wait is asked. */
async function slotOffered({ turns, schoolId, says }: Start, waiting: string[]): Promise<void> {
  const slot = { startsAt: SAT_9, endsAt: SAT_9 + HOUR };
  const now = await turns.world.now();
  const off = await inSchool(turns.world.db, schoolId, (tx) =>
    row<{ instructor_id: string }>(
      tx,
      `insert into time_off (school_id, instructor_id, starts_at, ends_at, created_at)
       select school_id, id, ?, ?, ? from instructors returning instructor_id`,
      [at(slot.startsAt), at(slot.endsAt), at(now)],
    ),
  );
  for (const phone of waiting) await says(phone, 'text me if sat 9am opens', /We text you when one opens/);
  await inSchool(turns.world.db, schoolId, async (tx) => {
    await rows(tx, 'delete from time_off');
    await slotFreed({ tx, alarms: [], now }, schoolId, { instructorId: off!.instructor_id, ...slot }, 'time_off:1');
  });
  await turns.settle();
  expect(turns.sent.at(-1)).toMatchObject({ to: waiting[0], body: expect.stringMatching(/^A lesson has opened/) });
}
