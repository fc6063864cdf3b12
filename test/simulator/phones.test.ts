import { BAYSIDE, HARBOUR, type SmallSchool, say, smallSchool } from './school';

const MIA = '+61491570156';
let school: SmallSchool;

beforeEach(async () => {
  school = await smallSchool();
});
afterEach(() => school.close());

test('a phone texts the demo school, or another one, and gets its answer', async () => {
  const first = await school.sim.text(MIA, 'hi');
  const other = await school.sim.text('0491 570 158', 'hello', { to: HARBOUR.phone });

  expect(first.replies).toMatchObject([
    { to: MIA, body: 'you said hi', segments: 1, at: expect.stringMatching(/^2026-11-23T22:00/) },
  ]);
  expect(school.heard[1]).toMatchObject({ to: HARBOUR.phone, from: '+61491570158', text: 'hello' });
  expect(other.replies).toHaveLength(1);
  expect((await school.sim.phone(MIA)).map(({ direction, status }) => [direction, status])).toEqual([
    ['in', 'received'],
    ['out', 'delivered'],
  ]);
});

test('twenty phones at once each get their own answer', async () => {
  const phones = Array.from({ length: 20 }, (_, i) => `+614915800${String(i).padStart(2, '0')}`);
  const answers = await Promise.all(phones.map((phone) => school.sim.text(phone, `from ${phone}`)));

  expect(answers.map(({ replies }) => replies.map(({ body }) => body))).toEqual(
    phones.map((phone) => [`you said from ${phone}`]),
  );
});

test('a sid given twice is delivered twice and shown once', async () => {
  const sid = `SM${'5a'.repeat(16)}`;
  const first = await school.sim.text(MIA, 'hi', { sid });
  const second = await school.sim.text(MIA, 'hi', { sid });

  expect([first.replies.length, second.replies.length, second.sid]).toEqual([1, 0, sid]);
  expect(school.heard.map(({ providerSid }) => providerSid)).toEqual([sid, sid]);
  expect(await school.sim.phone(MIA)).toHaveLength(2);
});

test('a webhook that fails once is called once more, one that fails twice has lost the text', async () => {
  school.fail.times = 1;
  expect((await school.sim.text(MIA, 'hi')).replies).toHaveLength(1);

  school.fail.times = 2;
  await expect(school.sim.text(MIA, 'hi')).rejects.toThrow('answered 500');
});

test.each([
  ['nothing', ''],
  ['NUL and a lone surrogate', 'a\0b\ud83d'],
  ['5,000 characters of another script', '\u4f60'.repeat(5000)],
  ['20,000 characters', 'x'.repeat(20_000)],
])('a text of %s gets an answer', async (_what, body) => {
  expect(await school.sim.text(MIA, body)).toMatchObject({ sid: expect.any(String) });
  expect(school.heard).toHaveLength(1);
});

test('a picture without words is passed on', async () => {
  await school.sim.text(MIA, '', { media: 2 });
  expect(school.heard[0]).toMatchObject({ text: '', media: 2 });
});

test.each(['STOP', 'stopall', 'Unsubscribe', 'END', 'quit', 'REVOKE', 'optout', ' Cancel '])(
  'after the single word "%s" the carrier lets nothing through, and passes the word on',
  async (word) => {
    const { replies } = await school.sim.text(MIA, word);
    const phone = await school.sim.phone(MIA);

    expect(school.heard[0]).toMatchObject({ text: word });
    expect(school.heard[0]).not.toHaveProperty('optOutType');
    expect(replies).toEqual([]);
    expect(phone.filter(({ direction }) => direction === 'out')).toMatchObject([{ byCarrier: true }]);
    expect(await say(school, BAYSIDE.phone, MIA, 'x')).toMatchObject({ kind: 'refused', code: 21610 });
    expect(await say(school, HARBOUR.phone, MIA, 'x')).toMatchObject({ kind: 'accepted' });
  },
);

test.each(['START', 'unstop', 'Yes'])('the single word "%s" opts back in', async (word) => {
  await school.sim.text(MIA, 'STOP');
  const { replies } = await school.sim.text(MIA, word);

  expect(replies.map(({ body }) => body)).toEqual([`you said ${word}`]);
});

test('words that only contain an opt-out word, and YES of one who is not opted out, are ordinary texts', async () => {
  for (const body of ['please stop', 'cancel my lesson', 'yes', 'STOP it']) {
    expect((await school.sim.text(MIA, body)).replies).toHaveLength(1);
  }
  expect((await school.sim.phone(MIA)).filter(({ byCarrier }) => byCarrier)).toEqual([]);
});

test('what cannot be used is refused with a remedy', async () => {
  const post = async (path: string, body: string, type = 'application/json') => {
    const init = { method: 'POST', headers: { 'content-type': type }, body };
    const response = await fetch(`${school.url}/sim/api${path}`, init);
    return [response.status, ((await response.json()) as { error: string }).error] as const;
  };
  const texts = JSON.stringify({ from: MIA, body: 'x', to: '+61491570159' });
  expect(await post('/texts', texts)).toEqual([404, expect.stringContaining('no school has the number')]);
  expect(await post('/texts', '{"body":1}')).toEqual([400, expect.stringMatching(/from: give .*body: give/)]);
  expect(await post('/texts', `{"from":"x","body":""}`)).toEqual([400, expect.stringContaining('write it like')]);
  expect(await post('/texts', '{')).toEqual([400, expect.stringContaining('JSON')]);
  expect(await post('/texts', 'x', 'text/plain')).toEqual([
    400,
    expect.stringContaining('content-type application/json'),
  ]);
  expect(await post('/faults', '{"mode":"rain"}')).toEqual([400, expect.stringContaining('500-before')]);
  expect(await post('/clock', '{}')).toEqual([400, expect.stringContaining('advance')]);
  expect(await post('/clock', '{"advance":"-PT1H"}')).toEqual([400, expect.stringContaining('forward')]);
  expect(await post('/clock', '{"advance":"P1M"}')).toEqual([400, expect.stringContaining('P1D')]);
  expect(await post('/clock', '{"set":"2026-11-25"}')).toEqual([400, expect.stringContaining('zone')]);
  expect(await post('/clock', '{"set":"2026-11-23T00:00:00Z"}')).toEqual([
    400,
    expect.stringContaining('only goes forward'),
  ]);
  expect(await post('/bank-credits', '{"amountCents":1.5}')).toEqual([400, expect.stringContaining('whole cents')]);
  expect(await post('/nowhere', '{}')).toEqual([404, expect.any(String)]);
  expect((await fetch(`${school.url}/sim/api/phones/nobody`)).status).toBe(400);
  expect((await fetch(`${school.url}/sim/api/phones/%E0%A4`)).status).toBe(400);
});

test('a bank credit goes through the signed webhook of its school, and again as a duplicate', async () => {
  const first = await school.sim.credit({ amountCents: 2000, description: 'DS7K2Q', id: 'tx-1' });
  const second = await school.sim.credit({ amountCents: 2000, id: 'tx-1' });
  const third = await school.sim.credit({ amountCents: 500, to: HARBOUR.phone });

  expect([first, second.outcome]).toEqual([{ id: 'tx-1', outcome: 'confirmed' }, 'duplicate']);
  expect(school.credits.map(({ schoolId }) => schoolId)).toEqual([BAYSIDE.id, BAYSIDE.id, HARBOUR.id]);
  expect(third.id).toMatch(/^sim-/);
});
