import { Command } from 'commander';
import { seedDemo } from '../seed';
import { migrate } from '../store/migrate';
import { schoolsOf } from './in-school';
import { schoolAddCommand } from './school-add';
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
      withStorage(async (storage) => {
        const schools = await schoolsOf(storage);
        if (json) return print(schools);
        if (schools.length === 0) print('There is no school yet: `dss school add`.');
        for (const one of schools) print(`${one.id}  ${one.phone}  ${one.timezone}  ${one.name}`);
      }),
    );
  school.addCommand(schoolAddCommand());
  return school;
}
