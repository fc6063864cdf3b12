import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbedded } from '../../src/embedded';
import { openDatabase } from '../../src/store/database';
import { migrate } from '../../src/store/migrate';
import { databaseUrl, OWNER, SHARED, TEMPLATE } from './database';

/** One throw-away server for the whole run; its settings, `fsync` too, are the product's. */
async function globalSetup(): Promise<void> {
  removeLeftovers();
  const dataDir = mkdtempSync(join(tmpdir(), `dss-test-${process.pid}-`));
  // As root the server is another user, who must get in.
  chmodSync(dataDir, 0o755);
  const embedded = await startEmbedded({ dataDir, log: (line) => process.stderr.write(`${line}\n`) });
  Object.assign(globalThis, { dssTestServer: { embedded, dataDir } });
  process.env.DSS_TEST_SERVER_URL = embedded.adminUrl.replace(/\/dss$/, '');

  await asAdmin(`create database ${TEMPLATE} owner ${OWNER}`);
  const db = openDatabase(databaseUrl(OWNER, TEMPLATE), { poolMax: 1 });
  await migrate(db).finally(() => db.destroy());
  await asAdmin(`create database ${SHARED} template ${TEMPLATE} owner ${OWNER}`);
}

async function asAdmin(sql: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl('postgres', 'postgres') });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** Folders of runs that were killed; their servers were stopped by the watchdog. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = /^dss-test-(\d+)-/.exec(name)?.[1];
    if (pid && !isRunning(Number(pid))) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

module.exports = globalSetup;
