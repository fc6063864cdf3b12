import twilio from 'twilio';
import { twilioChannel } from '../../src/channels/twilio';
import type { SimFaultMode } from '../../src/simulator/client';
import { pretendTwilio } from '../../src/simulator/twilio';
import { keepText, newSid } from '../../src/simulator/twilio/texts';
import { BAYSIDE, type SmallSchool, START, say, smallSchool } from './school';

const MIA = '+61491570156';
let school: SmallSchool;

beforeEach(async () => {
  school = await smallSchool();
});
afterEach(() => school.close());

const arrived = async () => {
  const until = Date.now() + 5_000;
  while (Date.now() < until) {
    const { rows } = await school.database.db.raw('select 1 from sim.texts where underway');
    if (rows.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
const statuses = () => school.updates.map(({ status }) => status);
const onThePhone = async () => (await school.sim.phone(MIA)).map(({ body }) => body);

test('a text that is accepted reaches the phone, and its statuses come signed and in order', async () => {
  const sending = await say(school, BAYSIDE.phone, MIA, 'hello');
  await arrived();

  expect(sending).toMatchObject({
    kind: 'accepted',
    status: 'queued',
    providerSid: expect.stringMatching(/^SM[0-9a-f]{32}$/),
  });
  expect(await school.sim.phone(MIA)).toMatchObject([
    { direction: 'out', body: 'hello', status: 'delivered', segments: 1 },
  ]);
  expect(statuses()).toEqual(['sent', 'delivered']);
});

test.each<[SimFaultMode, object, string[], string[]]>([
  ['500-before', { kind: 'in_doubt' }, [], []],
  ['500-after', { kind: 'in_doubt' }, ['hello'], ['sent', 'delivered']],
  ['429', { kind: 'busy', retryAfterMs: 1000 }, [], []],
  ['timeout', { kind: 'in_doubt' }, ['hello'], ['sent', 'delivered']],
  ['drop-callback', { kind: 'accepted' }, ['hello'], []],
  ['duplicate-callback', { kind: 'accepted' }, ['hello'], ['sent', 'sent', 'delivered', 'delivered']],
  ['timeout-before', { kind: 'in_doubt' }, [], []],
  ['lost-answer', { kind: 'in_doubt' }, ['hello'], ['sent', 'delivered']],
  ['silent', { kind: 'in_doubt' }, ['hello'], []],
  ['refused', { kind: 'refused', code: 21614 }, [], []],
  ['undelivered', { kind: 'accepted' }, ['hello'], ['sent', 'undelivered']],
  ['early-callback', { kind: 'accepted' }, ['hello'], ['sent', 'delivered']],
  ['shuffled-callback', { kind: 'accepted' }, ['hello'], ['other', 'delivered', 'sent', 'other', 'sent', 'delivered']],
  ['delayed-callback', { kind: 'accepted' }, ['hello'], ['sent', 'delivered', 'other', 'sent', 'delivered']],
])(
  'with the fault %s the channel tells what is certain, and only the first text has it',
  async (mode, fate, phone, told) => {
    await school.sim.fault(mode);

    const sending = await say(school, BAYSIDE.phone, MIA, 'hello');
    await arrived();
    expect(sending).toMatchObject(fate);
    expect(await onThePhone()).toEqual(phone);
    expect(statuses()).toEqual(told);

    expect(await say(school, BAYSIDE.phone, MIA, 'again')).toMatchObject({ kind: 'accepted' });
    await arrived();
  },
);

test('statuses that come early are there before the answer is, and a slow answer comes in the end', async () => {
  await school.sim.fault('early-callback');
  await say(school, BAYSIDE.phone, MIA, 'hello');
  expect(statuses()).toEqual(['sent', 'delivered']);

  // This channel waits 2 s for an answer, a little less than it takes.
  await school.sim.fault('slow');
  expect(await say(school, BAYSIDE.phone, MIA, 'again')).toMatchObject({ kind: 'in_doubt' });
  await arrived();
  expect(await onThePhone()).toEqual(['hello', 'again']);
});

test('faults follow one another, each as often as asked, and "ok" ends them', async () => {
  await school.sim.fault('429', 2);
  await school.sim.fault('500-before', 1);
  await school.sim.fault('500-before', 9);
  const kinds = [];
  for (let i = 0; i < 4; i++) kinds.push((await say(school, BAYSIDE.phone, MIA, 'x')).kind);
  await school.sim.fault('ok');
  kinds.push((await say(school, BAYSIDE.phone, MIA, 'x')).kind);
  await arrived();

  expect(kinds).toEqual(['busy', 'busy', 'in_doubt', 'in_doubt', 'accepted']);
});

test('of texts sent at once each takes one fault', async () => {
  await school.sim.fault('500-before', 7);
  const kinds = await Promise.all(
    Array.from({ length: 20 }, async () => (await say(school, BAYSIDE.phone, MIA, 'x')).kind),
  );
  await arrived();

  expect(kinds.filter((kind) => kind === 'in_doubt')).toHaveLength(7);
  expect(kinds.filter((kind) => kind === 'accepted')).toHaveLength(13);
});

test('numbers and bodies that Twilio refuses are refused with its code, and the reason tells neither', async () => {
  const refusals = [
    await say(school, BAYSIDE.phone, '0491570156', 'x'),
    await say(school, BAYSIDE.phone, MIA, ''),
    await say(school, BAYSIDE.phone, MIA, 'x'.repeat(1601)),
  ];
  expect(refusals).toMatchObject([
    { kind: 'refused', code: 21211 },
    { kind: 'refused', code: 21602 },
    { kind: 'refused', code: 21617 },
  ]);
  expect(JSON.stringify(refusals)).not.toContain('491570156');
});

test('when Twilio cannot be reached nothing was sent; when the account is refused it is tried later', async () => {
  const { twilioAccountSid: accountSid, twilioAuthToken: authToken } = school.world.keys;
  const text = { from: BAYSIDE.phone, to: MIA, body: 'x', statusCallback: 'https://school.example/x' };
  const nowhere = twilioChannel({ accountSid, authToken, apiBaseUrl: 'http://127.0.0.1:9' });
  const stranger = twilioChannel({ accountSid, authToken: 'another-token', apiBaseUrl: `${school.url}/sim/twilio` });
  const silent = twilioChannel({ accountSid, authToken, apiBaseUrl: `${school.url}/sim/twilio`, timeoutMs: 100 });

  expect(await nowhere.send(text)).toMatchObject({ kind: 'busy' });
  expect(await stranger.send(text)).toMatchObject({ kind: 'busy', reason: 'Twilio answered 401, code 20003' });
  await school.sim.fault('timeout');
  expect(await silent.send(text)).toMatchObject({ kind: 'in_doubt', reason: 'no answer from Twilio in time' });
  await expect(nowhere.list({ since: START })).rejects.toThrow('ECONNREFUSED');
  await arrived();
});

test('the list has all pages, oldest first, by number and by time', async () => {
  const { twilioAccountSid, twilioAuthToken } = school.world.keys;
  for (let i = 0; i < 7; i++) await say(school, BAYSIDE.phone, MIA, `text ${i}`);
  await say(school, BAYSIDE.phone, '+61491570158', 'another phone');
  await arrived();
  await school.clock.advanceTo(START + 3_600_000);
  await say(school, BAYSIDE.phone, MIA, 'an hour later');
  await arrived();

  const all = await school.channel.list({ from: BAYSIDE.phone, to: MIA, since: START });
  const late = await school.channel.list({ to: MIA, since: START + 1_800_000 });
  expect(all.map(({ body }) => body)).toEqual([...[0, 1, 2, 3, 4, 5, 6].map((i) => `text ${i}`), 'an hour later']);
  expect(all[0]).toMatchObject({
    direction: 'out',
    from: BAYSIDE.phone,
    to: MIA,
    status: 'delivered',
    errorCode: null,
  });
  expect(late.map(({ body }) => body)).toEqual(['an hour later']);

  const client = twilio(twilioAccountSid, twilioAuthToken);
  client.api.baseUrl = `${school.url}/sim/twilio`;
  expect(await client.messages.list({ pageSize: 2 })).toHaveLength(9);
  expect(await client.messages.list({ pageSize: 3, limit: 4, dateSentBefore: new Date(START + 60_000) })).toHaveLength(
    4,
  );
  expect((await client.messages(all[0]!.providerSid).fetch()).body).toBe('text 0');
  await expect(client.messages(`SM${'0'.repeat(32)}`).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

test('a text that a stop interrupted is taken on by the next start', async () => {
  const { db } = school.database;
  const callback = `${school.world.config.publicUrl}/webhooks/twilio/status?message=${BAYSIDE.id}&school=${BAYSIDE.id}`;
  const text = { direction: 'out', from: BAYSIDE.phone, to: MIA, body: 'x', status: 'sent', at: START } as const;
  await keepText(db, { ...text, sid: newSid(), statusCallback: callback, underway: true });

  pretendTwilio({ world: school.world, clock: school.clock });
  await arrived();
  expect(statuses()).toEqual(['delivered']);
});
