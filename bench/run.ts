import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../src/embedded';
import { openDatabase } from '../src/store/database';
import { row } from '../src/store/sql';
import { measureMessages, messagesTable } from './messages';
import { makeSchools } from './schools';
import { freePort, pause, residentMb, startChild } from './start';
import { measure, type Rate, type Target } from './turns';
import { measurePostgres } from './turns-postgres';

/** `npm run bench [seconds]`: one table on standard output, the same as JSON in bench/last.json (not kept in Git). */
const SECONDS = Number(process.argv[2] ?? 8);
const LEVELS = [1, 10, 50];
const SCHOOLS = 60;
const ACCOUNT = { accountSid: `AC${'0a'.repeat(16)}`, authToken: 'b'.repeat(32) };

type Line = { what: string; concurrency: number } & Rate;

/** How long a worker at rest is watched. */
const REST_SECONDS = 60;

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'dss-bench-'));
  chmodSync(dataDir, 0o755);
  try {
    const starts = await measureStarts(dataDir);
    const embedded = await startEmbedded({ dataDir });
    try {
      const numbers = await makeSchools(embedded.ownerUrl, SCHOOLS);
      const lines = await measureTurns(dataDir, embedded.ownerUrl, numbers);
      report(starts, lines, await heldShare(embedded.adminUrl));
    } finally {
      await embedded.release();
    }
    process.stdout.write(`\n${messagesTable(await measureMessages(REST_SECONDS))}\n`);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

type Starts = { coldMs: number; warmMs: number; restMb: number };

/** Cold: the first start of all, PostgreSQL made, migrated and seeded. Warm: the next one. */
async function measureStarts(dataDir: string): Promise<Starts> {
  const once = async () =>
    startChild(['bin/dss.js', 'start'], { DATA_DIR: dataDir, PORT: await freePort(), LOG_LEVEL: 'silent' }, '/readyz');
  const cold = await once();
  await cold.stop();
  const warm = await once();
  await pause(5000);
  const restMb = residentMb(warm.pid);
  await warm.stop();
  return { coldMs: Math.round(cold.startedInMs), warmMs: Math.round(warm.startedInMs), restMb };
}

async function measureTurns(dataDir: string, url: string, numbers: string[]): Promise<Line[]> {
  const lines: Line[] = [];
  const add = (what: string, concurrency: number, rate: Rate) => {
    lines.push({ what, concurrency, ...rate });
    process.stderr.write(`${what}, ${concurrency} at a time: ${rate.perSecond}/s\n`);
  };
  const through = async (what: string, args: string[], env: Record<string, string>, levels: number[]) => {
    const PORT = await freePort();
    const child = await startChild(args, { ...env, PORT, LOG_LEVEL: 'warn' }, '/readyz');
    const target: Target = { url: child.url, ...ACCOUNT, numbers };
    await measure(target, 10, 2); // the compiler's warming up counts for nobody
    for (const level of levels) add(what, level, await measure(target, level, SECONDS));
    await child.stop();
  };
  const inEarnest = {
    ...{
      DATA_DIR: dataDir,
      SIMULATOR: 'off',
      TWILIO_ACCOUNT_SID: ACCOUNT.accountSid,
      TWILIO_AUTH_TOKEN: ACCOUNT.authToken,
    },
    TWILIO_API_BASE_URL: 'http://127.0.0.1:9',
  };
  const profile = process.env.PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.PROFILE}`] : [];
  await through('the product, web side', [...profile, 'bin/dss.js', 'web'], inEarnest, LEVELS);
  const bare = { DATABASE_URL: url, TWILIO_AUTH_TOKEN: ACCOUNT.authToken };
  await through('express + signature + XState + 1 tx', ['-r', 'tsx/cjs', 'bench/turns-bare.ts'], bare, LEVELS);
  for (const level of LEVELS)
    add("PostgreSQL, a turn's statements", level, await measurePostgres(url, numbers, level, SECONDS));
  return lines;
}

/** How many of those who gave a name hold a lesson: a dialogue that books nothing would be cheap. */
async function heldShare(adminUrl: string): Promise<number> {
  const db = openDatabase(adminUrl, { poolMax: 1 });
  const found = await row<{ share: number }>(
    db,
    `select (select count(distinct (school_id, student_id)) from lessons where status = 'pending')::float
       / greatest(1, (select count(*) from students where name = 'Mia')) as share`,
  );
  await db.destroy();
  return Math.round(found!.share * 100);
}

function report(starts: Starts, lines: Line[], heldPercent: number): void {
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.version}`;
  const at = new Date().toISOString().slice(0, 16).replace('T', ' ');
  const table = [
    '| what | at a time | turns/s | p50 ms | p99 ms |',
    '|---|---:|---:|---:|---:|',
    ...lines.map((one) => `| ${one.what} | ${one.concurrency} | ${one.perSecond} | ${one.p50} | ${one.p99} |`),
    '',
    `Start cold ${starts.coldMs} ms, warm ${starts.warmMs} ms; at rest ${starts.restMb} MB (web, workers, simulator; PostgreSQL aside).`,
    `Of the product's dialogues ${heldPercent} % ended with a held lesson.`,
    `${machine}; ${at} UTC; ${SECONDS} s each.`,
  ].join('\n');
  process.stdout.write(`${table}\n`);
  const wrong = lines.filter((one) => one.wrong > 0);
  for (const one of wrong) process.stderr.write(`${one.what}: ${one.wrong} answers were not 200\n`);
  writeFileSync(
    join(__dirname, 'last.json'),
    `${JSON.stringify({ machine, at, starts, heldPercent, lines }, null, 2)}\n`,
  );
  if (wrong.length > 0) process.exitCode = 1;
}

void main().catch((fault: unknown) => {
  process.stderr.write(`${fault instanceof Error ? fault.stack : String(fault)}\n`);
  process.exitCode = 1;
});
