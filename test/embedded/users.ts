import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { findPostmaster } from '../../src/embedded/server';

export type Answer = {
  adminUrl: string;
  ownerUrl: string;
  rows: Record<string, unknown>[];
  fault?: string;
  name?: string;
};

/** A process that uses the embedded server. */
export type User = {
  answer: Answer;
  kill(): Promise<void>;
  release(): Promise<void>;
};

const NOBODY = 65534;
const started = new Set<ChildProcess>();
const folders: string[] = [];

export const root = process.getuid?.() === 0;

/** A new folder, open to all: the server's user must get in. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dss-launch-'));
  chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
}

/** Starts a user; `as: 'nobody'` needs root. */
export async function startUser(
  dataDir: string,
  { sql, as, script }: { sql?: string; as?: 'nobody'; script?: string } = {},
): Promise<User> {
  const child = spawn(
    process.execPath,
    ['--require', require.resolve('tsx/cjs'), script ?? join(__dirname, 'user.ts'), dataDir, ...(sql ? [sql] : [])],
    { cwd: '/', stdio: ['pipe', 'pipe', 'inherit'], ...(as && { uid: NOBODY, gid: NOBODY }) },
  );
  started.add(child);
  const gone = new Promise<void>((resolve) => {
    child.once('close', () => {
      started.delete(child);
      resolve();
    });
  });
  const answer = await new Promise<Answer>((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk) => {
      said += chunk;
      if (said.includes('\n')) resolve(JSON.parse(said));
    });
    child.once('close', (code) => reject(new Error(`the user ended with ${code}`)));
  });
  return {
    answer,
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
    release: async () => {
      child.stdin?.write('\n');
      await gone;
    },
  };
}

export function serverOf(dataDir: string) {
  const home = join(dataDir, 'postgres');
  return findPostmaster({ home, data: join(home, 'data'), binaries: '', byHandle: false });
}

/** Asks again until it holds, at most 15 s. */
export async function eventually(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const until = Date.now() + 15_000; !(await holds()); await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (Date.now() > until) throw new Error(`still not so after 15 s: ${what}`);
  }
}

export async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Ends what a failed test left running, waits for the watchdogs, and removes the folders. */
export async function cleanUp(): Promise<void> {
  for (const child of started) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) {
    await eventually('server stopped', () => serverOf(folder) === undefined);
    // The watchdog of a killed user may still be writing its last lock.
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
