import { Command } from 'commander';
import { seedDemo } from '../seed';
import { openDatabase } from '../store/database';
import { migrate } from '../store/migrate';
import { rows } from '../store/sql';
import { nowOf, print, withStorage } from './with';

export function migrateCommand(): Command {
  return new Command('migrate')
    .description('bring the database to this version; safe at any time, by any number at once')
    .option('--json', 'print JSON')
    .action(({ json }: { json?: boolean }) =>
      withStorage(async ({ db }) => {
        const { applied } = await migrate(db);
        print(
          json
            ? { applied }
            : applied.length > 0
              ? `Applied: ${applied.join(', ')}`
              : 'Nothing to do: the database is up to date.',
        );
      }),
    );
}

export function seedCommand(): Command {
  return new Command('seed')
    .description('make the demo school, if there is no school yet (simulator only)')
    .action(() =>
      withStorage(async (storage, config) => {
        if (!config.simulator)
          throw new Error(
            'The demo school belongs to the simulator: unset the Twilio variables, or use `dss school add`.',
          );
        await migrate(storage.db);
        const made = await seedDemo(storage.db, await nowOf(storage, config));
        print(made ? 'The demo school Bayside Driving is there.' : 'There is a school already; nothing was changed.');
      }),
    );
}

export function schoolCommand(): Command {
  const school = new Command('school').description('the schools of this installation');
  school
    .command('list')
    .description('every school with its number and zone')
    .option('--json', 'print JSON')
    .action(({ json }: { json?: boolean }) =>
      withStorage(async ({ adminUrl }) => {
        const admin = openDatabase(adminUrl, { poolMax: 1 });
        try {
          const schools = await rows<{ id: string; name: string; phone: string; timezone: string; state: string }>(
            admin,
            'select id, name, phone, timezone, state from schools order by created_at',
          );
          if (json) return print(schools);
          for (const one of schools) print(`${one.id}  ${one.phone}  ${one.timezone}  ${one.name}`);
        } finally {
          await admin.destroy();
        }
      }),
    );
  return school;
}
