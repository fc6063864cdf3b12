import { Command } from 'commander';
import { type Config, ConfigFault, readConfig } from '../config';
import { openStorage, type Storage } from '../storage';
import { openDatabase } from '../store/database';
import { migrationState } from '../store/migrate';
import { row } from '../store/sql';
import { complain } from './complain';
import { goLivePoints, type Point } from './go-live';
import { REDIS_SILENT, redisAnswers } from './reach';
import { print } from './with';

type Report = {
  databaseUrl: string | null;
  queue: 'postgres' | 'redis';
  schools: number;
  migrated: boolean;
  problems: string[];
  goLive: Point[];
};

/** `dss doctor`: what is set up, what is wrong, and what to do about it; exit 1 when something is. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check the set-up point by point; says what to do')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const report = await examine();
      if (json) print(report);
      else {
        print(`Database   ${report.databaseUrl ?? 'none'}`);
        print(`Queue      ${report.queue}`);
        print(`Schools    ${report.schools}`);
        print(`Migrated   ${report.migrated ? 'yes' : 'no'}`);
        if (report.goLive.length > 0) print('Go live with Twilio in ten steps (docs/go-live.md):');
        for (const { step, what, ok, say } of report.goLive)
          print(`${String(step).padStart(2)} ${MARK[String(ok) as 'true']}  ${what}${ok === true ? '' : `: ${say}`}`);
        for (const problem of report.problems) print(`PROBLEM    ${problem}`);
        if (report.problems.length === 0) print('All is well.');
      }
      if (report.problems.length > 0) process.exitCode = 1;
    });
}

const MARK = { true: 'done', false: 'TODO', null: 'look' };

async function examine(): Promise<Report> {
  const report: Report = {
    databaseUrl: null,
    queue: process.env.REDIS_URL ? 'redis' : 'postgres',
    schools: 0,
    migrated: false,
    problems: [],
    goLive: [],
  };
  let storage: Storage | null = null;
  try {
    const config = readConfig(process.env);
    storage = await openStorage(config);
    report.databaseUrl = storage.adminUrl;
    await look(config, storage, report);
  } catch (fault) {
    if (fault instanceof ConfigFault) report.problems.push(...fault.problems);
    else report.problems.push((fault as Error).message);
    complain(fault);
  } finally {
    await storage?.close();
  }
  return report;
}

async function look(config: Config, storage: Storage, report: Report): Promise<void> {
  const admin = openDatabase(storage.adminUrl, { poolMax: 1 });
  try {
    const server = await row<{ version: number; sees: boolean; role: string }>(
      admin,
      `select current_setting('server_version_num')::int as version, rolsuper or rolbypassrls as sees, rolname as role from pg_roles where rolname = current_user`,
    );
    if (server!.version < 150_000)
      report.problems.push(`PostgreSQL is version ${Math.floor(server!.version / 10_000)}: use 15 or newer.`);
    const { pending } = await migrationState(storage.db);
    report.migrated = pending.length === 0;
    if (!report.migrated) report.problems.push(`Migrations are waiting (${pending.join(', ')}): run \`dss migrate\`.`);
    else report.schools = (await row<{ n: number }>(admin, 'select count(*)::int as n from schools'))!.n;
    if (!server!.sees)
      report.problems.push(
        `The role ${server!.role} cannot see all schools, so commands over all of them show none: as a superuser run \`alter role ${server!.role} bypassrls\`.`,
      );
    if (config.redisUrl && !(await redisAnswers(config.redisUrl))) report.problems.push(REDIS_SILENT);
    if (!report.migrated) return;
    report.goLive = await goLivePoints(config, storage);
    // With a pretend Twilio they are still to come; in earnest each one is a fault.
    if (!config.simulator)
      for (const one of report.goLive)
        if (one.ok === false) report.problems.push(`Step ${one.step}, ${one.what}: ${one.say}.`);
  } finally {
    await admin.destroy();
  }
}
