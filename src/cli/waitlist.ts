import type { Command } from 'commander';
import { wishInWords } from '../../flows/wish';
import { listInstructors } from '../store/setup';
import { waitlistOf } from '../store/waitlist';
import { clock } from './clock';
import { atSchool, type SchoolOptions, schoolCommandOf } from './in-school';
import { print } from './with';

/** `dss waitlist`: who waits for a slot to open, in the order in which they are asked. */
export function waitlistCommand(): Command {
  return schoolCommandOf('waitlist', 'who waits for a slot to open, first come first asked').action(
    (options: SchoolOptions) =>
      atSchool(options, async (tx, { school, now }) => {
        const instructors = await listInstructors(tx, school.id);
        const found = (await waitlistOf(tx, school.id, now)).map((one) => ({
          ...{ id: one.id, name: one.name, phone: one.phone, lessonType: one.lessonType, instructor: one.instructor },
          wish: wishInWords(one.wish, { instructors }),
          since: new Date(one.createdAt).toISOString(),
          until: new Date(one.endsAt).toISOString(),
          askedUntil: one.askedUntil === null ? null : new Date(one.askedUntil).toISOString(),
        }));
        if (options.json) return print(found);
        if (found.length === 0) print('Nobody waits for a slot.');
        for (const one of found) {
          const asked =
            one.askedUntil === null
              ? ''
              : `  asked, answers until ${clock(Date.parse(one.askedUntil), school.timezone)}`;
          print(
            `${one.name}  ${one.phone}  ${one.wish}  since ${clock(Date.parse(one.since), school.timezone)}${asked}`,
          );
        }
      }),
  );
}
