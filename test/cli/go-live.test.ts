import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FreshDatabase, freshDatabase } from '../support/database';
import { makeSchool } from '../support/school';
import { dss } from './dss';

const SID = `AC${'0a'.repeat(16)}`;
const TOKEN = 'b'.repeat(32);
const NUMBER = '+61480000123';
const HOOK = 'https://sms.example/webhooks/twilio/messages';

/** What `dss doctor` says about going live, beside a pretend Twilio that knows one account and one number. */
describe('dss doctor, going live', () => {
  let database: FreshDatabase;
  let dataDir: string;
  let twilio: Server;
  let smsUrl = HOOK;
  beforeAll(async () => {
    database = await freshDatabase();
    dataDir = mkdtempSync(join(tmpdir(), 'dss-test-'));
    await makeSchool(database.db, { zone: 'Australia/Perth', phone: NUMBER });
    twilio = createServer((request, response) => {
      const isKnown = request.headers.authorization === `Basic ${Buffer.from(`${SID}:${TOKEN}`).toString('base64')}`;
      response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' });
      const numbers = request.url?.includes(encodeURIComponent(NUMBER))
        ? [{ sms_url: smsUrl, sms_method: 'POST' }]
        : [];
      response.end(JSON.stringify({ status: 'active', incoming_phone_numbers: numbers }));
    });
    await new Promise<void>((resolve) => twilio.listen(0, '127.0.0.1', () => resolve()));
  });
  afterAll(async () => {
    twilio.close();
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const doctor = async (env: Record<string, string> = {}) => {
    const { out, code } = await dss(['doctor', '--json'], {
      ...{ DATABASE_URL: database.adminUrl, DATA_DIR: dataDir, SIMULATOR: 'off', PUBLIC_URL: 'https://sms.example' },
      ...{ TWILIO_ACCOUNT_SID: SID, TWILIO_AUTH_TOKEN: TOKEN, SECRET_KEY: 's'.repeat(32) },
      TWILIO_API_BASE_URL: `http://127.0.0.1:${(twilio.address() as AddressInfo).port}`,
      ...env,
    });
    const report = JSON.parse(out) as {
      problems: string[];
      goLive: { step: number; what: string; ok: boolean | null; say: string }[];
    };
    return { code, ...report };
  };

  it('all ten steps done is exit code 0', async () => {
    const { code, problems, goLive } = await doctor();
    expect({ code, problems }).toEqual({ code: 0, problems: [] });
    expect(goLive.map((one) => one.step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(goLive.filter((one) => one.ok === null).map((one) => one.step)).toEqual([5, 10]);
  });

  it('a token that Twilio refuses, an open address and a webhook that points elsewhere are named with the remedy', async () => {
    const refused = await doctor({ TWILIO_AUTH_TOKEN: 'c'.repeat(32), PUBLIC_URL: 'http://sms.example' });
    expect(refused.code).toBe(1);
    expect(refused.problems.join('\n')).toContain('Twilio refuses TWILIO_AUTH_TOKEN: copy it again');
    expect(refused.problems.join('\n')).toContain('PUBLIC_URL is http://sms.example: set it to the https address');
    smsUrl = 'https://elsewhere.example/sms';
    const elsewhere = await doctor();
    expect(elsewhere.problems).toEqual([
      `Step 4, webhook of each number: ${NUMBER} sends its texts by POST to https://elsewhere.example/sms: set POST ${HOOK}.`,
    ]);
    expect((await doctor({ TWILIO_API_BASE_URL: 'http://127.0.0.1:9' })).problems.join()).toContain(
      'Twilio does not answer',
    );
  });

  it('with the simulator the steps are shown and are no fault', async () => {
    const report = await doctor({ SIMULATOR: 'on', TWILIO_ACCOUNT_SID: '', TWILIO_AUTH_TOKEN: '' });
    expect({ code: report.code, problems: report.problems }).toEqual({ code: 0, problems: [] });
    expect(report.goLive[1]).toMatchObject({ ok: false, say: expect.stringContaining('set TWILIO_ACCOUNT_SID') });
  });

  it('docs/go-live.md has the same ten steps', () => {
    const text = readFileSync(join(__dirname, '..', '..', 'docs', 'go-live.md'), 'utf8');
    expect(text.match(/^\d+\. \*\*/gm)).toHaveLength(10);
  });
});
