import { inSchool, type Knex } from '../../store/database';
import { row, rows } from '../../store/sql';
import { Unusable } from '../asked';
import { schoolAt } from '../phone';
import type { SimText } from '../twilio/texts';
import { actsKept, type KeptAct } from './acts';
import type { Happening, Story } from './dialogue';

/** All that happened on the demo school's phones since its database was made, but for what the carrier answered of itself. Throws Unusable when there is no demo school. */
export async function storyOf(db: Knex): Promise<Story> {
  const demo = await schoolAt(db);
  if (!demo) throw new Unusable(409, 'a dialogue is replayed on the demo school, and there is none here');
  const school = await inSchool(db, demo.id, async (tx) => ({
    ...(await row<{ name: string; zone: string; at: number; owner: string }>(
      tx,
      'select name, timezone as zone, created_at as at, owner_phone as owner from schools where id = ?',
      [demo.id],
    ))!,
    people: await rows<{ phone: string; name: string }>(
      tx,
      `select phone, name from instructors where school_id = ? union all select phone, name from students where school_id = ?`,
      [demo.id, demo.id],
    ),
  }));
  const texts = await rows<Pick<SimText, 'seq' | 'direction' | 'from' | 'to' | 'body' | 'at'>>(
    db,
    `select seq, direction, from_number as "from", to_number as "to", body, at from sim.texts
     where (to_number = ? or from_number = ?) and not by_carrier order by seq`,
    [demo.phone, demo.phone],
  );
  const happenings = inOrder(texts, await actsKept(db), demo.phone);
  const phones = texts.map((text) => (text.direction === 'in' ? text.from : text.to));
  const names = namesOf(new Set(phones), [{ phone: school.owner, name: 'alex' }, ...school.people]);
  const title = `Saved from the phones of ${school.name}: ${count(new Set(phones).size, 'phone')}, ${count(texts.length, 'text')}.`;
  return { title, startedAt: school.at, zone: school.zone, names, happenings };
}

type Text = Pick<SimText, 'seq' | 'direction' | 'from' | 'to' | 'body' | 'at'>;

/** An act stands after the text that was the newest when it was done. */
function inOrder(texts: Text[], acts: KeptAct[], school: string): Happening[] {
  const seen = new Set<string>();
  const done = acts.flatMap((act) => {
    const happening = happeningOf(act, school, seen);
    return happening ? [{ after: act.afterText, happening }] : [];
  });
  const happenings: Happening[] = [];
  for (const { seq, direction, from, to, body, at } of texts) {
    while (done[0] && done[0].after < seq) happenings.push(done.shift()!.happening);
    happenings.push({ kind: 'text', direction, phone: direction === 'in' ? from : to, body, at });
  }
  return [...happenings, ...done.map((one) => one.happening)];
}

function happeningOf(act: KeptAct, school: string, seen: Set<string>): Happening | null {
  switch (act.kind) {
    case 'clock':
      return { kind: 'clock', to: act.to };
    case 'fault':
      return { kind: 'note', words: `Here the pretend Twilio was asked for "${act.mode}", ${act.count} times.` };
    case 'credit': {
      if (act.to !== school) return null;
      if (seen.has(act.id)) return { kind: 'note', words: 'Here the bank told of the same payment again.' };
      seen.add(act.id);
      return { kind: 'credit', amountCents: act.amountCents, words: act.words };
    }
  }
}

/** Words that the format keeps for itself. */
const TAKEN = ['at', 'phone', 'bot'];

/** First names in plain letters, each once; a phone of nobody is `phone1`, `phone2`. */
function namesOf(phones: Set<string>, people: { phone: string; name: string }[]): Map<string, string> {
  const names = new Map<string, string>();
  const used = new Set(TAKEN);
  for (const phone of phones) {
    const first = people.find((one) => one.phone === phone)?.name.split(/\s/)[0] ?? '';
    const plain = first
      .normalize('NFD')
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '');
    const base = plain || 'phone';
    let name = base;
    for (let next = plain ? 2 : 1; used.has(name); next += 1) name = `${base}${next}`;
    used.add(name);
    names.set(phone, name);
  }
  return names;
}

const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;
