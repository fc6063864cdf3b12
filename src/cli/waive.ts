import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { toldWaived } from '../../flows/waive';
import { renderSaid } from '../conversation/render';
import { dollars as shownDollars } from '../domain/labels';
import { type ChargeRow, chargesOfPhone, waivableFrom } from '../store/charges';
import { insertOutgoing } from '../store/messages';
import type { Tx } from '../store/sql';
import { conversationOfPhone } from '../turn/conversation-of-phone';
import { waive } from '../turn/waive';
import { clock } from './clock';
import { phone as readPhone, words } from './fields';
import { type AtSchool, atSchool, type SchoolOptions, schoolCommandOf } from './in-school';
import { wakeWorker } from './say';
import { reader, UsageFault } from './usage';
import { print } from './with';

type Options = SchoolOptions & { lesson?: string; because?: string; by?: string };

/** `dss waive`: the school lets the price of a late drop go; what it had kept or was paid comes back as credit. */
export function waiveCommand(): Command {
  return schoolCommandOf('waive', 'let the price of a late drop or move go; recorded, and told to the student')
    .argument('<phone>')
    .option('--lesson <start>', 'which one, as printed: "2026-11-24 15:00"; only needed where there are several')
    .option('--because <why>', 'why, for the record', 'goodwill')
    .option('--by <who>', 'who decided it (default: the name of this computer account)')
    .action(async (typed: string, options: Options) => {
      const { take, done } = reader();
      const phone = take(() => readPhone('PHONE', typed));
      const because = take(() => words('--because', options.because ?? '', 200));
      const by = take(() => words('--by', options.by ?? userInfo().username));
      done();
      const waived = await atSchool(
        options,
        async (tx, at) => {
          const charge = chosen(await chargesOfPhone(tx, at.school.id, phone), phone, options.lesson, at);
          return waiveAndTell(tx, at, charge, { by, because });
        },
        async ({ messageId }, at) => {
          if (messageId) await wakeWorker(messageId, at);
        },
      );
      print(
        options.json
          ? waived
          : `Waived: ${shownDollars(waived.amountCents)} of ${waived.name}; ${shownDollars(waived.creditCents)} is back as credit. The student is told.`,
      );
    });
}

async function waiveAndTell(
  tx: Tx,
  { school, now }: AtSchool,
  charge: ChargeRow,
  decided: { by: string; because: string },
): Promise<{ name: string; amountCents: number; creditCents: number; messageId: string | null }> {
  const { id: conversationId, optedOutAt } = await conversationOfPhone(tx, school.id, charge.phone, now);
  const waivable = waivableFrom(charge);
  if (!(await waive(tx, school.id, waivable, decided, now))) throw new Error('It has been waived meanwhile.');
  const said = toldWaived(waivable, { name: school.name, zone: school.timezone });
  const text = { conversationId, phone: charge.phone, body: renderSaid(said), messageType: 'waived', dueAt: now };
  const messageId = optedOutAt === null ? await insertOutgoing(tx, school.id, text, now) : null;
  return { name: charge.name, amountCents: charge.amountCents, creditCents: waivable.backCents, messageId };
}

function chosen(charges: ChargeRow[], phone: string, lesson: string | undefined, { school }: AtSchool): ChargeRow {
  const called = (one: ChargeRow) => clock(one.lessonAt, school.timezone);
  if (charges.length === 0) throw new Error(`${phone} has no late drop to waive: see \`dss deposits\`.`);
  const list = charges.map((one) => `"${called(one)}" (${shownDollars(one.amountCents)})`).join(', ');
  const fitting = lesson === undefined ? charges : charges.filter((one) => called(one) === lesson.trim());
  if (fitting.length === 1) return fitting[0]!;
  throw new UsageFault([
    lesson === undefined
      ? `${phone} has several late drops: name one with --lesson. They are: ${list}.`
      : `--lesson is "${lesson}", which is none of the late drops of ${phone}. They are: ${list}.`,
  ]);
}
