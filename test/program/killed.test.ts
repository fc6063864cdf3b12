import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { readConfig } from '../../src/config';
import { deriveKeys, loadSecretKey } from '../../src/secrets';
import { simClient } from '../../src/simulator/client';
import { type Child, freePort, startChild } from '../support/process';

describe('a program that is killed', () => {
  let dataDir: string;
  let env: Record<string, string>;
  let child: Child | undefined;
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'dss-killed-'));
    env = { DATA_DIR: dataDir, PORT: await freePort(), SIM_NOW: '2026-11-24T14:00:00+11:00' };
  });
  afterEach(async () => {
    await child?.kill('SIGTERM');
    rmSync(dataDir, { recursive: true, force: true });
  });

  const bodies = async (url: string, phone: string) =>
    (await simClient(url).phone(phone)).filter((text) => text.direction === 'out').map((text) => text.body);

  it('goes on with the conversation where it was', async () => {
    child = await startChild(['start'], env);
    const phone = '+61491570156';
    for (const body of ['lesson sat 3pm with priya', 'Mia']) await simClient(child.url).text(phone, body);
    await child.kill('SIGKILL');
    child = await startChild(['start'], env);
    const { replies } = await simClient(child.url).text(phone, 'yes');
    expect(replies[0]?.body).toMatch(/^Held until /);
  }, 120_000);

  it('answers a text that it had accepted before, once', async () => {
    // The web side alone accepts the text; nobody is there to send the answer when it is killed.
    child = await startChild(['web'], env);
    const phone = '+61491570157';
    const keys = deriveKeys(loadSecretKey(readConfig(env)));
    const form = {
      MessageSid: `SM${'b'.repeat(32)}`,
      AccountSid: keys.twilioAccountSid,
      From: phone,
      To: '+61491570006',
      Body: 'hello',
      NumMedia: '0',
    };
    const address = `${child.url}/webhooks/twilio/messages`;
    const signature = getExpectedTwilioSignature(keys.twilioAuthToken, address, form);
    const post = () =>
      fetch(address, { method: 'POST', headers: { 'x-twilio-signature': signature }, body: new URLSearchParams(form) });
    expect((await post()).status).toBe(200);
    await child.kill('SIGKILL');
    child = await startChild(['start'], env);
    const until = Date.now() + 20_000;
    while ((await bodies(child.url, phone)).length === 0 && Date.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 100));
    // Twilio may deliver it again: the answer is not sent twice.
    expect((await post()).status).toBe(200);
    await simClient(child.url).text('+61491570158', 'hi');
    expect(await bodies(child.url, phone)).toEqual([
      "Hi, this is Bayside Driving's booking line (automated). What's your name?",
    ]);
  }, 120_000);
});
