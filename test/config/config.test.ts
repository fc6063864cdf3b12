import { ConfigFault, readConfig } from '../../src/config';

const SID = `AC${'0a'.repeat(16)}`;
const TOKEN = 'e3a1c5f0e3a1c5f0e3a1c5f0e3a1c5f0';
const SECRET = 's'.repeat(32);

test('with nothing set the simulator runs on loopback', () => {
  expect(readConfig({})).toEqual({
    ...{ host: '127.0.0.1', port: 4300, publicUrl: 'http://127.0.0.1:4300', dataDir: './.data', simulator: true },
    ...{ twilioApiBaseUrl: 'https://api.twilio.com', role: 'all', logLevel: 'info', production: false },
  });
});

test('everything set is read', () => {
  const config = readConfig({
    ...{ PORT: '8080', HOST: '0.0.0.0', PUBLIC_URL: 'https://sms.example/', DATABASE_URL: 'postgres://u:p@db/dss' },
    ...{
      REDIS_URL: 'redis://cache:6379',
      DATA_DIR: '/srv/dss',
      SIMULATOR: 'off',
      SIM_NOW: '2026-11-24T09:00:00+11:00',
    },
    ...{ TWILIO_ACCOUNT_SID: SID, TWILIO_AUTH_TOKEN: TOKEN, SECRET_KEY: SECRET, NODE_ENV: 'production' },
    ...{ ROLE: 'web', LOG_LEVEL: 'warn' },
  });

  expect(config).toEqual({
    ...{ host: '0.0.0.0', port: 8080, publicUrl: 'https://sms.example', databaseUrl: 'postgres://u:p@db/dss' },
    ...{ redisUrl: 'redis://cache:6379', dataDir: '/srv/dss', simulator: false, simNow: Date.UTC(2026, 10, 23, 22) },
    ...{ twilio: { accountSid: SID, authToken: TOKEN }, twilioApiBaseUrl: 'https://api.twilio.com' },
    ...{ secretKey: SECRET, role: 'web', logLevel: 'warn', production: true },
  });
});

test('an empty value counts as not set, and a socket folder is a place for a database', () => {
  expect(readConfig({ PORT: '', SIMULATOR: ' ' }).port).toBe(4300);
  expect(readConfig({ DATABASE_URL: 'postgresql://postgres@%2Ftmp%2Fdss/dss' }).databaseUrl).toContain('%2Ftmp');
});

test('all faults are reported together, each with its variable', () => {
  const problems = problemsOf({
    ...{
      PORT: '70000',
      HOST: 'a b',
      DATABASE_URL: 'mysql://u:hidden@db/x',
      REDIS_URL: 'http://hidden',
      SIM_NOW: 'tomorrow',
    },
    ...{ SIMULATOR: 'yes', PUBLIC_URL: 'sms.example', TWILIO_ACCOUNT_SID: 'AC1', SECRET_KEY: 'hidden', ROLE: 'cook' },
    ...{ LOG_LEVEL: 'loud', NODE_ENV: 'production', TWILIO_AUTH_TOKEN: 'hidden', TWILIO_API_BASE_URL: 'ftp://x' },
  });

  expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual([
    ...['DATABASE_URL', 'HOST', 'LOG_LEVEL', 'PORT', 'PUBLIC_URL', 'REDIS_URL', 'ROLE', 'SECRET_KEY', 'SIMULATOR'],
    ...['SIM_NOW', 'TWILIO_ACCOUNT_SID', 'TWILIO_API_BASE_URL', 'TWILIO_AUTH_TOKEN'],
  ]);
  expect(problems.join()).not.toContain('hidden');
  expect(problems).toContain('PORT is "70000": give a port from 0 to 65535.');
});

test.each([
  [
    'the simulator beside a real Twilio',
    { SIMULATOR: 'on', TWILIO_ACCOUNT_SID: SID, TWILIO_AUTH_TOKEN: TOKEN },
    'SIMULATOR is on although',
  ],
  ['a sid without its token', { TWILIO_ACCOUNT_SID: SID }, 'TWILIO_AUTH_TOKEN is not'],
  ['a token without its sid', { TWILIO_AUTH_TOKEN: TOKEN }, 'TWILIO_ACCOUNT_SID is not'],
  ['the simulator open to others by accident', { HOST: '0.0.0.0' }, 'HOST is 0.0.0.0'],
  ['production without a key of its own', { NODE_ENV: 'production' }, 'SECRET_KEY is not set'],
  ['neither simulator nor Twilio', { SIMULATOR: 'off' }, 'no Twilio is configured'],
  ['an instant without a zone', { SIM_NOW: '2026-11-24T09:00:00' }, 'SIM_NOW is'],
])('%s is refused', (_what, env, sentence) => {
  expect(problemsOf(env).join()).toContain(sentence);
});

test('the simulator may be open to others, or stand beside a pretend Twilio, on purpose', () => {
  expect(readConfig({ HOST: '0.0.0.0', SIMULATOR: 'on' }).simulator).toBe(true);
  const pretend = { TWILIO_ACCOUNT_SID: SID, TWILIO_AUTH_TOKEN: TOKEN, TWILIO_API_BASE_URL: 'http://127.0.0.1:9' };
  expect(readConfig({ ...pretend, SIMULATOR: 'on' }).simulator).toBe(true);
});

function problemsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigFault) return error.problems;
    throw error;
  }
  return [];
}
