import type { Command } from 'commander';
import { handBack, inbox, lastMessages } from '../store/setup-office';
import { clock } from './clock';
import { inWords, tollInWords } from './delivery';
import { phone as readPhone, whole } from './fields';
import { atSchool, type SchoolOptions, schoolCommandOf } from './in-school';
import { reader } from './usage';
import { print } from './with';

/** What a person of the office looks at. */
export function messagesCommand(): Command {
  return schoolCommandOf('messages', 'the last texts, and in plain words what became of each')
    .option('--phone <phone>', 'of one person only')
    .option('--limit <count>', 'how many', '30')
    .action((options: SchoolOptions & { phone?: string; limit: string }) => {
      const { take, done } = reader();
      const of = options.phone === undefined ? null : take(() => readPhone('--phone', options.phone!));
      const limit = take(() => whole('--limit', options.limit, 1, 10_000));
      done();
      return atSchool(options, async (tx, { school }) => {
        const found = await lastMessages(tx, school.id, of, limit);
        if (options.json) return print(found.map((one) => ({ ...one, ...iso(one), delivery: inWords(one) })));
        if (found.length === 0) print('There is no text yet.');
        for (const one of found) {
          print(
            `${clock(one.at, school.timezone)}  ${one.direction === 'in' ? 'from' : 'to'} ${one.phone}  ${[inWords(one), tollInWords(one)].filter(Boolean).join('; ')}`,
          );
          print(one.body.replace(/^/gm, '    '));
        }
      });
    });
}

const iso = ({ at, dueAt }: { at: number; dueAt: number }) => ({
  at: new Date(at).toISOString(),
  dueAt: new Date(dueAt).toISOString(),
});

export function inboxCommand(): Command {
  return schoolCommandOf('inbox', 'who waits for a person').action((options: SchoolOptions) =>
    atSchool(options, async (tx, { school }) => {
      const found = await inbox(tx, school.id);
      if (options.json) return print(found);
      if (found.length === 0) print('Nobody waits.');
      for (const one of found) {
        const taken =
          one.takenOverAt === null ? '' : `  a person answers since ${clock(one.takenOverAt, school.timezone)}`;
        print(`${one.phone ?? 'the school'}  ${one.name ?? ''}${taken}`);
        for (const alert of one.alerts)
          print(
            `    ! ${clock(alert.at, school.timezone)} ${alert.kind.replaceAll('_', ' ')}${alert.detail && `: ${alert.detail}`}`,
          );
        for (const line of one.lines)
          print(`    ${line.direction === 'in' ? '>' : '<'} ${line.body.replaceAll('\n', ' / ')}`);
      }
      if (found.length > 0) print('Answer with `dss say PHONE TEXT`; end with `dss handback PHONE`.');
    }),
  );
}

export function handbackCommand(): Command {
  return schoolCommandOf('handback', 'the bot answers this phone again; its alerts are done')
    .argument('<phone>')
    .action((typed: string, options: SchoolOptions) => {
      const { take, done } = reader();
      const phone = take(() => readPhone('PHONE', typed));
      done();
      return atSchool(options, async (tx, { school, now }) => {
        const resolved = await handBack(tx, school.id, phone, now);
        if (resolved === null) throw new Error(`${phone} has never texted ${school.name}: see \`dss inbox\`.`);
        print(options.json ? { phone, resolved } : `The bot answers ${phone} again (${resolved} alerts done).`);
      });
    });
}
