import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { explain, fromRecord, toRecord } from '../conversation/surface';
import { understand } from '../conversation/understand';
import { print } from './with';

type Options = { text?: string; role: string; context: string; now?: string; tz: string; json?: boolean };

/** `dss understand`: JSON lines in, JSON lines out; with --text it explains one text to a person. */
export function understandCommand(): Command {
  return new Command('understand')
    .description('read texts as the booking line does: JSON lines on standard input, or one --text explained')
    .option('--text <words>', 'one text, explained for a person')
    .option('--role <role>', 'student, instructor or owner', 'student')
    .option('--context <context>', 'what was asked before', 'idle')
    .option('--now <instant>', 'ISO instant of the text (default: now)')
    .option('--tz <zone>', 'IANA zone of the school', 'Australia/Sydney')
    .option('--json', 'with --text: print JSON')
    .action(async (options: Options) => {
      if (options.text !== undefined) return explainOne(options, options.text);
      let at = 0;
      for await (const line of createInterface({ input: process.stdin })) {
        at += 1;
        if (line.trim()) print(readLine(line, at));
      }
    });
}

function explainOne(options: Options, text: string): void {
  const record = {
    id: 'text',
    role: options.role,
    text,
    now: options.now ?? new Date().toISOString(),
    tz: options.tz,
    context: options.context,
  };
  const { text: words, listening } = fromRecord(record as never);
  const understood = understand(words, listening);
  print(options.json ? toRecord(understood, record as never) : explain(understood));
}

/** One answer a line, in order; a line that cannot be read says so and the rest goes on (exit 1 at the end). */
function readLine(line: string, at: number): unknown {
  let id: unknown = null;
  try {
    const record = JSON.parse(line);
    id = record?.id ?? null;
    const { text, listening } = fromRecord(record);
    return toRecord(understand(text, listening), record);
  } catch (fault) {
    process.exitCode = 1;
    const error = `line ${at} cannot be read (${(fault as Error).message}); each line is {"id", "role", "text", "now", "tz", "context"}`;
    return { id, intent: 'unknown', error };
  }
}
