import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, readConfig } from '../../src/config';
import { type Running, run } from '../../src/program';
import { type SimClient, simClient } from '../../src/simulator/client';
import { freshDatabase } from './database';
import { toldByLog } from './told';

/** The whole program, started on a database of its own with the simulator; `sim` is its phones, clock and bank. */
export type Started = {
  sim: SimClient;
  running: Running;
  database: Awaited<ReturnType<typeof freshDatabase>>;
  config: Config;
  stop(): Promise<void>;
};

/** Starts it at the simulator's instant `at` (ISO). */
export async function startProgram(at: string, env: Record<string, string> = {}): Promise<Started> {
  const database = await freshDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'dss-test-'));
  const config = readConfig({
    PORT: '0',
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    SIM_NOW: at,
    LOG_LEVEL: 'trace',
    ...env,
  });
  const log: string[] = [];
  const running = await run(config, () => {}, { write: (line) => void log.push(line) });
  return {
    sim: simClient(running.url),
    running,
    database,
    config,
    async stop() {
      await running.close();
      const told = await toldByLog(log.join(''), database.adminUrl);
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
      if (told.length > 0) throw new Error(`the log tells what was said: ${told.slice(0, 3).join(' | ')}`);
    },
  };
}
