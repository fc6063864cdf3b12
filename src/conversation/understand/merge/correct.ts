import { clausesOf } from '../clauses/cut';
import type { Reading } from '../reading';
import { type Unit, wordOf } from '../units/unit';

const KINDS = ['day', 'time', 'duration', 'person'] as const;

/** "sat 9am no wait 10am": what is said after a correction replaces what was said before, each for its own kind. */
export function corrected(reading: Reading, onlyLast = false): Unit[] {
  let units = reading.units.filter((unit) => unit.role !== 'aside');
  const marks = [...reading.found.filter((one) => one.label === 'correct'), ...changesOfMind(reading)].sort(
    (a, b) => a.from - b.from,
  );
  for (const mark of marks) {
    const at = reading.units[mark.from]?.from;
    if (at === undefined) continue;
    const after = units.filter((unit) => unit.from >= at && !unit.not);
    for (const kind of KINDS) {
      if (!after.some((unit) => unit.kind === kind)) continue;
      const before = units.filter((unit) => unit.kind === kind && unit.from < at);
      const gone = onlyLast ? before.slice(-1) : before;
      if (onlyLast && before.length < 2) continue;
      units = units.filter((unit) => !gone.includes(unit));
    }
  }
  return onlyLast ? units : concluded(reading, units);
}

/** "mum drops me at 8.15 so 8.30", "ok to drive from the 1st so lets do the 2nd": after a "so" stands what is wanted of its kind. */
function concluded(reading: Reading, said: readonly Unit[]): Unit[] {
  const so = clausesOf(reading.units, reading.tokens).findLast(({ from }) => wordOf(reading.units[from]) === 'so');
  if (so === undefined) return [...said];
  const at = reading.units[so.from]?.from ?? 0;
  const after = said.filter((unit) => unit.from > at && !unit.not && unit.role === undefined);
  return said.filter(
    (unit) =>
      unit.from > at ||
      unit.role !== undefined ||
      unit.not ||
      unit.kind === 'word' ||
      !after.some((other) => other.kind === unit.kind && unit.kind !== 'person'),
  );
}

/** "id do tues but then i remembered i have work, what about wed": a "but" that names no day or time takes back what went before. */
function changesOfMind({ units, tokens }: Reading): { from: number }[] {
  const clauses = clausesOf(units, tokens);
  const says = ({ from, to }: { from: number; to: number }) =>
    units.slice(from, to).some((unit) => unit.kind !== 'word' && unit.kind !== 'masked');
  return clauses.flatMap((clause, i) => {
    const next = clauses.slice(i + 1).find(says);
    if (wordOf(units[clause.from]) !== 'but' || says(clause) || next === undefined) return [];
    const asks = ASKS.has(wordOf(units[next.from])) && ABOUT.has(wordOf(units[next.from + 1]));
    return asks ? [{ from: clause.from }] : [];
  });
}

const ASKS = new Set(['what', 'how', 'can', 'could', 'maybe']);
const ABOUT = new Set(['about', 'we', 'i', 'you', 'day', 'do']);
