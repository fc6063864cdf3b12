import { CLAIM_MS } from '../../jobs/claim';
import { asSweep, inSchool, type Knex } from '../../store/database';
import { at, row, rows } from '../../store/sql';
import type { Clock } from '../clock';
import { type SchoolView, schoolView } from './school-view';

/** What falls due next in any school: `what` is an event's kind or a text's type. */
export type NextEvent = { at: number; what: string; who: string; schoolId: string };

export type PageState = {
  now: number;
  schools: SchoolView[];
  /** Further schools, by number only. */
  others: string[];
  next: NextEvent | null;
  optedOut: { school: string; phone: string }[];
  faults: { mode: string; remaining: number }[];
};

const DEMO = '+61491570006';
/** Schools shown whole: those that a phone has texted, the demo first. */
const SHOWN = 12;

/** Everything on the page but the threads. */
export async function pageState(db: Knex, clock: Clock): Promise<PageState> {
  const now = await clock.now();
  const all = await asSweep(db, (tx) =>
    rows<{ id: string; phone: string }>(tx, 'select id, phone from schools order by phone = ? desc, phone limit 200', [
      DEMO,
    ]),
  );
  const talk = await rows<{ school: string; phone: string }>(
    db,
    `select distinct case direction when 'in' then to_number else from_number end as school,
       case direction when 'in' then from_number else to_number end as phone from sim.texts limit 1000`,
  );
  const texted = new Set(talk.map((one) => one.school));
  const ranked = [...all].sort((a, b) => Number(texted.has(b.phone)) - Number(texted.has(a.phone)));
  const phones = [...new Set(talk.map((one) => one.phone))];
  const schools = await Promise.all(ranked.slice(0, SHOWN).map(({ id }) => schoolView(db, id, phones, now)));
  return {
    now,
    schools: schools.sort((a, b) => Number(b.phone === DEMO) - Number(a.phone === DEMO)),
    others: ranked.slice(SHOWN).map((one) => one.phone),
    next: await nextEvent(db, now),
    optedOut: await rows(db, 'select school_number as school, phone from sim.opt_outs order by 1, 2 limit 200'),
    faults: await rows(db, 'select mode, remaining from sim.faults where remaining > 0 order by seq limit 20'),
  };
}

async function nextEvent(db: Knex, now: number): Promise<NextEvent | null> {
  const next = await asSweep(db, (tx) =>
    row<{ kind: 'event' | 'message' | 'claim'; schoolId: string; id: string; at: number }>(
      tx,
      `(select 'event' as kind, school_id as "schoolId", id, due_at as at from events
          where done_at is null and due_at > ? order by due_at limit 1)
       union all
       (select 'message', school_id, id, due_at from sms_logs where status = 'queued' and due_at > ? order by due_at limit 1)
       union all
       (select 'claim', school_id, id, claimed_at + make_interval(secs => ?) from sms_logs
          where status = 'sending' and claimed_at > ? order by claimed_at limit 1)
       order by 4 limit 1`,
      [at(now), at(now), CLAIM_MS / 1000, at(now - CLAIM_MS)],
    ),
  );
  if (!next) return null;
  const { kind, schoolId, id } = next;
  const table =
    kind === 'event'
      ? 'select e.kind as what, c.phone from events e join conversations c on c.school_id = e.school_id and c.id = e.conversation_id where e.school_id = ? and e.id = ?'
      : 'select message_type as what, phone from sms_logs where school_id = ? and id = ?';
  const found = await inSchool(db, schoolId, (tx) => row<{ what: string; phone: string }>(tx, table, [schoolId, id]));
  return found && { at: next.at, what: kind === 'claim' ? 'in_doubt' : found.what, who: found.phone, schoolId };
}
