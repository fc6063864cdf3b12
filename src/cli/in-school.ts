import { Command } from 'commander';
import type { Config } from '../config';
import { toE164 } from '../domain/phones';
import type { Storage } from '../storage';
import { inSchool, openDatabase } from '../store/database';
import { schoolIds } from '../store/schools';
import { allSchools, type SchoolRow } from '../store/setup';
import type { Tx } from '../store/sql';
import { UsageFault } from './usage';
import { nowOf, withStorage } from './with';

/** Options that every command on one school has. */
export type SchoolOptions = { school?: string; json?: boolean };

export type AtSchool = { school: SchoolRow; storage: Storage; config: Config; now: number };

/** A command on one school: `--school` where there are several, `--json` for data on standard output. */
export function schoolCommandOf(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option('--school <school>', 'name, number or id; only needed where there are several')
    .option('--json', 'print JSON');
}

/** One transaction that sees the asked school only, undone when `work` throws; `after` runs when it has committed. */
export function atSchool<T>(
  options: SchoolOptions,
  work: (tx: Tx, at: AtSchool) => Promise<T>,
  after: (done: T, at: AtSchool) => Promise<void> = async () => {},
): Promise<T> {
  return withStorage(async (storage, config) => {
    const school = chosen(await schoolsOf(storage), options.school);
    const at = { school, storage, config, now: await nowOf(storage, config) };
    const done = await inSchool(storage.db, school.id, (tx) => work(tx, at));
    await after(done, at);
    return done;
  });
}

/** All schools; a database role that may not see them at once is shown them one by one. */
export async function schoolsOf({ adminUrl, db }: Storage): Promise<SchoolRow[]> {
  const admin = openDatabase(adminUrl, { poolMax: 1 });
  try {
    const seen = await allSchools(admin);
    if (seen.length > 0) return seen;
  } finally {
    await admin.destroy();
  }
  const one: SchoolRow[] = [];
  for (const id of await schoolIds(db)) one.push(...(await inSchool(db, id, (tx) => allSchools(tx))));
  // Each came from a transaction of its own, in the order of ids, which is chance.
  return one.sort((a, b) => a.name.localeCompare(b.name));
}

function chosen(schools: SchoolRow[], asked: string | undefined): SchoolRow {
  if (schools.length === 0)
    throw new UsageFault(['There is no school yet: make one with `dss school add`, or `dss start` for the demo.']);
  const list = schools.map((one) => `${one.name} (${one.phone})`).join(', ');
  if (asked === undefined) {
    if (schools.length === 1) return schools[0]!;
    throw new UsageFault([`There are several schools: name one with --school. They are: ${list}.`]);
  }
  const number = toE164(asked);
  const name = asked.trim().toLowerCase();
  const found = schools.filter((one) => one.id === name || one.phone === number || one.name.toLowerCase() === name);
  if (found.length === 1) return found[0]!;
  throw new UsageFault([
    found.length > 1
      ? `--school is "${asked}", and ${found.length} schools are called so: give the number or id instead. They are: ${list}.`
      : `--school is "${asked}", but no school has that name, number or id. They are: ${list}.`,
  ]);
}
