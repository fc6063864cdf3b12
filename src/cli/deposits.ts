import type { Command } from 'commander';
import { type ChargeRow, chargesOwing } from '../store/charges';
import { openDeposits, queuedCredits } from '../store/setup-office';
import { clock } from './clock';
import { atSchool, type SchoolOptions, schoolCommandOf } from './in-school';
import { money } from './setup';
import { print } from './with';

export function depositsCommand(): Command {
  return schoolCommandOf('deposits', 'what is unpaid, and money that could not be matched').action(
    (options: SchoolOptions) =>
      atSchool(options, async (tx, { school }) => {
        const [open, queued] = [await openDeposits(tx, school.id), await queuedCredits(tx, school.id)];
        const owing = await chargesOwing(tx, school.id);
        if (options.json) return print({ open, queued, owing: owing.map(asOwing) });
        print(open.length === 0 ? 'No deposit is open.' : 'Open:');
        for (const one of open)
          print(
            `  ${one.reference}  ${money(one.amountCents)}  ${one.name} ${one.phone}  lesson ${clock(one.lessonAt, school.timezone)}${one.holdEndsAt === null ? '' : `, held until ${clock(one.holdEndsAt, school.timezone)}`}`,
          );
        if (owing.length > 0) print('Owing for late drops (`dss waive PHONE` lets one go):');
        for (const one of owing)
          print(
            `  ${one.reference ?? 'no reference'}  ${money(one.amountCents - one.keptCents)}  ${one.name} ${one.phone}  lesson ${clock(one.lessonAt, school.timezone)}`,
          );
        print(queued.length === 0 ? 'No money waits to be matched.' : 'Money that waits for a person:');
        for (const one of queued)
          print(
            `  ${clock(one.receivedAt, school.timezone)}  ${money(one.amountCents)}  ${[one.payer, one.description, one.reference].filter(Boolean).join(' / ')}  because: ${one.reason}`,
          );
      }),
  );
}

const asOwing = ({ reference, name, phone, lessonAt, amountCents, keptCents }: ChargeRow) => ({
  reference,
  name,
  phone,
  lessonAt,
  amountCents,
  keptCents,
  owingCents: amountCents - keptCents,
});
