import { connect } from 'node:net';
import { deriveKeys, loadSecretKey } from '../../src/secrets';
import { schoolIds } from '../../src/store/schools';
import { type Started, startProgram } from '../support/program';
import { checksum, fireAll, genuine, type Signed, sign, type Target } from './fuzz';

/** `npm run test:long` asks for 100,000. */
const SHOTS = Number(process.env.SHOTS ?? 10_000);

let program: Started;
let target: Target;
beforeAll(async () => {
  program = await startProgram('2026-11-24T14:00:00+11:00');
  const keys = deriveKeys(loadSecretKey(program.config));
  const [schoolId] = await schoolIds(program.database.db);
  const account = { account: keys.twilioAccountSid, token: keys.twilioAuthToken, school: '+61491570006' };
  target = { ...account, url: program.running.url, schoolId: schoolId!, seen: [] };
  // What a spy has seen: texts that were handled, one of them written for being split anew.
  const evil = 'hiFrom+61491570737FromCity';
  target.seen = [1, 2].map((n) => handled(n, n === 2 ? evil : 'hi'));
  for (const { form, signature } of target.seen) expect(await post(form, signature)).toBe(200);
  // The reply is on its way to the phone; it must have arrived before anything is summed up.
  await program.sim.advance('PT1M');
});
afterAll(() => program.stop());

function handled(n: number, body: string): Signed {
  const form = genuine(target, n, body);
  return { form, signature: sign(target, form) };
}

async function post(form: Record<string, string>, signature: string): Promise<number> {
  const headers = { 'x-twilio-signature': signature, 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await fetch(`${target.url}/webhooks/twilio/messages`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(form),
  });
  return answer.status;
}

test(`${SHOTS} forged, replayed, re-split, stale and malformed webhooks change nothing and none is a 5xx`, async () => {
  const before = await checksum(program.database.adminUrl);
  const statuses = await fireAll(target, SHOTS, 20261127);
  expect(Object.keys(statuses).filter((status) => Number(status) >= 500)).toEqual([]);
  expect(await checksum(program.database.adminUrl)).toBe(before);
  // All kinds were met: replays are taken with 200, shapes refused with 400, signatures with 403.
  for (const status of [200, 400, 403, 404, 415]) expect(statuses[status]).toBeGreaterThan(50);
}, 1_800_000);

test('a text written to be split anew gives no other From, though its signature fits', async () => {
  const { form, signature } = target.seen[1]!;
  const split: Record<string, string> = { ...form, Body: 'hi', From: '+61491570737', FromCity: `From${form.From}` };
  expect(sign(target, split)).toBe(signature);
  expect(await post(split, signature)).toBe(400);
});

test('fifty bodies that never end keep nobody waiting', async () => {
  const { hostname, port } = new URL(target.url);
  const slow = Array.from({ length: 50 }, () => {
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    socket.write(
      'POST /webhooks/twilio/messages HTTP/1.1\r\nhost: x\r\nx-twilio-signature: x\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 5000\r\n\r\nBody=',
    );
    return socket;
  });
  expect((await program.sim.text('+61491570157', 'hi')).replies).toHaveLength(1);
  for (const socket of slow) socket.destroy();
});
