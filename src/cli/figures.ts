import type { Command } from 'commander';
import { addDays, daysBetween, instantOf, localDateOf } from '../domain/time';
import { type Exported, exportLines, type Line, statRows } from '../store/setup-export';
import { recomputeDay } from '../store/stats';
import { date } from './fields';
import { atSchool, type SchoolOptions, schoolCommandOf } from './in-school';
import { money } from './setup';
import { reader, UsageFault } from './usage';
import { print } from './with';

type Span = { from?: string; to?: string };

/** `dss stats`: the school's days as they were counted, or counted anew. */
export function statsCommand(): Command {
  return withSpan(schoolCommandOf('stats', 'lessons completed, revenue and cancellations by school-local day'))
    .option('--recompute', 'count these days anew first')
    .action((options: SchoolOptions & Span & { recompute?: boolean }) => {
      const given = readSpan(options);
      return atSchool(options, async (tx, { school, now }) => {
        const { from, to } = filled(given, localDateOf(now, school.timezone), 7);
        if (options.recompute)
          for (let day = from; day <= to; day = addDays(day, 1))
            await recomputeDay(tx, school.id, day, school.timezone, now);
        const days = await statRows(tx, school.id, from, to);
        if (options.json) return print(days);
        if (days.length === 0) print('No day has been counted: add --recompute.');
        for (const one of days)
          print(
            `${one.date}  ${one.lessonsCompleted} lessons  ${money(one.revenueCents)}  ${one.cancellations} cancelled`,
          );
      });
    });
}

const KINDS: Exported[] = ['lessons', 'students', 'deposits', 'messages'];

/** `dss export lessons|students|deposits|messages`. */
export function exportCommand(): Command {
  return withSpan(schoolCommandOf('export', `${KINDS.join(', ')} as CSV (default) or JSON, in the school's time`))
    .argument('<what>', KINDS.join(', '))
    .option('--csv', 'print CSV')
    .action((what: string, options: SchoolOptions & Span & { csv?: boolean }) => {
      const kind = KINDS.find((one) => one === what);
      if (!kind) throw new UsageFault([`"${what}" cannot be exported: give ${KINDS.join(', ')}.`]);
      if (options.csv && options.json) throw new UsageFault(['--csv and --json exclude each other: give one of them.']);
      const given = readSpan(options);
      return atSchool(options, async (tx, { school, now }) => {
        const { from, to } = filled(given, localDateOf(now, school.timezone), 36_500);
        // Lessons lie ahead too: without --to nothing is left out.
        const end = given.to === undefined ? addDays(to, 36_500) : addDays(to, 1);
        const span = [from, end].map((day) => instantOf(day, '00:00', school.timezone)) as [number, number];
        const lines = await exportLines(tx, school.id, kind, ...span);
        if (options.json) print(lines);
        else process.stdout.write(csv(lines));
      });
    });
}

const withSpan = (command: Command) =>
  command.option('--from <date>', 'first day, YYYY-MM-DD').option('--to <date>', 'last day, included');

function readSpan({ from, to }: Span): Span {
  const { take, done } = reader();
  const span: Span = {};
  if (from !== undefined) span.from = take(() => date('--from', from));
  if (to !== undefined) span.to = take(() => date('--to', to));
  take(() => {
    if (span.from && span.to && daysBetween(span.from, span.to) < 0)
      throw `--to is ${span.to}, before --from ${span.from}: swap them.`;
  });
  done();
  return span;
}

function filled({ from, to }: Span, today: string, back: number): { from: string; to: string } {
  const last = to ?? today;
  return { from: from ?? addDays(last, 1 - back), to: last };
}

/** RFC 4180 with a heading line; cells that a spreadsheet would run as a formula begin with an apostrophe. */
export function csv(lines: Line[]): string {
  const [first] = lines;
  if (!first) return '';
  const heads = Object.keys(first);
  return [heads, ...lines.map((line) => heads.map((head) => line[head]))]
    .map((cells) => `${cells.map((cell) => quoted(cell ?? '')).join(',')}\r\n`)
    .join('');
}

function quoted(value: string | number | boolean): string {
  // A phone's plus is the one sign that is harmless in front of digits only.
  const formula = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) && !/^\+\d+$/.test(value);
  const cell = `${formula ? "'" : ''}${value}`;
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
