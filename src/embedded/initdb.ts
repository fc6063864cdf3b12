import { spawn } from 'node:child_process';
import {
  chownSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { StartFault } from './fault';
import type { Place } from './place';

/**
 * Makes the data folder unless it is there (0.5 s). A folder that a killed start left half-made is made anew; one that
 * was finished is never touched. Throws StartFault when the data belong to another user or version. Under lock.
 */
export async function initialise(place: Place): Promise<void> {
  const { data } = place;
  if (existsSync(join(data, 'PG_VERSION'))) return checkData(place, data);
  if (existsSync(data) && readdirSync(data).length > 0) {
    throw new StartFault(`${data} holds files but no database: move them away, or set DATA_DIR to another folder.`);
  }
  const draft = `${data}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  if (place.user) chownSync(draft, place.user.uid, place.user.gid);
  await runInitdb(place, draft);
  if (existsSync(data)) rmSync(data, { recursive: true });
  renameSync(draft, data);
}

const SHAPE = [
  ...['--username=postgres', '--auth=trust', '--encoding=UTF8', '--no-instructions'],
  // The same order and case rules on every machine, whatever locales it has.
  ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--set=timezone=UTC'],
];

function checkData({ user }: Place, data: string): void {
  const version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  if (version !== SERVER_VERSION) {
    throw new StartFault(
      `${data} was made by PostgreSQL ${version} and this program brings ${SERVER_VERSION}: restore a backup into a new DATA_DIR.`,
    );
  }
  const owner = statSync(data).uid;
  if (!user && owner !== process.getuid?.()) {
    throw new StartFault(
      `${data} belongs to user number ${owner}: run as that user or as root, give it away with chown -R, or set DATA_DIR.`,
    );
  }
}

const SERVER_VERSION = '18';

function runInitdb({ binaries, user, byHandle }: Place, draft: string): Promise<void> {
  const handle = byHandle ? [openSync(draft, constants.O_RDONLY | constants.O_DIRECTORY)] : [];
  const child = spawn(join(binaries, 'bin', 'initdb'), ['-D', byHandle ? '/proc/self/fd/3' : draft, ...SHAPE], {
    ...user,
    cwd: '/',
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'ignore', 'pipe', ...handle],
  });
  for (const fd of handle) closeSync(fd);
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  return new Promise((resolve, reject) => {
    const fail = (why: string) =>
      reject(new StartFault(`the database could not be made in ${draft} (${why}): mend that, or set DATABASE_URL.`));
    child.on('error', (error) => fail(error.message));
    child.on('close', (code) =>
      code === 0 ? resolve() : fail(said.trim().split('\n').slice(-3).join(' ').slice(0, 300)),
    );
  });
}
