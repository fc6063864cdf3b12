import { Client } from 'pg';
import type { Copy } from './copies';

/** What became of a round: what Zoe and Tom were told, and what stands in the database. */
export type Ended = {
  answers: string[];
  /** Live lessons, `Zoe Fri 14:00` (and `held`), in the order of names and times. */
  lessons: string[];
  /** `Zoe confirmed 2000`, of deposits in the same order; what was kept for them as credit. */
  deposits: string[];
  creditCents: number;
  /** `Zoe waiting`; the offers of the waitlist, in order. */
  wishes: string[];
  offers: string[];
  /** Overlapping live lessons, deposits open without a hold or missing, texts and events that failed. */
  orphans: string[];
};

/** What became of each school, read by somebody who sees all of them. `since`: texts before that are of no interest. */
export async function whatBecameOf(
  adminUrl: string,
  schools: Copy[],
  phones: readonly string[],
  since: number,
): Promise<Ended[]> {
  return asAdmin(adminUrl, async (admin) => {
    const found = new Map(schools.map(({ id }) => [id, [] as Found[]]));
    for (const sql of [TEXTS, LESSONS, DEPOSITS, CREDITS, WISHES, OFFERS, ORPHANS]) {
      const { rows } = await admin.query<Found & { school_id: string }>(sql, sql === TEXTS ? [since] : []);
      for (const row of rows) found.get(row.school_id)?.push(row);
    }
    return schools.map(({ id }) => endedOf(found.get(id)!, phones));
  });
}

/** The last text so far. */
whatBecameOf.seen = (adminUrl: string): Promise<number> =>
  asAdmin(adminUrl, async (admin) => {
    const { rows } = await admin.query<{ seq: string }>('select coalesce(max(seq), 0) as seq from sms_logs');
    return Number(rows[0]!.seq);
  });

type Found = { kind: string; said: string; phone?: string };

function endedOf(found: Found[], phones: readonly string[]): Ended {
  const all = (kind: string) => found.filter((one) => one.kind === kind);
  const said = (kind: string) => all(kind).map((one) => one.said);
  return {
    answers: phones.map((phone) =>
      all('text')
        .filter((one) => one.phone === phone)
        .map((one) => one.said)
        .join('\n'),
    ),
    lessons: said('lesson'),
    deposits: said('deposit'),
    creditCents: Number(said('credit')[0] ?? 0),
    wishes: said('wish'),
    offers: said('offer'),
    orphans: said('orphan'),
  };
}

const TEXTS = `select school_id, 'text' as kind, phone, body as said from sms_logs where direction = 'out' and seq > $1 order by seq`;
const OF_STUDENT = 'join students s on s.school_id = l.school_id and s.id = l.student_id';
const LESSONS = `
  select l.school_id, 'lesson' as kind, s.name || to_char(l.start_time at time zone 'Australia/Sydney', ' Dy HH24:MI')
    || case l.status when 'pending' then ' held' else '' end as said
  from lessons l ${OF_STUDENT} where l.status in ('pending', 'confirmed', 'in_progress') order by s.name desc, l.start_time`;
const DEPOSITS = `
  select l.school_id, 'deposit' as kind, s.name || ' ' || d.status || ' ' || d.amount_cents as said
  from payment_deposits d join lessons l on l.school_id = d.school_id and l.id = d.lesson_id ${OF_STUDENT}
  order by s.name desc, l.start_time`;
const CREDITS = `select school_id, 'credit' as kind, sum(amount_cents)::text as said from credits group by school_id`;
const WISHES = `select l.school_id, 'wish' as kind, s.name || ' ' || l.status as said from waitlist_entries l ${OF_STUDENT} order by s.name desc`;
const OFFERS = `select school_id, 'offer' as kind, status as said from waitlist_offers order by created_at, id`;
const ORPHANS = `
  select a.school_id, 'orphan' as kind, 'two at once' as said from lessons a join lessons b on b.school_id = a.school_id and b.id > a.id
    and b.instructor_id = a.instructor_id and b.busy && a.busy where a.status in ('pending', 'confirmed') and b.status in ('pending', 'confirmed')
  union all select d.school_id, 'orphan', 'a deposit ' || d.status || ' of a lesson ' || l.status from payment_deposits d
    join lessons l on l.school_id = d.school_id and l.id = d.lesson_id where (d.status = 'pending') <> (l.status = 'pending')
  union all select l.school_id, 'orphan', 'a hold without a deposit' from lessons l where l.status = 'pending'
    and not exists (select 1 from payment_deposits d where d.school_id = l.school_id and d.lesson_id = l.id)
  union all select school_id, 'orphan', 'a text that failed' from sms_logs where status = 'failed'
  union all select school_id, 'orphan', 'an event that failed' from events where outcome = 'failed' or attempts > 0`;

async function asAdmin<T>(url: string, work: (admin: Client) => Promise<T>): Promise<T> {
  const admin = new Client({ connectionString: url });
  await admin.connect();
  return work(admin).finally(() => admin.end());
}
