import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';

/** A program of ours in a process of its own, that has begun to answer. */
export type Child = { url: string; pid: number; startedInMs: number; stop(): Promise<void> };

const ROOT = join(__dirname, '..');

/** Starts `node <args>` and waits until `path` answers 200 (at most 60 s); throws with what it said when it ends before. */
export async function startChild(args: string[], env: Record<string, string>, path: string): Promise<Child> {
  const began = performance.now();
  const child = spawn(process.execPath, args, { cwd: ROOT, env: { PATH: process.env.PATH ?? '', ...env } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${env.PORT}`;
  while (!(await answers(`${url}${path}`))) {
    if (child.exitCode !== null || performance.now() - began > 60_000)
      throw new Error(`${args.join(' ')} did not start:\n${said}`);
    await pause(10);
  }
  return { url, pid: child.pid!, startedInMs: performance.now() - began, stop: () => stop(child, ended) };
}

/** Starts `dss worker` and waits until it works. */
export async function startWorker(env: Record<string, string>): Promise<Omit<Child, 'url' | 'startedInMs'>> {
  const child = spawn(process.execPath, ['bin/dss.js', 'worker'], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', ...env },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  while (!said.includes('Working.')) {
    if (child.exitCode !== null) throw new Error(`the worker did not start:\n${said}`);
    await pause(10);
  }
  return { pid: child.pid!, stop: () => stop(child, ended) };
}

/** The server that listens in a data folder of ours. */
export const postmasterOf = (dataDir: string): number =>
  Number(readFileSync(join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);

/** CPU that a process, its children and those of them that have ended have used, in ms (Linux). */
export function cpuMs(pid: number): number {
  const stats = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? statOf(name) : []));
  const own = stats.filter((one) => one.pid === pid || one.parent === pid);
  // Of the process itself its ended children count too, of the others they are their own.
  return own.reduce((sum, one) => sum + one.used + (one.pid === pid ? one.ofEnded : 0), 0) * MS_A_TICK;
}

const MS_A_TICK = 10;

function statOf(pid: string): { pid: number; parent: number; used: number; ofEnded: number }[] {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
      .map(Number);
    const [utime = 0, stime = 0, cutime = 0, cstime = 0] = fields.slice(11, 15);
    return [{ pid: Number(pid), parent: fields[1]!, used: utime + stime, ofEnded: cutime + cstime }];
  } catch {
    return []; // it has ended meanwhile
  }
}

/** Resident memory of a process in MB (Linux). */
export function residentMb(pid: number): number {
  const kb = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kb) / 1024);
}

/** A port that nobody listens on just now. */
export function freePort(): Promise<string> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(String(port)));
    });
  });
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (answer) => answer.ok,
    () => false,
  );
}

function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGTERM');
  return ended;
}
