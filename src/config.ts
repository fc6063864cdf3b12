import { resolve } from 'node:path';
import { z } from 'zod';

/** The settings of one process, read once from the environment. Defaults carry the simulator; see README's table. */
export type Config = {
  host: string;
  port: number;
  /** Address that Twilio (or the simulator) calls; signatures are checked against it. No trailing slash. */
  publicUrl: string;
  /** Absent: the embedded server below `dataDir` is used. */
  databaseUrl?: string;
  /** Absent: BullMQ runs on PostgreSQL. */
  redisUrl?: string;
  dataDir: string;
  simulator: boolean;
  /** Where the simulator's clock starts in a new database, ms since epoch. */
  simNow?: number;
  /** Absent with the simulator: it has an account of its own. */
  twilio?: { accountSid: string; authToken: string };
  twilioApiBaseUrl: string;
  /** Absent: made once below `dataDir` (never in production). */
  secretKey?: string;
  role: 'all' | 'web' | 'worker';
  logLevel: string;
  production: boolean;
};

/** Every fault of the settings at once: one sentence each, with the variable, its value (never a secret's) and a remedy. */
export class ConfigFault extends Error {
  constructor(readonly problems: string[]) {
    super(`The settings cannot be used:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
    this.name = 'ConfigFault';
  }
}

/** Reads all settings; an empty value counts as not set. Throws ConfigFault with every fault found. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const read = settings.safeParse(given);
  const unread = read.success ? [] : read.error.issues;
  // Rules between variables still look at those that could be read, so that one wrong value hides no other fault.
  const faulty = new Set(unread.map((issue) => issue.path[0]));
  const sound = read.success ? read.data : settings.parse(omit(given, (name) => faulty.has(name)));
  const problems = [...unread.map((issue) => issue.message), ...rulesBetween(sound, (name) => faulty.has(name))];
  if (problems.length > 0) throw new ConfigFault(problems);

  const { HOST, PORT, TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken } = sound;
  return {
    host: HOST,
    port: PORT,
    publicUrl: sound.PUBLIC_URL ?? `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`,
    ...(sound.DATABASE_URL && { databaseUrl: sound.DATABASE_URL }),
    ...(sound.REDIS_URL && { redisUrl: sound.REDIS_URL }),
    dataDir: sound.DATA_DIR,
    simulator: simulatorIsOn(sound),
    ...(sound.SIM_NOW !== undefined && { simNow: sound.SIM_NOW }),
    ...(accountSid && authToken && { twilio: { accountSid, authToken } }),
    twilioApiBaseUrl: sound.TWILIO_API_BASE_URL,
    ...(sound.SECRET_KEY && { secretKey: sound.SECRET_KEY }),
    role: sound.ROLE,
    logLevel: sound.LOG_LEVEL,
    production: sound.NODE_ENV === 'production',
  };
}

/** True for addresses that only this machine can reach. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const SECRET_KEY_LENGTH = 32;

const settings = z.object({
  PORT: variable('PORT', asPort, 'give a port from 0 to 65535').default(4300),
  HOST: variable('HOST', asHost, 'give an address or host name to listen on, such as 127.0.0.1').default('127.0.0.1'),
  DATABASE_URL: secret(
    'DATABASE_URL',
    asUrl(['postgres:', 'postgresql:']),
    'it must begin with postgres://',
  ).optional(),
  REDIS_URL: secret('REDIS_URL', asUrl(['redis:', 'rediss:']), 'it must begin with redis://').optional(),
  DATA_DIR: variable('DATA_DIR', asFolder, 'give a folder of your own, such as ./.data').default('./.data'),
  SIMULATOR: variable('SIMULATOR', oneOf(['on', 'off'] as const), 'give on or off').optional(),
  SIM_NOW: variable('SIM_NOW', asInstant, 'give an ISO instant with its zone, such as 2026-11-24T09:00:00Z').optional(),
  PUBLIC_URL: variable('PUBLIC_URL', asBaseUrl, 'give an http:// or https:// address').optional(),
  TWILIO_ACCOUNT_SID: variable(
    'TWILIO_ACCOUNT_SID',
    matching(/^AC[0-9a-f]{32}$/i),
    'give the account sid of the Twilio console: AC and 32 hexadecimal digits',
  ).optional(),
  TWILIO_AUTH_TOKEN: secret(
    'TWILIO_AUTH_TOKEN',
    matching(/^\S{16,}$/),
    'copy the auth token of the Twilio console',
  ).optional(),
  TWILIO_API_BASE_URL: variable('TWILIO_API_BASE_URL', asBaseUrl, 'give an http:// or https:// address').default(
    'https://api.twilio.com',
  ),
  SECRET_KEY: secret(
    'SECRET_KEY',
    matching(new RegExp(`^[^]{${SECRET_KEY_LENGTH},}$`)),
    `use at least ${SECRET_KEY_LENGTH} characters, for example the output of: openssl rand -hex 32`,
  ).optional(),
  ROLE: variable('ROLE', oneOf(['all', 'web', 'worker'] as const), 'give all, web or worker').default('all'),
  LOG_LEVEL: variable('LOG_LEVEL', oneOf(LOG_LEVELS), `give one of ${LOG_LEVELS.join(', ')}`).default('info'),
  NODE_ENV: z.string().optional(),
});

type Settings = z.infer<typeof settings>;

/** Faults that only show between variables; `faulty` names those already reported, which are not held against others. */
function rulesBetween(given: Settings, faulty: (name: string) => boolean): string[] {
  const problems: string[] = [];
  const { TWILIO_ACCOUNT_SID: sid, TWILIO_AUTH_TOKEN: token } = given;
  if (sid && !token && !faulty('TWILIO_AUTH_TOKEN')) {
    problems.push('TWILIO_ACCOUNT_SID is set but TWILIO_AUTH_TOKEN is not: set both, or neither for the simulator.');
  }
  if (token && !sid && !faulty('TWILIO_ACCOUNT_SID')) {
    problems.push('TWILIO_AUTH_TOKEN is set but TWILIO_ACCOUNT_SID is not: set both, or neither for the simulator.');
  }
  const realTwilio = sid !== undefined && !isLoopback(new URL(given.TWILIO_API_BASE_URL).hostname);
  if (given.SIMULATOR === 'on' && realTwilio && !faulty('TWILIO_API_BASE_URL')) {
    problems.push(
      `SIMULATOR is on although TWILIO_ACCOUNT_SID is set and TWILIO_API_BASE_URL is ${given.TWILIO_API_BASE_URL}: ` +
        'set SIMULATOR=off, or unset the Twilio variables.',
    );
  }
  if (simulatorIsOn(given) && given.SIMULATOR === undefined && !faulty('SIMULATOR') && !isLoopback(given.HOST)) {
    problems.push(
      `HOST is ${given.HOST}, which others can reach, and the simulator would let them read and send every text: ` +
        'configure Twilio, set SIMULATOR=on on purpose, or set HOST=127.0.0.1.',
    );
  }
  if (given.SIMULATOR === 'off' && !sid && !faulty('TWILIO_ACCOUNT_SID')) {
    problems.push(
      'SIMULATOR is off and no Twilio is configured: set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, or SIMULATOR=on.',
    );
  }
  if (given.NODE_ENV === 'production' && !given.SECRET_KEY && !faulty('SECRET_KEY')) {
    problems.push('SECRET_KEY is not set and NODE_ENV is production: set it to the output of: openssl rand -hex 32');
  }
  return problems;
}

function simulatorIsOn(given: Settings): boolean {
  return given.SIMULATOR ? given.SIMULATOR === 'on' : given.TWILIO_ACCOUNT_SID === undefined;
}

/** A variable whose wrong value may be shown. `parse` answers undefined for what it refuses. */
function variable<T>(name: string, parse: (value: string) => T | undefined, remedy: string) {
  return checked(parse, (value) => `${name} is ${JSON.stringify(value)}: ${remedy}.`);
}

/** A variable whose value is never shown: it holds a secret, or may hold one. */
function secret<T>(name: string, parse: (value: string) => T | undefined, remedy: string) {
  return checked(parse, (value) => `${name} (${value.length} characters, not shown) is not usable: ${remedy}.`);
}

function checked<T>(parse: (value: string) => T | undefined, complain: (value: string) => string) {
  return z.string().transform((value, context): T => {
    const result = parse(value.trim());
    if (result !== undefined) return result;
    context.addIssue({ code: 'custom', message: complain(value) });
    return z.NEVER;
  });
}

function matching(pattern: RegExp) {
  return (value: string) => (pattern.test(value) ? value : undefined);
}

/** The kernel's own trees hold no data; making folders there never ends. */
function asFolder(value: string): string | undefined {
  return /^\/(proc|sys|dev)(\/|$)/.test(resolve(value)) ? undefined : value;
}

function oneOf<const T extends string>(values: readonly T[]) {
  return (value: string) => values.find((one) => one === value);
}

function asPort(value: string): number | undefined {
  return /^\d{1,5}$/.test(value) && Number(value) <= 65535 ? Number(value) : undefined;
}

function asHost(value: string): string | undefined {
  return /^[\w.-]+$/.test(value) || /^[0-9a-f:.]+$/i.test(value) ? value : undefined;
}

/** Needs a zone: the same settings must mean the same instant on every machine. */
function asInstant(value: string): number | undefined {
  const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:?\d\d)$/.test(value);
  const instant = iso ? Date.parse(value) : Number.NaN;
  return Number.isNaN(instant) ? undefined : instant;
}

function asBaseUrl(value: string): string | undefined {
  return asUrl(['http:', 'https:'])(value)?.replace(/\/+$/, '');
}

function asUrl(protocols: string[]) {
  return (value: string) => {
    // A socket folder in the host part (%2Fsocket%2Fdir) is no host that the URL class would take.
    const parsable = value.replace(/@%2F[^/]*/i, '@socket');
    return URL.canParse(parsable) && protocols.includes(new URL(parsable).protocol) ? value : undefined;
  };
}

function omit(given: Record<string, string | undefined>, unwanted: (name: string) => boolean) {
  return Object.fromEntries(Object.entries(given).filter(([name]) => !unwanted(name)));
}
