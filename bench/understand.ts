import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { en } from 'chrono-node';
import { fromRecord, type OutsideRecord } from '../src/conversation/surface';
import { understand } from '../src/conversation/understand';

/** Microseconds a text over the sample set, ours beside stock chrono's, in one run. */
const records = readFileSync(join(__dirname, '../test/language/dev.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as OutsideRecord);
const inputs = records.map(fromRecord);

const table: Record<string, { 'median us': number; 'p99 us': number; 'texts/s': number }> = {};
for (const [name, run] of [
  ['understand', () => inputs.map(({ text, listening }) => timed(() => understand(text, listening)))],
  [
    'stock chrono (en.GB)',
    () =>
      inputs.map(({ text, listening }) =>
        timed(() => en.GB.parse(text, new Date(listening.now), { forwardDate: true })),
      ),
  ],
] as const) {
  for (let warm = 0; warm < 30; warm++) run();
  const all = Array.from({ length: 40 }, run)
    .flat()
    .sort((a, b) => a - b);
  const at = (share: number) => Math.round(all[Math.floor(all.length * share)] ?? 0);
  table[name] = {
    'median us': at(0.5),
    'p99 us': at(0.99),
    'texts/s': Math.round(1e6 / (all.reduce((sum, us) => sum + us, 0) / all.length)),
  };
}
console.table(table);

function timed(work: () => unknown): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1000;
}
