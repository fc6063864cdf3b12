import { type Config, readConfig } from '../config';
import { databaseClock } from '../simulator/clock';
import { prepareSimulator } from '../simulator/schema';
import { openStorage, type Storage } from '../storage';

/** Opens the storage for one command and closes it whatever happens. */
export async function withStorage<T>(work: (storage: Storage, config: Config) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  const storage = await openStorage(config);
  try {
    return await work(storage, config);
  } finally {
    await storage.close();
  }
}

/** The world's clock as every process reads it: the simulator's from the database, else real time. */
export async function nowOf({ db }: Storage, config: Config): Promise<number> {
  if (!config.simulator) return Date.now();
  await prepareSimulator(db);
  return (await databaseClock(db, config.simNow)).now();
}

export const print = (value: unknown) =>
  void process.stdout.write(`${typeof value === 'string' ? value : JSON.stringify(value)}\n`);
