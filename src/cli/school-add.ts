import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import { inSchool } from '../store/database';
import { migrate } from '../store/migrate';
import { insertSchool } from '../store/setup';
import { phone, state, words, zone } from './fields';
import { reader } from './usage';
import { nowOf, print, withStorage } from './with';

type Options = Record<'name' | 'zone' | 'state' | 'number' | 'owner' | 'payid', string> & { json?: boolean };

/** `dss school add`: a school of its own beside those that are there. */
export function schoolAddCommand(): Command {
  return new Command('add')
    .description('a new school; then add its instructors and lesson types')
    .requiredOption('--name <name>', 'as texts say it: "Swan Driving"')
    .requiredOption('--zone <zone>', 'IANA time zone: Australia/Perth')
    .requiredOption('--state <state>', 'NSW, VIC, QLD, SA, WA, TAS, ACT or NT')
    .requiredOption('--number <phone>', 'the number that students text (your Twilio number)')
    .requiredOption('--owner <phone>', "the owner's mobile, where alerts go")
    .requiredOption('--payid <payid>', 'where deposits are paid to')
    .option('--json', 'print JSON')
    .action(async (options: Options) => {
      const { take, done } = reader();
      const school = {
        name: take(() => words('--name', options.name, 40)),
        zone: take(() => zone('--zone', options.zone)),
        state: take(() => state('--state', options.state)),
        phone: take(() => phone('--number', options.number)),
        ownerPhone: take(() => phone('--owner', options.owner)),
        payid: take(() => words('--payid', options.payid)),
      };
      take(() => {
        if (school.phone && school.phone === school.ownerPhone)
          throw `--owner is ${school.ownerPhone}, the same as --number: give the owner's own mobile.`;
      });
      done();
      await withStorage(async (storage, config) => {
        await migrate(storage.db);
        const now = await nowOf(storage, config);
        const id = randomUUID();
        await inSchool(storage.db, id, (tx) => insertSchool(tx, id, school, now)).catch((fault) => {
          if ((fault as { constraint?: string }).constraint !== 'school_has_its_own_number') throw fault;
          throw new Error(
            `--number is ${school.phone}, which another school of this installation has: give this school a number of its own (\`dss school list\`).`,
          );
        });
        if (options.json) return print({ id, ...school });
        print(`${school.name} is there, on ${school.phone} (${school.zone}). Next, for example:`);
        print(`  dss instructor add --school ${school.phone} --name Kim --phone 0491570110 --hours "mon-fri 8-17"`);
        print(
          `  dss lesson-type set --school ${school.phone} --name "60 min lesson" --minutes 60 --price 75 --deposit 20`,
        );
      });
    });
}
