import { takeCredit } from '../../../src/bank/credit';
import { inSchool } from '../../../src/store/database';
import { rows } from '../../../src/store/sql';
import { turnOfEvent } from '../../../src/turn/event';
import { makeSchool, type TestSchool } from '../school';
import type { QuietWorld } from '../world';

/** What stands in a school after a race. */
export type Standing = {
  lesson: string;
  status: string;
  deposit: string | null;
  cents: number | null;
  student: string;
}[];

/** A round has a school of its own; Monday 10:00 in Sydney, so that Tuesday and Thursday are ahead. */
export const RACE_STARTS = Date.parse('2026-11-23T10:00:00+11:00');
const mia = '+61491580010';
const leo = '+61491580011';

/**
 * Mia's YES to a list against Leo's YES to one of its slots, at the same moment. Throws unless one of them has all that was
 * confirmed and the other nothing, is told so, and every lesson has exactly one deposit of the one payment that was asked.
 */
export async function listYesAgainstYes(quiet: QuietWorld, round: number): Promise<'list' | 'one'> {
  const school = await raceSchool(quiet, round);
  const say = (phone: string, words: string) => quiet.say(phone, school.phone, words);
  await say(mia, 'tues and thurs 4pm');
  expectText(await say(mia, 'Mia'), /Reply YES to book both/);
  await say(leo, 'thurs 4pm');
  expectText(await say(leo, 'Leo'), /Thu 26 Nov, 4:00pm, 60 min with Kim\? Reply YES to book\.$/);

  const [list, one] = await Promise.all([say(mia, 'yes'), say(leo, 'yes')]);

  const standing = await standingOf(quiet, school);
  const whose = (name: string) => standing.filter((row) => row.student === name).length;
  const winner =
    whose('Mia') === 2 && whose('Leo') === 0 ? 'list' : whose('Mia') === 0 && whose('Leo') === 1 ? 'one' : null;
  if (!winner) throw new Error(`an orphan: ${JSON.stringify(standing)}`);
  for (const row of standing)
    if (row.status !== 'pending' || row.deposit !== 'pending' || row.cents !== 2000)
      throw new Error(`a lesson without its deposit: ${JSON.stringify(standing)}`);
  expectText(
    list,
    winner === 'list'
      ? /^Held until .*: 2 lessons\. Pay \$40 /
      : /Thu 26 Nov is taken\.[\s\S]*1 Tue 24 Nov, 4:00pm[\s\S]*Reply YES/,
  );
  expectText(one, winner === 'one' ? /^Held until .*Pay \$20 / : /^Sorry, Thu 26 Nov, 4:00pm.* is taken\./);
  return winner;
}

/**
 * The payment of a list against the end of its holds, at the same moment. Throws unless each lesson is confirmed with a paid
 * deposit or given up with its money kept as credit, and both together are what came.
 */
export async function paymentAgainstTheEnd(quiet: QuietWorld, round: number): Promise<number> {
  const school = await raceSchool(quiet, round);
  quiet.at.now = RACE_STARTS;
  quiet.alarms.length = 0;
  await quiet.say(mia, school.phone, 'wed thurs and fri 4pm');
  await quiet.say(mia, school.phone, 'Mia');
  const held = await quiet.say(mia, school.phone, 'yes');
  const reference = /Pay \$60 .*reference (\w+)\./.exec(held)?.[1];
  if (!reference) throw new Error(`not held: ${held}`);
  quiet.at.now = RACE_STARTS + 24 * 3_600_000;
  const ends = quiet.alarms.filter((one) => one.kind === 'event' && one.dueAt <= quiet.at.now);
  const credit = { source: 'test', sourceId: `c${round}`, amountCents: 6000, description: '', reference, payer: '' };

  const [paid] = await Promise.all([
    takeCredit(quiet.world, school.id, { ...credit, receivedAt: quiet.at.now }),
    ...ends.map((one) => turnOfEvent(quiet.world, school.id, one.id)),
  ]);

  const standing = await standingOf(quiet, school, true);
  const confirmed = standing.filter((row) => row.status === 'confirmed' && row.deposit === 'confirmed').length;
  const gone = standing.filter((row) => row.status === 'cancelled' && row.deposit === 'failed').length;
  const credited = await inSchool(quiet.world.db, school.id, (tx) =>
    rows<{ cents: number }>(
      tx,
      'select coalesce(sum(amount_cents), 0)::int as cents from credits where school_id = ?',
      [school.id],
    ),
  );
  const whole = confirmed * 2000 + credited[0]!.cents;
  if (ends.length !== 3 || confirmed + gone !== 3 || whole !== 6000 || paid.outcome === 'queued')
    throw new Error(`${ends.length} ends, ${paid.outcome}, ${whole}: ${JSON.stringify(standing)}`);
  return confirmed;
}

function raceSchool({ world }: QuietWorld, round: number): Promise<TestSchool> {
  const phone = `+614700${String(round).padStart(5, '0')}`;
  return makeSchool(world.db, { zone: 'Australia/Sydney', phone, depositCents: 2000 });
}

function standingOf({ world }: QuietWorld, { id }: TestSchool, cancelledToo = false): Promise<Standing> {
  return inSchool(world.db, id, (tx) =>
    rows(
      tx,
      `select l.id as lesson, l.status, d.status as deposit, d.amount_cents as cents, s.name as student from lessons l
       join students s on s.school_id = l.school_id and s.id = l.student_id
       left join payment_deposits d on d.school_id = l.school_id and d.lesson_id = l.id
       where l.school_id = ? and (? or l.status <> 'cancelled') order by l.start_time`,
      [id, cancelledToo],
    ),
  );
}

function expectText(text: string, expected: RegExp): void {
  if (!expected.test(text)) throw new Error(`expected ${expected}, got: ${text}`);
}
