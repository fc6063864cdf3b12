import { randomBytes } from 'node:crypto';
import { linkSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, StartFault } from './fault';
import { identify, isAlive, sleep } from './process';

/**
 * Runs `work` while no other process (of any user) does so in this folder; a holder that was killed does not count.
 * Throws StartFault when another living process keeps the lock for longer than `patienceMs`.
 *
 * The lock is the file `lock.N` with the highest N. It is free when emptied or when its process is dead, and is taken
 * by making `lock.N+1`, which only one can do. Deleting a stale file and making it anew would let two in: the slower
 * one deletes the lock of the faster one.
 */
export async function withLock<T>(folder: string, work: () => Promise<T>, patienceMs = 90_000): Promise<T> {
  const until = Date.now() + patienceMs;
  let path = tryLock(folder);
  while (path === undefined) {
    if (Date.now() > until)
      throw new StartFault(`${holderOf(folder)} has kept ${folder} locked: end it and try again.`);
    await sleep(25);
    path = tryLock(folder);
  }
  try {
    return await work();
  } finally {
    release(path);
  }
}

function tryLock(folder: string): string | undefined {
  const held = numbers(folder);
  const last = held.at(-1) ?? 0;
  if (last > 0 && isHeld(join(folder, `lock.${last}`))) return undefined;

  const path = join(folder, `lock.${last + 1}`);
  const draft = join(folder, `draft.${randomBytes(8).toString('hex')}`);
  writeFileSync(draft, identify(process.pid) ?? '');
  try {
    linkSync(draft, path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return undefined;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  // Our look at the folder may have been old: then a higher one exists, and counts.
  if (numbers(folder).at(-1) !== last + 1) {
    rmSync(path, { force: true });
    return undefined;
  }
  for (const older of held) rmSync(join(folder, `lock.${older}`), { force: true });
  return path;
}

function isHeld(path: string): boolean {
  try {
    const holder = readFileSync(path, 'utf8');
    return holder !== '' && isAlive(holder);
  } catch (error) {
    // Gone: somebody has just moved on to the next number.
    if (codeOf(error) === 'ENOENT') return true;
    throw error;
  }
}

function release(path: string): void {
  try {
    truncateSync(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

function numbers(folder: string): number[] {
  const found = readdirSync(folder).map((name) => /^lock\.(\d+)$/.exec(name)?.[1]);
  return found
    .filter((number) => number !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
}

function holderOf(folder: string): string {
  try {
    return `process ${Number.parseInt(readFileSync(join(folder, `lock.${numbers(folder).at(-1)}`), 'utf8'), 10)}`;
  } catch {
    return 'another process';
  }
}
