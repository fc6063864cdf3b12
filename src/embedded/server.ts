import { spawn } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { StartFault } from './fault';
import { initialise } from './initdb';
import { liveLeases } from './leases';
import { dropSocketFolder, type Place, socketFolder } from './place';
import { commandLine, identify, signal, sleep } from './process';

/** A living server over our data. `socket` is empty during its first milliseconds. */
export type Postmaster = { pid: number; identity: string; socket: string };

/** Long enough to recover from a crash under load; a server that is alive is never given up before. */
const PATIENCE_MS = 120_000;
const LOG_LIMIT_BYTES = 5_000_000;

/**
 * Finds the server or starts it, and answers its socket folder once it takes connections. Takes over a server that a
 * killed program left, waits for one that is stopping, starts again where the last one still clears up. Under lock.
 */
export async function ensureServer(place: Place): Promise<string> {
  await initialise(place);
  const socket = socketFolder(place);
  const until = Date.now() + PATIENCE_MS;
  let launch: Launch | undefined;
  let silentSince: number | undefined;
  while (Date.now() < until) {
    const running = findPostmaster(place);
    if (!running && (!launch || launch.ended())) {
      if (launch) explain(launch, place);
      launch = startPostmaster(place, socket);
    }
    const answer = running?.socket ? await knock(running.socket) : 'silent';
    if (answer === 'ready' && running) return running.socket;
    // A server whose socket was swept out of /tmp can be reached by nobody any more.
    silentSince = running && answer === 'silent' ? (silentSince ?? Date.now()) : undefined;
    if (running && silentSince && Date.now() - silentSince > 5_000) {
      signal(running.pid, 'SIGINT');
      silentSince = undefined;
    }
    await sleep(15);
  }
  throw new StartFault(`the database server did not get ready in 120 s: read ${join(place.home, 'server.log')}.`);
}

/** The living server over our data, if there is one. A reused process number is not taken for it. */
export function findPostmaster({ data }: Place): Postmaster | undefined {
  const lines = pidFile(data);
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  const identity = identify(pid);
  const socket = lines[4] ?? '';
  const command = commandLine(pid);
  if (identity === undefined || (command !== '' && !command.includes(socket || 'postgres'))) return undefined;
  return { pid, identity, socket };
}

/** Stops the server when nobody holds a lease, and waits for its end; answers whether it is stopped. Under lock. */
export async function stopIfUnused(place: Place): Promise<boolean> {
  if (liveLeases(place.home) > 0) return false;
  const running = findPostmaster(place);
  if (running) await stop(running);
  dropSocketFolder(place);
  return true;
}

/** Clean end; what still runs after 30 s is cut off, from which the server recovers at its next start. */
export async function stop({ pid, identity }: Postmaster): Promise<void> {
  for (const [name, patienceMs] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 5_000],
  ] as const) {
    if (identify(pid) === identity) signal(pid, name);
    const until = Date.now() + patienceMs;
    while (identify(pid) === identity && Date.now() < until) await sleep(15);
    if (identify(pid) !== identity) return;
  }
}

export function urlOf(socket: string, user: string, database: string): string {
  return `postgresql://${user}@${encodeURIComponent(socket)}/${database}`;
}

type Launch = { ended(): boolean; fault(): Error | undefined; at: number };

function startPostmaster(place: Place, socket: string): Launch {
  const { data, binaries, user, byHandle, home } = place;
  dropForeignPidFile(data);
  const logPath = join(home, 'server.log');
  const log = openSync(logPath, 'a', 0o600);
  if (statSync(logPath).size > LOG_LIMIT_BYTES) truncateSync(logPath);
  const handle = byHandle ? [openSync(data, constants.O_RDONLY | constants.O_DIRECTORY)] : [];
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(
    join(binaries, 'bin', 'postgres'),
    ['-D', byHandle ? '/proc/self/fd/3' : data, '-k', socket, ...settings],
    { ...user, cwd: '/', env: SERVER_ENV, stdio: ['ignore', log, log, ...handle], detached: true },
  );
  for (const fd of [log, ...handle]) closeSync(fd);
  let fault: Error | undefined;
  child.on('error', (error) => {
    fault = error;
  });
  child.unref();
  const ended = () => fault !== undefined || child.exitCode !== null || child.signalCode !== null;
  return { ended, fault: () => fault, at: Date.now() };
}

/** Nothing of our own environment: it holds secrets, and a locale that the server might not know. */
export const SERVER_ENV = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

const SETTINGS = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: 100,
  max_wal_size: '128MB',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Statements and details hold phone numbers and names; only the server's own life is logged.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

/** Throws unless the fault is one that passes: the last server's processes end a moment after it was killed. */
function explain(launch: Launch, { home }: Place): void {
  const said = launch.fault()?.message ?? lastFault(join(home, 'server.log'));
  const passes = /pre-existing shared memory block|lock file .* already exists|is another postmaster/i.test(said);
  if (passes && Date.now() - launch.at < PATIENCE_MS) return;
  throw new StartFault(
    `the database server did not start (${said}): mend that, or set DATABASE_URL to another PostgreSQL.`,
  );
}

function lastFault(logPath: string): string {
  const lines = readFileSync(logPath, 'utf8').trimEnd().split('\n').slice(-20);
  const fatal = lines.filter((line) => /FATAL|PANIC|error while loading|not found/.test(line)).at(-1);
  return (fatal ?? lines.at(-1) ?? 'it said nothing').replace(/^.*(FATAL|PANIC):\s*/, '').slice(0, 300);
}

/**
 * PostgreSQL refuses to start while any process bears the number in its pid file, be it a zombie or one that got the
 * number after a reboot or in a new container. Its shared-memory check still keeps two servers off one folder.
 */
function dropForeignPidFile(data: string): void {
  if (pidFile(data).length > 1) rmSync(join(data, 'postmaster.pid'), { force: true });
}

function pidFile(data: string): string[] {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

async function knock(socket: string): Promise<'ready' | 'busy' | 'silent'> {
  const client = new Client({
    connectionString: urlOf(socket, 'postgres', 'postgres'),
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return 'ready';
  } catch (error) {
    // A full server (53300) is up; 57P03: starting, recovering or stopping.
    const code = (error as { code?: string }).code;
    return code === '53300' ? 'ready' : code === 'ENOENT' || code === 'ECONNREFUSED' ? 'silent' : 'busy';
  } finally {
    await client.end().catch(() => {});
  }
}
