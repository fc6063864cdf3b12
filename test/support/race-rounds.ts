import { takeCredit } from '../../src/bank/credit';
import { HOUR } from '../../src/domain/time';
import { sweep } from '../../src/jobs/sweep';
import { inSchool } from '../../src/store/database';
import { registerStudent } from '../../src/store/people';
import { rows } from '../../src/store/sql';
import { turnOfText } from '../../src/turn/text';
import type { World } from '../../src/world';
import { makeSchool } from './school';
import type { Turns } from './turns';

/** What became of a round: what Zoe and Tom got for what they said at one moment, and what stands in the database. */
export type Round = {
  answers: [string, string];
  /** Live lessons, `Zoe Fri 14:00`, in the order of names and times. */
  lessons: string[];
  /** Overlapping live lessons, deposits open without a hold, texts and events that failed: each is an orphan. */
  orphans: number;
};

const [ZOE, TOM] = ['+61491570157', '+61491570158'] as const;
let schools = 0;

/** Two move their lessons to one free time at the same moment. */
export async function moveAgainstMove(turns: Turns): Promise<Round> {
  const open = await twoStudents(turns, 0);
  await open.books(ZOE, 'sat 9am');
  await open.books(TOM, 'sat 11am');
  for (const phone of [ZOE, TOM])
    await open.says(phone, 'move my lesson to fri 2pm', /to Fri 27 Nov, 2:00pm.*Reply YES/);
  return open.atOnce([
    [ZOE, 'yes'],
    [TOM, 'yes'],
  ]);
}

/** A lesson is moved by one text and dropped by another of the same phone at the same moment, while somebody books its time. */
export async function moveAgainstDrop(turns: Turns): Promise<Round> {
  const open = await twoStudents(turns, 0);
  await open.says(TOM, 'sat 9am', /Reply YES to book/);
  await open.books(ZOE, 'sat 9am');
  await open.says(ZOE, 'move my lesson to fri 2pm', /Reply YES to move/);
  return open.atOnce([
    [ZOE, 'yes'],
    [ZOE, 'drop my lesson'],
    [TOM, 'yes'],
  ]);
}

/** Somebody says YES to a time whose unpaid hold ends at that moment. */
export async function yesAgainstHoldEnd(turns: Turns): Promise<Round> {
  const open = await twoStudents(turns, 2000);
  await open.says(TOM, 'sat 9am', /Reply YES to book/);
  await open.books(ZOE, 'sat 9am');
  return open.atOnce([[TOM, 'yes']], HOUR);
}

/** The deposit lands at the moment at which its hold ends. */
export async function moneyAgainstHoldEnd(turns: Turns): Promise<Round> {
  const open = await twoStudents(turns, 2000);
  const held = await open.books(ZOE, 'sat 9am');
  const reference = /reference (\w+)/.exec(held)![1]!;
  return open.atOnce([], HOUR, reference);
}

/** Two say YES to lists that share a time. */
export async function listAgainstList(turns: Turns): Promise<Round> {
  const open = await twoStudents(turns, 0);
  await open.says(ZOE, 'thurs and fri 4pm', /Reply YES to book both/);
  await open.says(TOM, 'fri and sat 4pm', /Reply YES to book both/);
  return open.atOnce([
    [ZOE, 'yes'],
    [TOM, 'yes'],
  ]);
}

/** A school of its own with Zoe and Tom; a hold lasts an hour, a question longer. */
const POLICY = { holdHours: 1, staleOfferMinutes: 120 };

async function twoStudents({ world, text, sent, settle }: Turns, depositCents: number) {
  schools += 1;
  const to = `+6149158${String(1000 + schools)}`;
  const { id } = await makeSchool(world.db, { zone: 'Australia/Sydney', phone: to, depositCents, policy: POLICY });
  const began = await world.now();
  await inSchool(world.db, id, async (tx) => {
    await registerStudent(tx, id, ZOE, 'Zoe', began);
    await registerStudent(tx, id, TOM, 'Tom', began);
  });
  const says = async (phone: string, words: string, answer: RegExp) => {
    const got = await text(to, phone, words);
    expect(got).toMatch(answer);
    return got;
  };
  return {
    says,
    async books(phone: string, words: string) {
      await says(phone, words, /Reply YES to book/);
      return says(phone, 'yes', depositCents > 0 ? /^Held until/ : /^Booked/);
    },
    /** All of it at one moment, that moment's due work too. */
    async atOnce(said: [string, string][], later = 0, reference: string | null = null): Promise<Round> {
      const now = began + later;
      const then: World = { ...world, now: async () => now };
      const before = sent.length;
      const one = ([from, words]: [string, string], at: number) => {
        const providerSid = `SM${String(schools).padStart(16, '0')}${String(at).padStart(16, 'r')}`;
        return turnOfText(then, { channel: 'sms', providerSid, to, from, text: words, media: 0 });
      };
      const lands = (description: string) =>
        takeCredit(then, id, {
          source: 'test',
          sourceId: `credit-${schools}`,
          amountCents: depositCents,
          description,
          reference: '',
          payer: '',
          receivedAt: now,
        });
      await Promise.all([
        ...said.map(one),
        ...(later > 0 ? [sweep(then)] : []),
        ...(reference ? [lands(reference)] : []),
      ]);
      while ((await sweep(then)) > 0);
      if (later === 0) await settle();
      const got = (phone: string) =>
        sent
          .slice(before)
          .filter((text) => text.from === to && text.to === phone)
          .map((text) => text.body)
          .join('\n');
      return { answers: [got(ZOE), got(TOM)], ...(await standing(world, id)) };
    },
  };
}

async function standing({ db }: World, schoolId: string): Promise<Pick<Round, 'lessons' | 'orphans'>> {
  return inSchool(db, schoolId, async (tx) => {
    const lessons = await rows<{ lesson: string }>(
      tx,
      `select s.name || to_char(l.start_time at time zone 'Australia/Sydney', ' Dy HH24:MI') || case l.status when 'pending' then ' held' else '' end as lesson
       from lessons l join students s on s.school_id = l.school_id and s.id = l.student_id
       where l.status in ('pending', 'confirmed', 'in_progress') order by s.name desc, l.start_time`,
    );
    const orphans = await rows(
      tx,
      `select 1 from lessons a join lessons b on b.id > a.id and b.instructor_id = a.instructor_id and b.busy && a.busy
         where a.status in ('pending', 'confirmed') and b.status in ('pending', 'confirmed')
       union all select 1 from payment_deposits d join lessons l on l.school_id = d.school_id and l.id = d.lesson_id
         where (d.status = 'pending') <> (l.status = 'pending')
       union all select 1 from sms_logs where status = 'failed'
       union all select 1 from events where outcome = 'failed' or attempts > 0`,
    );
    return { lessons: lessons.map((one) => one.lesson), orphans: orphans.length };
  });
}
