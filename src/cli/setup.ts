import { Command } from 'commander';
import { insertInstructor, listInstructors, listLessonTypes, setLessonType } from '../store/setup';
import { dollars, hours, hoursInWords, person, phone, whole, words } from './fields';
import { atSchool, type SchoolOptions, schoolCommandOf } from './in-school';
import { reader } from './usage';
import { print } from './with';

type InstructorOptions = SchoolOptions & { name: string; phone: string; hours: string; maxHours: string };
type TypeOptions = SchoolOptions & { name: string; minutes: string; price: string; deposit: string };

/** `dss instructor add|list`. */
export function instructorCommand(): Command {
  const instructor = new Command('instructor').description('who teaches, and when');
  instructor.addCommand(
    schoolCommandOf('list', 'every instructor with phone and working hours').action((options: SchoolOptions) =>
      atSchool(options, async (tx, { school }) => {
        const found = await listInstructors(tx, school.id);
        if (options.json) return print(found);
        if (found.length === 0) print('There is no instructor yet: `dss instructor add`.');
        for (const one of found)
          print(
            `${one.name}  ${one.phone}  ${hoursInWords(one.hours) || 'no hours'}  at most ${one.maxHoursPerWeek} h a week${one.active ? '' : '  (not active)'}`,
          );
      }),
    ),
  );
  instructor.addCommand(
    schoolCommandOf('add', 'an instructor with working hours (times of the school’s zone)')
      .requiredOption('--name <name>', 'as students know them; the first name is used in texts')
      .requiredOption('--phone <phone>', 'their mobile, from which they run the diary')
      .requiredOption('--hours <hours>', '"mon-fri 8-17, sat 9-13"')
      .option('--max-hours <hours>', 'most hours of lessons a week', '60')
      .action(addInstructor),
  );
  return instructor;
}

function addInstructor(options: InstructorOptions): Promise<void> {
  const { take, done } = reader();
  const wanted = {
    name: take(() => person('--name', options.name)),
    phone: take(() => phone('--phone', options.phone)),
    hours: take(() => hours('--hours', options.hours)),
    maxHoursPerWeek: take(() => whole('--max-hours', options.maxHours, 0, 168)),
  };
  done();
  return atSchool(options, async (tx, { school, now }) => {
    if (wanted.phone === school.phone)
      throw new Error(`--phone is ${wanted.phone}, the school's own number: give the instructor's mobile.`);
    const id = await insertInstructor(tx, school.id, wanted, now).catch((fault) => {
      if ((fault as { constraint?: string }).constraint !== 'phone_is_one_instructor') throw fault;
      throw new Error(
        `--phone is ${wanted.phone}, which another instructor of ${school.name} has: see \`dss instructor list\`.`,
      );
    });
    print(
      options.json ? { id, ...wanted } : `${wanted.name} teaches at ${school.name}: ${hoursInWords(wanted.hours)}.`,
    );
  });
}

/** `dss lesson-type set|list`. */
export function lessonTypeCommand(): Command {
  const type = new Command('lesson-type').description('what is taught: length, price, deposit');
  type.addCommand(
    schoolCommandOf('list', 'every lesson type with its price').action((options: SchoolOptions) =>
      atSchool(options, async (tx, { school }) => {
        const found = await listLessonTypes(tx, school.id);
        if (options.json) return print(found);
        if (found.length === 0) print('There is no lesson type yet: `dss lesson-type set`.');
        for (const one of found)
          print(
            `${one.name}  ${one.durationMinutes} min  ${money(one.priceCents)}  deposit ${money(one.depositCents)}`,
          );
      }),
    ),
  );
  type.addCommand(
    schoolCommandOf('set', 'make a lesson type, or change the one of that name (booked lessons keep their price)')
      .requiredOption('--name <name>', 'as texts say it: "60 min lesson"')
      .requiredOption('--minutes <minutes>', 'its length, 15 to 600')
      .requiredOption('--price <dollars>', '75 or 72.50')
      .requiredOption('--deposit <dollars>', 'asked for at booking; 0 for none')
      .action(setType),
  );
  return type;
}

function setType(options: TypeOptions): Promise<void> {
  const { take, done } = reader();
  const wanted = {
    name: take(() => words('--name', options.name, 40)),
    durationMinutes: take(() => whole('--minutes', options.minutes, 15, 600)),
    priceCents: take(() => dollars('--price', options.price)),
    depositCents: take(() => dollars('--deposit', options.deposit)),
  };
  take(() => {
    if (wanted.depositCents > wanted.priceCents)
      throw `--deposit is ${options.deposit}, more than --price ${options.price}: ask for the price at most.`;
  });
  done();
  return atSchool(options, async (tx, { school, now }) => {
    const { id, made } = await setLessonType(tx, school.id, wanted, now);
    if (options.json) return print({ id, ...wanted, made });
    const { name, durationMinutes, priceCents, depositCents } = wanted;
    print(
      `${made ? 'Made' : 'Changed'}: ${name}, ${durationMinutes} min, ${money(priceCents)}, deposit ${money(depositCents)}.`,
    );
  });
}

export const money = (cents: number) => `$${(cents / 100).toFixed(cents % 100 === 0 ? 0 : 2)}`;
