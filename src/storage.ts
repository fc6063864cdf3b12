import type { Config } from './config';
import { type Embedded, startEmbedded } from './embedded';
import { type Knex, openDatabase } from './store/database';

/** Where the data lives: the embedded server, or the one that was named. `adminUrl` sees every school. */
export type Storage = { db: Knex; ownerUrl: string; adminUrl: string; close(): Promise<void> };

export async function openStorage(config: Config, progress: (line: string) => void = () => {}): Promise<Storage> {
  const embedded: Embedded | null = config.databaseUrl
    ? null
    : await startEmbedded({ dataDir: config.dataDir, log: progress });
  const ownerUrl = embedded?.ownerUrl ?? config.databaseUrl!;
  const db = openDatabase(ownerUrl, { poolMax: 20 });
  return {
    db,
    ownerUrl,
    adminUrl: embedded?.adminUrl ?? ownerUrl,
    async close() {
      await db.destroy();
      await embedded?.release();
    },
  };
}
