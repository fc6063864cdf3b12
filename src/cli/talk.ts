import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { readConfig } from '../config';
import { type SimClient, type SimFaultMode, simClient } from '../simulator/client';
import { print } from './with';

const STUDENT = '+61491570156';
const HELP = '/clock [+2h | +1d | ISO instant]   /pay 20 REFERENCE   /fault 429 [times]   /quit';

type Options = { from: string; to?: string; url?: string };
const withAddress = (command: Command) =>
  command.option('--url <address>', 'where the program runs (default: PUBLIC_URL or HOST and PORT)');
const addressOf = ({ url }: { url?: string }) => (url ?? readConfig(process.env).publicUrl).replace(/\/$/, '');

/** `dss chat`: a phone in the terminal, on the simulator of a running program. */
export function chatCommand(): Command {
  return withAddress(new Command('chat'))
    .description('a phone in the terminal (simulator); lines are texts, /help shows what else')
    .option('--from <number>', 'whose phone', STUDENT)
    .option('--to <number>', "the school's number (default: the first school)")
    .action(async (options: Options) => {
      const sim = simClient(addressOf(options));
      print(`You are ${options.from}; it is ${await sim.clock()}. ${HELP}`);
      const shown = new Set((await sim.phone(options.from)).map((text) => text.sid));
      // Made last: lines that come before somebody reads them would be lost.
      const input = createInterface({ input: process.stdin, prompt: '> ', terminal: process.stdin.isTTY === true });
      input.prompt();
      for await (const line of input) {
        if (line.trim() === '/quit') break;
        await handle(sim, options, line).catch((fault: Error) => print(`! ${fault.message}`));
        await showNew(sim, options.from, shown);
        input.prompt();
      }
      input.close();
    });
}

async function handle(sim: SimClient, { from, to }: Options, line: string): Promise<void> {
  const [word = '', first = '', ...rest] = line.trim().split(/\s+/);
  if (!word.startsWith('/')) {
    if (line !== '') await sim.text(from, line, to ? { to } : {});
    return;
  }
  if (word === '/clock') return print(await movedClock(sim, first));
  if (word === '/pay') {
    const { outcome } = await sim.credit({
      amountCents: Math.round(Number(first.replace('$', '')) * 100),
      description: rest.join(' '),
      ...(to && { to }),
    });
    return print(`(bank: ${outcome})`);
  }
  if (word === '/fault') return sim.fault(first as SimFaultMode, rest[0] ? Number(rest[0]) : undefined);
  print(HELP);
}

function movedClock(sim: SimClient, by: string): Promise<string> {
  const step = /^\+(\d+)([mhd])$/.exec(by);
  if (!by) return sim.clock();
  if (!step) return sim.setClock(by);
  return sim.advance(step[2] === 'd' ? `P${step[1]}D` : `PT${step[1]}${step[2]!.toUpperCase()}`);
}

async function showNew(sim: SimClient, phone: string, shown: Set<string>): Promise<void> {
  for (const text of await sim.phone(phone)) {
    if (shown.has(text.sid)) continue;
    shown.add(text.sid);
    if (text.direction === 'out') print(text.body.replace(/^/gm, '    '));
  }
}

/** `dss sim`: the simulator from scripts. */
export function simCommand(): Command {
  const sim = new Command('sim').description('drive the simulator: text, phone, clock, pay, fault');
  withAddress(sim.command('text <from> <body>'))
    .description('send a text and print what came of it')
    .option('--to <number>', "the school's number")
    .action(async (from: string, body: string, options: Options) =>
      print(await simClient(addressOf(options)).text(from, body, options.to ? { to: options.to } : {})),
    );
  withAddress(sim.command('phone <number>'))
    .description('the thread of a phone')
    .action(async (number: string, options: Options) => print(await simClient(addressOf(options)).phone(number)));
  withAddress(sim.command('clock [move]'))
    .description('show the clock, or move it: +2h, +1d, an ISO instant')
    .action(async (move: string | undefined, options: Options) =>
      print({ now: await movedClock(simClient(addressOf(options)), move ?? '') }),
    );
  withAddress(sim.command('pay <dollars> <reference>'))
    .description('a bank credit')
    .action(async (amount: string, reference: string, options: Options) =>
      print(
        await simClient(addressOf(options)).credit({
          amountCents: Math.round(Number(amount) * 100),
          description: reference,
        }),
      ),
    );
  withAddress(sim.command('fault <mode> [count]'))
    .description(
      'what the pretend Twilio does next: ok, 500-before, 500-after, 429, timeout, drop-callback, duplicate-callback',
    )
    .action(async (mode: string, count: string | undefined, options: Options) =>
      simClient(addressOf(options)).fault(mode as SimFaultMode, count ? Number(count) : undefined),
    );
  return sim;
}
