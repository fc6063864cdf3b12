import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identify, isAlive } from './process';

/** Says that this process uses the server, until `end` is called or the process dies. */
export type Lease = { end(): void };

export function takeLease(folder: string): Lease {
  const leases = join(folder, 'leases');
  mkdirSync(leases, { recursive: true });
  const path = join(leases, `${process.pid}-${randomBytes(6).toString('hex')}`);
  // Written aside first: a lease that is read half-written would look like a dead one.
  writeFileSync(`${path}.draft`, identify(process.pid) ?? '');
  renameSync(`${path}.draft`, path);
  return { end: () => rmSync(path, { force: true }) };
}

/** How many leases are held by living processes; those of dead ones are removed on the way. */
export function liveLeases(folder: string): number {
  let live = 0;
  for (const name of listed(join(folder, 'leases'))) {
    const path = join(folder, 'leases', name);
    if (name.endsWith('.draft')) continue;
    const holder = contents(path);
    if (holder !== undefined && isAlive(holder)) live += 1;
    else rmSync(path, { force: true });
  }
  return live;
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function contents(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
