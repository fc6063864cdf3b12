import { Client } from 'pg';
import { takeLease } from './embedded/leases';
import { withLock } from './embedded/lock';
import { findPlace, type Place } from './embedded/place';
import { ensureServer, findPostmaster, stopIfUnused, urlOf } from './embedded/server';
import { endWatchdog, ensureWatchdog, hasWatchdog } from './embedded/watchdog';

export { StartFault } from './embedded/fault';

/** A PostgreSQL of our own below DATA_DIR, for as long as the lease is held. */
export type Embedded = {
  /** Superuser on database `dss`: sees every school. */
  adminUrl: string;
  /** Role `dss_owner`, which owns `dss` and is no superuser: row-level security holds for it. */
  ownerUrl: string;
  /** Ends our lease; the last one stops the server and waits for its end. May be called twice. */
  release(): Promise<void>;
};

/**
 * Starts the embedded server or joins the one that runs (cold about 1.5 s, warm 0.2 s). Several processes may share it;
 * the last to release stops it, and a watchdog does so when they are killed. While held, a server that dies is started
 * again. Throws StartFault, one sentence with the remedy.
 */
export async function startEmbedded(options: { dataDir: string; log?: (line: string) => void }): Promise<Embedded> {
  const place = findPlace(options.dataDir);
  const lease = takeLease(place.home);
  try {
    const socket = await withLock(place.home, () => bringUp(place));
    const stopWatching = keepUp(place, options.log ?? (() => {}));
    let released: Promise<void> | undefined;
    const release = async () => {
      await stopWatching();
      lease.end();
      await withLock(place.home, () => shutDown(place));
    };
    return {
      adminUrl: urlOf(socket, 'postgres', 'dss'),
      ownerUrl: urlOf(socket, 'dss_owner', 'dss'),
      release: () => {
        released ??= release();
        return released;
      },
    };
  } catch (error) {
    lease.end();
    await withLock(place.home, () => shutDown(place)).catch(() => {});
    throw error;
  }
}

async function bringUp(place: Place): Promise<string> {
  const socket = await ensureServer(place);
  ensureWatchdog(place);
  await provision(socket);
  return socket;
}

async function shutDown(place: Place): Promise<void> {
  if (await stopIfUnused(place)) await endWatchdog(place);
}

/** The owner makes roles and tables but bypasses nothing; all its extensions are trusted ones. */
async function provision(socket: string): Promise<void> {
  const client = new Client({ connectionString: urlOf(socket, 'postgres', 'postgres') });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query(
      `select exists (select from pg_roles where rolname = 'dss_owner') as role,
              exists (select from pg_database where datname = 'dss') as database`,
    );
    if (!rows[0].role) await client.query('create role dss_owner login createrole nosuperuser nobypassrls');
    if (!rows[0].database) await client.query('create database dss owner dss_owner');
  } finally {
    await client.end().catch(() => {});
  }
}

const LOOK_EVERY_MS = 500;

/** Looks after server and watchdog until told to stop; a fault is logged and the next look tries again. */
function keepUp(place: Place, log: (line: string) => void): () => Promise<void> {
  let looking: Promise<void> = Promise.resolve();
  let idle = true;
  const look = async () => {
    if (findPostmaster(place) && hasWatchdog(place)) return;
    if (!findPostmaster(place)) log('the database server has died and is started again');
    await withLock(place.home, () => bringUp(place));
  };
  const timer = setInterval(() => {
    if (!idle) return;
    idle = false;
    looking = look()
      .catch((error: Error) => log(`the database server could not be looked after: ${error.message}`))
      .finally(() => {
        idle = true;
      });
  }, LOOK_EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await looking;
  };
}
