import { type ChildProcess, spawn } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';

/** The program as its user starts it, in a process of its own. */
export type Child = {
  process: ChildProcess;
  url: string;
  output(): string;
  kill(signal: NodeJS.Signals): Promise<void>;
};

const BIN = join(__dirname, '..', '..', 'bin', 'dss.js');

/** `dss <args>` in a process of its own, as soon as it is there. */
export const spawnChild = (args: string[], env: Record<string, string>) =>
  spawn(process.execPath, [BIN, ...args], { env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'warn', ...env } });

/** Runs `dss <args>` until it answers at /readyz; throws with its output when it ends before. */
export async function startChild(args: string[], env: Record<string, string>): Promise<Child> {
  const child = spawnChild(args, env);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const url = `http://127.0.0.1:${env.PORT}`;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const until = Date.now() + 40_000;
  while (child.exitCode === null && Date.now() < until) {
    if (
      await fetch(`${url}/readyz`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  if (child.exitCode !== null) throw new Error(`dss ${args.join(' ')} ended with ${child.exitCode}:\n${output}`);
  return {
    process: child,
    url,
    output: () => output,
    async kill(signal) {
      child.kill(signal);
      await ended;
    },
  };
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
