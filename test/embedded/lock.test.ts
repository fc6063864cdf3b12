import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withLock } from '../../src/embedded/lock';
import { identify, isAlive, sleep } from '../../src/embedded/process';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dss-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('only one at a time gets in, and everyone gets in once', async () => {
  let inside = 0;
  let most = 0;
  let entered = 0;

  const visit = () =>
    withLock(folder, async () => {
      inside += 1;
      entered += 1;
      most = Math.max(most, inside);
      await sleep(3);
      inside -= 1;
    });
  await Promise.all(Array.from({ length: 30 }, visit));

  expect({ most, entered, left: readdirSync(folder).length }).toEqual({ most: 1, entered: 30, left: 1 });
});

test('a lock whose holder was killed, or whose number another process got, is open', async () => {
  writeFileSync(join(folder, 'lock.7'), `${process.pid} 1 of-another-boot`);

  expect(await withLock(folder, async () => 'in')).toBe('in');
});

test('waiting for a living holder ends with its number and the remedy', async () => {
  writeFileSync(join(folder, 'lock.7'), identify(process.pid) ?? '');

  await expect(withLock(folder, async () => 'in', 100)).rejects.toThrow(`process ${process.pid} has kept`);
});

test('a fault inside opens the lock again', async () => {
  await expect(withLock(folder, () => Promise.reject(new Error('inside')))).rejects.toThrow('inside');

  expect(await withLock(folder, async () => 'in')).toBe('in');
});

test('a process is known by more than its number', () => {
  expect(isAlive(identify(process.pid) ?? '')).toBe(true);
  expect(isAlive('')).toBe(false);
  expect(isAlive(`${process.pid} 1 of-another-boot`)).toBe(false);
});
