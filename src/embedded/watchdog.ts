import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { liveLeases } from './leases';
import { withLock } from './lock';
import type { Place } from './place';
import { identify, isAlive, signal, sleep } from './process';
import { findPostmaster, type Postmaster, stop, stopIfUnused } from './server';

const TICK_MS = 500;

/** Starts the watchdog unless one lives: a process of its own that stops the server however its users die. Under lock. */
export function ensureWatchdog(place: Place): void {
  if (hasWatchdog(place)) return;
  const loader = __filename.endsWith('.ts') ? ['--require', require.resolve('tsx/cjs')] : [];
  const child = spawn(process.execPath, [...loader, __filename, JSON.stringify(place)], {
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    stdio: 'ignore',
    detached: true,
  });
  child.on('error', () => {});
  child.unref();
  if (child.pid) writeFileSync(record(place), identify(child.pid) ?? '');
}

export function hasWatchdog(place: Place): boolean {
  return isAlive(identityOf(place));
}

/** After the last release nothing of ours shall run or write below DATA_DIR any more. Under lock, so it holds none. */
export async function endWatchdog(place: Place): Promise<void> {
  const watchdog = identityOf(place);
  const pid = Number.parseInt(watchdog, 10);
  rmSync(record(place), { force: true });
  try {
    if (isAlive(watchdog)) signal(pid, 'SIGKILL');
  } catch {
    // Another user's (root's): it ends by itself within a tick.
    return;
  }
  while (isAlive(watchdog)) await sleep(5);
}

const record = ({ home }: Place) => join(home, 'watchdog');

function identityOf(place: Place): string {
  try {
    return readFileSync(record(place), 'utf8');
  } catch {
    return '';
  }
}

async function watch(place: Place): Promise<void> {
  let last: Postmaster | undefined;
  for (;;) {
    last = findPostmaster(place) ?? last;
    if (liveLeases(place.home) === 0 && (await finish(place, last))) return;
    await sleep(TICK_MS);
  }
}

/** Under the same lock as starting, so that nobody counts on a watchdog that is about to leave. */
async function finish(place: Place, last: Postmaster | undefined): Promise<boolean> {
  try {
    return await withLock(place.home, async () => {
      if (!(await stopIfUnused(place))) return false;
      rmSync(record(place), { force: true });
      return true;
    });
  } catch {
    // The data folder was removed under the running server.
    if (last) await stop(last);
    return true;
  }
}

if (require.main === module) {
  // A service manager signals all processes of a service at once; ours ends after the last user.
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, () => {});
  void watch(JSON.parse(process.argv[2] ?? ''));
}
