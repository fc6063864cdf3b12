import type { ChildProcess } from 'node:child_process';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { deriveKeys } from '../../src/secrets';
import { simClient } from '../../src/simulator/client';
import { openDatabase } from '../../src/store/database';
import { rows } from '../../src/store/sql';
import { freshDatabase } from '../support/database';
import { type Child, freePort, spawnChild, startChild } from '../support/process';
import { accepted, outRows } from '../support/sending';
import { until } from '../support/until';

const SECRET_KEY = 's'.repeat(40);
const MIA = '+61491570156';

it('a worker that is stopped in the middle of sending and wakes when another has taken over sends nothing twice', async () => {
  const database = await freshDatabase();
  const admin = openDatabase(database.adminUrl, { poolMax: 2 });
  const [port, unused] = [await freePort(), await freePort()];
  const shared = { DATABASE_URL: database.url, SECRET_KEY, SIM_NOW: '2026-11-24T14:00:00+11:00', HOST: '127.0.0.1' };
  const address = `http://127.0.0.1:${port}`;
  let web: Child | undefined;
  let worker: ChildProcess | undefined;
  try {
    web = await startChild(['web'], { ...shared, PORT: port, PUBLIC_URL: address });
    const sim = simClient(web.url);
    await sim.fault('slow-before');
    worker = spawnChild(['worker'], {
      ...shared,
      ...{ PORT: unused, PUBLIC_URL: address, TWILIO_API_BASE_URL: `${address}/sim/twilio` },
    });
    await post(web.url, MIA, 'hello');
    const claimed = () => rows<{ id: string }>(admin, `select id from sms_logs where status = 'sending'`);
    await until(async () => (await claimed()).length === 1);
    worker.kill('SIGSTOP');
    expect(await claimed()).toHaveLength(1);

    // Held by nobody in real time and old by the school's clock: the web side's own sweep takes over.
    const held = `select 1 from sms_logs where status = 'sending' and held_until > clock_timestamp()`;
    await until(async () => (await rows(admin, held)).length === 0);
    await sim.advance('PT2M');
    expect(await claimed()).toEqual([]);
    worker.kill('SIGCONT');
    await sim.text('+61491570158', 'hi');

    expect((await accepted(admin)).filter(({ phone }) => phone === MIA)).toHaveLength(1);
    expect((await outRows(admin)).filter(({ phone }) => phone === MIA)).toMatchObject([{ status: 'delivered' }]);
  } finally {
    worker?.kill('SIGKILL');
    await web?.kill('SIGKILL');
    await admin.destroy();
    await database.drop();
  }
}, 120_000);

async function post(url: string, from: string, body: string): Promise<void> {
  const keys = deriveKeys(SECRET_KEY);
  const form = {
    ...{ AccountSid: keys.twilioAccountSid, MessageSid: `SM${'c'.repeat(32)}`, From: from, To: '+61491570006' },
    ...{ Body: body, NumMedia: '0' },
  };
  const address = `${url}/webhooks/twilio/messages`;
  const signature = getExpectedTwilioSignature(keys.twilioAuthToken, address, form);
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'x-twilio-signature': signature },
    body: new URLSearchParams(form),
  });
  expect(answer.status).toBe(200);
}
