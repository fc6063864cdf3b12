import { spawn } from 'node:child_process';
import { join } from 'node:path';

const BIN = join(__dirname, '..', '..', 'bin', 'dss.js');

export type Done = { code: number | null; out: string; err: string };

/** Runs `dss <args>` as its user does, to its end (at most 40 s). */
export function dss(args: string[], env: Record<string, string> = {}, input = ''): Promise<Done> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [BIN, ...args], {
      env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'silent', ...env },
      timeout: 40_000,
    });
    const done: Done = { code: null, out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (done.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (done.err += chunk.toString()));
    child.on('close', (code) => resolve({ ...done, code }));
    child.stdin.end(input);
  });
}
