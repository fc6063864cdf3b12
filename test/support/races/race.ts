import { takeCredit } from '../../../src/bank/credit';
import { look } from '../../../src/jobs/sweep';
import { inSchool } from '../../../src/store/database';
import { registerStudent } from '../../../src/store/people';
import { at, rows } from '../../../src/store/sql';
import { turnOfText } from '../../../src/turn/text';
import type { World } from '../../../src/world';
import { makeSchool } from '../school';
import { openTurns, type Turns } from '../turns';
import { type Copy, copiesOf } from './copies';
import { type Ended, whatBecameOf } from './ended';

export const [ZOE, TOM] = ['+61491570157', '+61491570158'] as const;

/** What happens in one moment: texts, whatever falls due, a credit of the bank. */
export type Act =
  | { kind: 'text'; from: string; words: string }
  | { kind: 'due' }
  | { kind: 'credit'; cents: number; reference: string };

/** Brings a school to where the race starts, and says what happens then, `later` after that. */
export type Race = (start: Start) => Promise<{ acts: Act[]; later?: number }>;

export type Start = {
  turns: Turns;
  schoolId: string;
  phone: string;
  /** A text, and what is expected of its answer. */
  says(phone: string, words: string, answer: RegExp): Promise<string>;
  books(phone: string, words: string): Promise<string>;
};

/** A hold lasts an hour, a question longer. */
const POLICY = { holdHours: 1, staleOfferMinutes: 120 };
/** So many schools race side by side; their locks are their own. */
const SIDE_BY_SIDE = 6;

/**
 * Plays a race many times: one school is brought to its start by texts, each round is a copy of that school. Who is first,
 * and by how much, differs from round to round.
 */
export async function play(race: Race, count: number, depositCents = 0): Promise<Ended[]> {
  const turns = await openTurns('2026-11-23T10:00:00+11:00');
  try {
    const { schoolId, acts, now } = await started(turns, race, depositCents);
    const copies = await copiesOf(turns.database.adminUrl, schoolId, count);
    const world: World = { ...turns.world, now: async () => now };
    const seen = await whatBecameOf.seen(turns.database.adminUrl);
    const waiting = copies.map((copy, round) => ({ copy, round }));
    const oneByOne = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift())
        await playRound(world, next.copy, acts, next.round);
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, oneByOne));
    return await whatBecameOf(turns.database.adminUrl, copies, [ZOE, TOM], seen);
  } finally {
    await turns.close();
  }
}

async function started(turns: Turns, race: Race, depositCents: number) {
  const phone = '+61491575000';
  const given = { zone: 'Australia/Sydney', phone, depositCents, policy: POLICY };
  const { id: schoolId } = await makeSchool(turns.world.db, given);
  const began = await turns.world.now();
  await inSchool(turns.world.db, schoolId, async (tx) => {
    await registerStudent(tx, schoolId, ZOE, 'Zoe', began);
    await registerStudent(tx, schoolId, TOM, 'Tom', began);
  });
  const says = async (from: string, words: string, answer: RegExp) => {
    const got = await turns.text(phone, from, words);
    expect(got).toMatch(answer);
    return got;
  };
  const books = async (from: string, words: string) => {
    await says(from, words, /Reply YES to book/);
    return says(from, 'yes', depositCents > 0 ? /^Held until/ : /^Booked/);
  };
  const { acts, later = 0 } = await race({ turns, schoolId, phone, says, books });
  return { schoolId, acts, now: (await turns.world.now()) + later };
}

/** All of it at one moment, then whatever that made due. */
async function playRound(world: World, school: Copy, acts: Act[], round: number): Promise<void> {
  const order = acts.map((_, at) => acts[(at + round) % acts.length]!);
  const apartMs = Math.floor(round / acts.length) % 6;
  await Promise.all(
    order.map(async (act, place) => {
      if (place * apartMs > 0) await new Promise((resolve) => setTimeout(resolve, place * apartMs));
      await perform(world, school, act, `${round}x${acts.indexOf(act)}`);
    }),
  );
  for (let times = 0; (await doDue(world, school)) > 0; times += 1)
    if (times > 20) throw new Error('something stays due for ever');
}

async function perform(world: World, school: Copy, act: Act, id: string): Promise<unknown> {
  switch (act.kind) {
    case 'text': {
      const { from, words: text } = act;
      const providerSid = `SM${id.padStart(32, '0')}`;
      return turnOfText(world, { channel: 'sms', providerSid, to: school.phone, from, text, media: 0 });
    }
    case 'due':
      return doDue(world, school);
    case 'credit':
      return takeCredit(world, school.id, {
        ...{
          source: 'test',
          sourceId: id,
          amountCents: act.cents,
          reference: act.reference,
          description: '',
          payer: '',
        },
        receivedAt: await world.now(),
      });
  }
}

/** What of the school is due now, all of it at once, as the alarms would ring. */
async function doDue(world: World, { id: schoolId }: Copy): Promise<number> {
  const now = await world.now();
  const due = await inSchool(world.db, schoolId, (tx) =>
    rows<{ id: string }>(tx, 'select id from events where done_at is null and due_at <= ? order by due_at', [at(now)]),
  );
  await Promise.all(due.map(({ id }) => look(world, { kind: 'event', schoolId, id })));
  return due.length;
}
