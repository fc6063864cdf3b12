import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PageState } from '../../src/simulator/page/state';
import type { Why } from '../../src/simulator/page/why';
import { playDialogue, readDialogue } from '../support/dialogue';
import { type Started, startProgram } from '../support/program';

const MIA = '+61491570156';
const PRIYA = '+61491570313';
let program: Started;
beforeAll(async () => {
  program = await startProgram('2026-11-24T14:00:00+11:00');
});
afterAll(() => program.stop());

const get = async <T>(path: string) => (await (await fetch(`${program.running.url}/sim/api${path}`)).json()) as T;
const stateNow = () => get<PageState>('/state');
const whyOf = (sid: string) => get<Why>(`/traces/${sid}`);
const eventually = async <T>(look: () => Promise<T | null | undefined>): Promise<T> => {
  for (let tries = 0; tries < 100; tries += 1) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error('it did not come about within 3 s');
};

test('the page comes from this address only, under a policy that allows nothing else', async () => {
  const page = await fetch(`${program.running.url}/sim`);
  const policy = page.headers.get('content-security-policy');

  expect(page.status).toBe(200);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(await page.text()).not.toMatch(/ style="| on[a-z]+="|<script>|<style|https?:\/\//);
  const script = await fetch(`${program.running.url}/sim/js/main.mjs`);
  expect(script.headers.get('content-type')).toContain('text/javascript');
  expect((await fetch(`${program.running.url}/sim/nothing.mjs`)).status).toBe(404);
  expect((await fetch(`${program.running.url}/livez`)).headers.get('content-security-policy')).not.toBe(policy);
});

test('a text is explained: what was heard, where it went, what was written, and how long it took', async () => {
  const { sid, replies } = await program.sim.text(MIA, 'hi can i get a lesson sat arvo');

  const why = await eventually(async () => {
    const found = await whyOf(sid);
    return found.trace?.ms ? found : null;
  });
  expect(why.trace!.understood!.readings[0]).toMatchObject({ intent: 'book', date: '2026-11-28' });
  expect([why.trace!.from, why.trace!.to]).toEqual(['idle', 'register.name']);
  expect(why.trace!.templates).toContain('ask.register.name');
  expect(why.written.map((one) => one.table)).toEqual(['sms_logs', 'sms_logs']);
  expect((await whyOf(String(why.trace!.seq))).written).toEqual(why.written);
  const reply = await whyOf(replies[0]!.sid);
  expect(reply.trace!.cause).toEqual({ kind: 'text', sid });
  expect((await fetch(`${program.running.url}/sim/api/traces/SM${'0'.repeat(32)}`)).status).toBe(404);
});

test('the state names schools, people, the next event and open holds', async () => {
  await program.sim.text(MIA, 'mia');
  await program.sim.text(MIA, '3');
  await program.sim.text(MIA, 'yes');

  const state = await stateNow();
  const school = state.schools[0]!;
  expect(school).toMatchObject({ name: 'Bayside Driving', phone: '+61491570006', zone: 'Australia/Sydney' });
  expect(school.people).toContainEqual({ phone: MIA, name: 'Mia', role: 'student' });
  expect(school.people).toContainEqual({ phone: PRIYA, name: 'Priya', role: 'instructor' });
  expect(school.holds).toEqual([expect.objectContaining({ phone: MIA, amountCents: 2000 })]);
  expect(state.next).toMatchObject({ what: 'hold_ended', who: MIA });
});

test('the stream says at once that texts came, with the turns', async () => {
  const stop = new AbortController();
  const stream = await fetch(`${program.running.url}/sim/api/stream`, { signal: stop.signal });
  expect(stream.headers.get('content-type')).toContain('text/event-stream');
  let heard = '';
  const listening = (async () => {
    for await (const part of stream.body!) heard += Buffer.from(part).toString();
  })().catch(() => {});
  await eventually(async () => heard.includes('event: state'));

  await program.sim.text(PRIYA, 'today');

  await eventually(async () => heard.includes('event: texts') && heard.includes('event: traces'));
  expect(heard).toContain(`"phones":["${PRIYA}"]`);
  stop.abort();
  await listening;
});

test('a start code that was typed is in no trace', async () => {
  const { holds, lessons } = (await stateNow()).schools[0]!;
  const mine = lessons.find((one) => one.phone === MIA)!;
  await program.sim.credit({ amountCents: 2000, description: `lesson ${holds[0]!.reference}` });
  await program.sim.setClock(new Date(mine.at).toISOString());
  const told = (await program.sim.phone(MIA)).findLast((one) => /start code is/.test(one.body))!;
  const code = /\d{6}/.exec(told.body)![0];

  const { sid } = await program.sim.text(MIA, code);

  await eventually(async () => (await whyOf(sid)).trace);
  const { rows } = await program.database.db.raw('select trace::text as trace from sim.traces');
  expect(rows.filter((one: { trace: string }) => one.trace.includes(code))).toEqual([]);
  expect(rows.length).toBeGreaterThan(5);
});

test('the whole session, saved as a dialogue without what the carrier answers of itself, replays as it is', async () => {
  await program.sim.text('+61491570157', 'CANCEL');
  await program.sim.credit({ amountCents: 500, description: 'no reference' });
  const answer = await fetch(`${program.running.url}/sim/api/dialogue`);
  expect(answer.headers.get('content-disposition')).toMatch(/attachment; filename="?dialogue-2026-11-28\.txt/);
  const path = join(mkdtempSync(join(tmpdir(), 'dialogue-')), 'saved.txt');
  writeFileSync(path, await answer.text());
  const { lines } = readDialogue(path);

  expect(lines).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'says', words: 'CANCEL' })]));
  expect(lines).toEqual(
    expect.arrayContaining([expect.objectContaining({ kind: 'does', words: 'pay $5 no reference' })]),
  );
  expect(lines.filter((line) => line.words.includes('unsubscribed'))).toEqual([]);
  await playDialogue(path);
});
