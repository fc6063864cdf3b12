import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serverBinaries } from './binaries';
import { codeOf, StartFault } from './fault';
import { canReach, type ServerUser, serverUser } from './reach';

/** Where one embedded server lives and as whom it runs. Plain data: the watchdog gets it on its command line. */
export type Place = {
  /** `DATA_DIR/postgres`: leases, lock, log, and the data in `data`. */
  home: string;
  data: string;
  /** Holds bin, lib and share. */
  binaries: string;
  user?: { uid: number; gid: number };
  /**
   * The server's user may not enter the folders above `data`. It is then handed an open folder and reaches its files
   * as /proc/self/fd/3, which needs no way there; so the data stay below DATA_DIR, and backups and volumes hold.
   */
  byHandle: boolean;
};

/** Makes the folders and finds the programs. Throws StartFault with the remedy when that cannot be done. */
export function findPlace(dataDir: string): Place {
  const home = makeHome(dataDir);
  const data = join(home, 'data');
  const user = serverUser(data);
  const byHandle = !canReach(home, user);
  if (byHandle && process.platform !== 'linux') {
    throw new StartFault(
      `DATA_DIR ${home} lies below a folder that only root may enter: choose a folder that all may enter.`,
    );
  }
  return { home, data, binaries: serverBinaries(home, user), ...(user && { user }), byHandle };
}

/**
 * The folder of the server's socket, for its user (and root) alone. Below the data where the path fits and can be
 * reached, else a new one in the temporary folder; remembered, so that every user of the server finds it. Under lock.
 */
export function socketFolder({ home, user, byHandle }: Place): string {
  const beside = join(home, 'socket');
  if (!byHandle && fits(beside)) return privateFolder(beside, user);
  const record = join(home, 'socket-folder');
  const known = recorded(record);
  if (known && isPrivate(known, user)) return known;
  const parents = [tmpdir(), '/tmp', '/var/tmp'].filter(
    (parent) => fits(join(parent, 'dss-XXXXXX')) && isUsable(parent, user),
  );
  if (!parents[0])
    throw new StartFault('no short folder for the database socket: set TMPDIR to one that all may enter.');
  const made = mkdtempSync(join(parents[0], 'dss-'));
  if (user) chownSync(made, user.uid, user.gid);
  writeFileSync(record, made);
  return made;
}

/** Removes a socket folder made in the temporary folder, once the server has stopped. Under lock. */
export function dropSocketFolder({ home, user }: Place): void {
  const record = join(home, 'socket-folder');
  const known = recorded(record);
  if (known && isPrivate(known, user)) rmSync(known, { recursive: true, force: true });
  rmSync(record, { force: true });
}

function recorded(record: string): string | undefined {
  try {
    return readFileSync(record, 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}

function makeHome(dataDir: string): string {
  try {
    const home = join(dataDir, 'postgres');
    mkdirSync(home, { recursive: true });
    accessSync(home, constants.W_OK | constants.X_OK);
    // The true path, so that two spellings of one folder are one server.
    return realpathSync(home);
  } catch (error) {
    throw new StartFault(
      `DATA_DIR ${dataDir} cannot be written (${codeOf(error)}): let this user write there, or set DATA_DIR to another folder.`,
      { cause: error },
    );
  }
}

/** Room for "/.s.PGSQL.5432" in the 107 bytes that a socket's path may have, with a zero for safety. */
function fits(folder: string): boolean {
  return Buffer.byteLength(folder) <= 107 - '/.s.PGSQL.5432'.length - 1;
}

function isUsable(folder: string, user: ServerUser): boolean {
  try {
    return canReach(folder, user);
  } catch {
    return false;
  }
}

function privateFolder(folder: string, user: ServerUser): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!isPrivate(folder, user)) {
    chmodSync(folder, 0o700);
    if (user) chownSync(folder, user.uid, user.gid);
  }
  return folder;
}

/** A folder in /tmp that somebody else put there must not be trusted. */
function isPrivate(folder: string, user: ServerUser): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  const owner = user?.uid ?? process.getuid?.();
  return found?.isDirectory() === true && found.uid === owner && (found.mode & 0o077) === 0;
}
