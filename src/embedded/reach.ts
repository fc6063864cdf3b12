import { execFileSync } from 'node:child_process';
import { type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartFault } from './fault';

/** Whom the server runs as; undefined: as ourselves. PostgreSQL refuses to run as root. */
export type ServerUser = { uid: number; gid: number } | undefined;

/** As root: whoever owns the data already, else `postgres`, else `nobody`. As anyone else: no choice. */
export function serverUser(data: string): ServerUser {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(data, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const user = account('postgres') ?? account('_postgres') ?? account('nobody');
  if (user) return user;
  throw new StartFault(
    'PostgreSQL refuses to run as root and there is no user "postgres" or "nobody": add one, run as an ordinary user, ' +
      'or set DATABASE_URL.',
  );
}

/** Whether the server's user may enter a folder and all above it. Access lists are not looked at. */
export function canReach(folder: string, user: ServerUser): boolean {
  for (let path = folder; ; path = dirname(path)) {
    if (!mayEnter(statSync(path), user)) return false;
    if (path === dirname(path)) return true;
  }
}

function mayEnter({ mode, uid, gid }: Stats, user: ServerUser): boolean {
  if (!user) return true;
  if (uid === user.uid) return (mode & 0o100) !== 0;
  if (gid === user.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}

function account(name: string): ServerUser {
  try {
    const ask = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: ask('-u'), gid: ask('-g') };
  } catch {
    return undefined;
  }
}
