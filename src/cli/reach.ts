import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Config } from '../config';

export const REDIS_SILENT =
  'REDIS_URL does not answer: start Redis or correct the address, or unset it to keep the queue in PostgreSQL.';

/** True when the server answers a ping within 3 s. */
export async function redisAnswers(url: string): Promise<boolean> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 3000 });
  redis.on('error', () => {});
  const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), 3000).unref());
  try {
    return await Promise.race([
      redis
        .connect()
        .then(() => redis.ping())
        .then(() => true),
      late,
    ]);
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
}

/** True when the embedded server has yet to be made, which takes some seconds. */
export function isFirstStart({ databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>): boolean {
  return !databaseUrl && !existsSync(join(dataDir, 'postgres', 'data', 'PG_VERSION'));
}
