import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../src/embedded';
import { fastProvider } from './messages';
import { makeSchools } from './schools';
import { freePort, startChild, startWorker } from './start';
import { dialogue, measure, rate, type Target, text } from './turns';

/** `npx tsx bench/load.ts`: texts that come at fixed times, whether the ones before are answered or not, web and worker side by side, over a provider that takes all at once. */
const LOADS = [
  { perSecond: 20, seconds: 60 },
  { perSecond: 100, seconds: 30 },
];
const SCHOOLS = 60;
const ACCOUNT = { TWILIO_ACCOUNT_SID: `AC${'0a'.repeat(16)}`, TWILIO_AUTH_TOKEN: 'b'.repeat(32) };

type Load = { p50: number; p99: number; most: number; texts: number; wrong: number };

/** Time is counted from when a text was to come, so that one that had to wait to be sent is as late as it is. */
async function underLoad(target: Target, { perSecond, seconds }: (typeof LOADS)[number], first: number): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: 500 });
  const began = performance.now();
  const waits: number[] = [];
  let wrong = 0;
  const one = async (n: number) => {
    const dueAt = began + (n * 1000) / perSecond;
    await new Promise((resolve) => setTimeout(resolve, dueAt - performance.now()));
    // Four texts of one phone come a quarter of the run apart.
    const phones = (perSecond * seconds) / 4;
    const phone = first + (n % phones);
    const words = dialogue(phone, target.numbers.length)[Math.floor(n / phones)]!;
    const status = await text(target, agent, phone, words).catch(() => 0);
    waits.push(performance.now() - dueAt);
    if (status !== 200) wrong += 1;
  };
  await Promise.all(Array.from({ length: perSecond * seconds }, (_, n) => one(n)));
  agent.destroy();
  const { p50, p99 } = rate(waits, performance.now() - began);
  return { p50, p99, most: Math.round(Math.max(...waits)), texts: waits.length, wrong };
}

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'dss-bench-load-'));
  chmodSync(dataDir, 0o755);
  const provider = await fastProvider();
  const embedded = await startEmbedded({ dataDir });
  try {
    const env = { ...ACCOUNT, DATA_DIR: dataDir, SIMULATOR: 'off', LOG_LEVEL: 'silent' };
    const here = { ...env, TWILIO_API_BASE_URL: provider.url, PUBLIC_URL: 'https://school.example' };
    const PORT = await freePort();
    const web = await startChild(
      ['bin/dss.js', 'web'],
      { ...here, PORT, PUBLIC_URL: `http://127.0.0.1:${PORT}` },
      '/readyz',
    );
    const numbers = await makeSchools(embedded.ownerUrl, SCHOOLS);
    const worker = await startWorker(here);
    const account = { accountSid: ACCOUNT.TWILIO_ACCOUNT_SID, authToken: ACCOUNT.TWILIO_AUTH_TOKEN };
    const target: Target = { url: web.url, ...account, numbers };
    await measure(target, 10, 3); // the compiler's warming up counts for nobody
    process.stdout.write(
      '| texts a second | seconds | p50 ms | p99 ms | most ms | not 200 |\n|---:|---:|---:|---:|---:|---:|\n',
    );
    for (const [n, load] of LOADS.entries()) {
      const of = await underLoad(target, load, 1_000_000 * (n + 1));
      const { p50, p99, most, wrong } = of;
      process.stdout.write(`| ${load.perSecond} | ${load.seconds} | ${p50} | ${p99} | ${most} | ${wrong} |\n`);
    }
    process.stdout.write(`\n${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.version}\n`);
    await worker.stop();
    await web.stop();
  } finally {
    provider.server.close();
    provider.server.closeAllConnections();
    await embedded.release();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

void main();
