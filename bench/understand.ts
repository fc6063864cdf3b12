import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { en } from 'chrono-node';
import type { Asked, Listening } from '../flows/heard';
import { fromRecord, type OutsideRecord } from '../src/conversation/surface';
import { understand } from '../src/conversation/understand';

/** Microseconds a text over the sample set, ours beside stock chrono's, in one run; then the slowest texts that could be made up. */
const records = readFileSync(join(__dirname, '../test/language/dev.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as OutsideRecord);
const inputs = records.map(fromRecord);
const readers = {
  understand: ({ text, listening }: (typeof inputs)[number]) => understand(text, listening),
  'stock chrono (en.GB)': ({ text, listening }: (typeof inputs)[number]) =>
    en.GB.parse(text, new Date(listening.now), { forwardDate: true }),
};

const ROUNDS = 60;
/** Rounds before any is counted: until nothing is left to be compiled. */
const WARM = 300;
const spent = Object.values(readers).map((): number[] => []);
for (let round = -WARM; round < ROUNDS; round++)
  // Turn by turn, so that whatever else the machine does falls on both.
  for (const [which, reader] of Object.values(readers).entries())
    for (const input of inputs) {
      const us = timed(() => reader(input));
      if (round >= 0) spent[which]?.push(us);
    }
console.table(Object.fromEntries(Object.keys(readers).map((name, which) => [name, summary(spent[which] ?? [])])));
const [ours = 0, theirs = 1] = spent.map((all) => at(all, 0.5));
console.log(`median: ${(ours / theirs).toFixed(1)} times stock chrono's`);

/** Texts that would find whatever grows faster than the length. */
const HOSTILE: Record<string, string> = {
  ranges: '9-',
  digits: '1234567890',
  weekdays: 'mon ',
  joints: 'and ',
  emoji: '😀🙏🏽',
  'combining marks': 'e\u0301\u0323\u0302',
  'next next': 'next ',
  'a long word': 'supercalifragilistic',
  'no spaces': 'monday3pmwithsam',
  refusals: 'cant do mon but ',
  corrections: 'no wait 10am ',
  clocks: '10:30 ',
  names: 'with sma ',
  misspelt: 'tomorow wendesday ',
  statements: 'i have uni, so ',
  numbers: '5 to 7 ',
  'dates and weeks': 'the 5th week of ',
  negations: 'not ',
  quotes: '"\'',
  lines: '\n',
  signs: '+/*-.:',
  halves: 'half past ',
  'every second': 'every second ',
  everything: 'hi im bea can i move my tues 3pm to next thurs or fri arvo with priya, not 5pm? ',
};
const ASKED: Asked[] = [
  { kind: 'idle' },
  { kind: 'when' },
  { kind: 'name' },
  { kind: 'confirm', at: '2026-11-28T15:00' },
  { kind: 'slots', offered: [{ at: '2026-11-26T09:00' }, { at: '2026-11-28T11:30' }] },
];

const worst = Object.entries(HOSTILE).map(([name, piece]) => {
  const whole = piece.repeat(2000).slice(0, 2000);
  const [half, full] = [slowest(whole.slice(0, 1000)), slowest(whole)];
  return { name, 'ms at 1,000': half, 'ms at 2,000': full, 'grows by': (full / half).toFixed(1) };
});
worst.sort((a, b) => b['ms at 2,000'] - a['ms at 2,000']);
console.table(worst);
console.log(
  `worst case over ${worst.length} texts of 2,000 characters: ${worst[0]?.['ms at 2,000']} ms (${worst[0]?.name})`,
);
console.log(`${cpus().length} cores (${cpus()[0]?.model}), load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`);

/** The best of five, for the role and question that take longest. */
function slowest(text: string): number {
  const roles: Listening['role'][] = ['student', 'instructor'];
  const times = roles.flatMap((role) =>
    ASKED.map((asked) => {
      const listening: Listening = { ...(inputs[0]?.listening as Listening), role, asked };
      return Math.min(...Array.from({ length: 5 }, () => timed(() => understand(text, listening)))) / 1000;
    }),
  );
  return Math.round(Math.max(...times) * 10) / 10;
}

function summary(all: number[]): Record<string, number> {
  const mean = all.reduce((sum, us) => sum + us, 0) / all.length;
  return {
    'median us': Math.round(at(all, 0.5)),
    'p99 us': Math.round(at(all, 0.99)),
    'texts/s': Math.round(1e6 / mean),
  };
}

function at(all: readonly number[], share: number): number {
  return all.toSorted((a, b) => a - b)[Math.floor(all.length * share)] ?? 0;
}

function timed(work: () => unknown): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1000;
}
