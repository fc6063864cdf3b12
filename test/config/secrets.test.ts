import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeLog } from '../../src/log';
import { deriveKeys, loadSecretKey } from '../../src/secrets';

let dataDir: string;
beforeEach(() => {
  dataDir = join(mkdtempSync(join(tmpdir(), 'dss-secret-')), 'data');
});
afterEach(() => rmSync(join(dataDir, '..'), { recursive: true, force: true }));

test('the key is made once, for its owner only', () => {
  const made = loadSecretKey({ dataDir, production: false });

  expect(made).toMatch(/^[0-9a-f]{64}$/);
  expect(loadSecretKey({ dataDir, production: false })).toBe(made);
  expect(statSync(join(dataDir, 'secret.key')).mode & 0o777).toBe(0o600);
  expect(readdirSync(dataDir)).toEqual(['secret.key']);
});

test('a key that was given counts, and production makes none', () => {
  expect(loadSecretKey({ dataDir, production: true, secretKey: 'given' })).toBe('given');
  expect(() => loadSecretKey({ dataDir, production: true })).toThrow('SECRET_KEY is not set');
});

test('a damaged key is not replaced in silence', () => {
  loadSecretKey({ dataDir, production: false });
  writeFileSync(join(dataDir, 'secret.key'), 'half');

  expect(() => loadSecretKey({ dataDir, production: false })).toThrow('is damaged');
});

test('one secret gives separate keys, always the same, in the shapes of Twilio', () => {
  const keys = deriveKeys('secret');

  expect(deriveKeys('secret')).toEqual(keys);
  expect(keys.codes.equals(keys.tokens)).toBe(false);
  expect(deriveKeys('other').codes.equals(keys.codes)).toBe(false);
  expect(keys.twilioAuthToken).toMatch(/^[0-9a-f]{32}$/);
  expect(keys.twilioAccountSid).toMatch(/^AC[0-9a-f]{32}$/);
});

test('the log keeps known fields only, and of a fault no text, phone or row', () => {
  const lines: string[] = [];
  const log = makeLog('info', { write: (line) => lines.push(line) });
  const fault = Object.assign(new Error("insert into x values ('mia') - duplicate key of +61491570156"), {
    ...{ code: '23505', detail: 'Key (phone)=(+61491570156)', constraint: 'one_student_a_phone' },
  });

  log.info({ turn: 'a1', body: 'hi its mia', phone: '+61491570156', ms: 3 }, 'turn');
  log.error({ err: fault }, 'turn failed');
  log.debug('not at this level');

  expect(lines).toHaveLength(2);
  expect(JSON.parse(lines[0] ?? '')).toEqual({ level: 30, time: expect.any(Number), turn: 'a1', ms: 3, msg: 'turn' });
  expect(JSON.parse(lines[1] ?? '').err).toMatchObject({ code: '23505', constraint: 'one_student_a_phone' });
  expect(lines.join()).not.toMatch(/mia|61491570156/);
});
