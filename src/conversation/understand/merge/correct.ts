import { clausesOf } from '../clauses/cut';
import type { Reading } from '../reading';
import { type Unit, wordOf } from '../units/unit';

const KINDS = ['day', 'time', 'duration', 'person'] as const;

/** "sat 9am no wait 10am": what is said after a correction replaces what was said before, each for its own kind. */
export function corrected(reading: Reading, onlyLast = false): Unit[] {
  const units = reading.units.filter((unit) => unit.role !== 'aside');
  const marks = [...reading.found.filter((one) => one.label === 'correct'), ...changesOfMind(reading)]
    .flatMap((one) => reading.units[one.from]?.from ?? [])
    .sort((a, b) => a - b);
  const gone = new Set(KINDS.flatMap((kind) => (onlyLast ? lastBefore : allBefore)(units, kind, marks)));
  const left = gone.size === 0 ? units : units.filter((unit) => !gone.has(unit));
  return onlyLast ? left : concluded(reading, left);
}

/** "mum drops me at 8.15 so 8.30", "ok to drive from the 1st so lets do the 2nd": after a "so" stands what is wanted of its kind. */
function concluded(reading: Reading, said: Unit[]): Unit[] {
  if (!reading.units.some((unit) => wordOf(unit) === 'so')) return said;
  const so = clausesOf(reading.units, reading.tokens).findLast(({ from }) => wordOf(reading.units[from]) === 'so');
  if (so === undefined) return said;
  const at = reading.units[so.from]?.from ?? 0;
  const after = said.filter((unit) => unit.from > at && !unit.not && unit.role === undefined);
  const kinds = new Set(after.map((unit) => unit.kind));
  return said.filter(
    (unit) =>
      unit.from > at ||
      unit.role !== undefined ||
      unit.not ||
      unit.kind === 'word' ||
      unit.kind === 'person' ||
      !kinds.has(unit.kind),
  );
}

/** All that stands before the last correction that is followed by another of its kind. */
function allBefore(units: readonly Unit[], kind: Unit['kind'], marks: readonly number[]): Unit[] {
  const last = lastSaid(units, kind);
  const mark = marks.findLast((at) => at <= last);
  return mark === undefined ? [] : units.filter((unit) => unit.kind === kind && unit.from < mark);
}

/** For each such correction the one just before it, if another is left. */
function lastBefore(units: readonly Unit[], kind: Unit['kind'], marks: readonly number[]): Unit[] {
  const last = lastSaid(units, kind);
  const all = units.filter((unit) => unit.kind === kind);
  const [before, gone]: [Unit[], Unit[]] = [[], []];
  let next = 0;
  for (const mark of marks) {
    if (mark > last) break;
    while (next < all.length && all[next]!.from < mark) before.push(all[next++]!);
    if (before.length > 1) gone.push(before.pop()!);
  }
  return gone;
}

function lastSaid(units: readonly Unit[], kind: Unit['kind']): number {
  return units.findLast((unit) => unit.kind === kind && !unit.not)?.from ?? -1;
}

/** "id do tues but then i remembered i have work, what about wed": a "but" that names no day or time takes back what went before. */
function changesOfMind({ units, tokens }: Reading): { from: number }[] {
  if (!units.some((unit) => wordOf(unit) === 'but')) return [];
  const clauses = clausesOf(units, tokens);
  const says = clauses.map(({ from, to }) =>
    units.slice(from, to).some((unit) => unit.kind !== 'word' && unit.kind !== 'masked'),
  );
  return clauses.flatMap((clause, i) => {
    if (wordOf(units[clause.from]) !== 'but' || says[i]) return [];
    const next = clauses[says.indexOf(true, i + 1)];
    if (next === undefined || says.indexOf(true, i + 1) < 0) return [];
    const asks = ASKS.has(wordOf(units[next.from])) && ABOUT.has(wordOf(units[next.from + 1]));
    return asks ? [{ from: clause.from }] : [];
  });
}

const ASKS = new Set(['what', 'how', 'can', 'could', 'maybe']);
const ABOUT = new Set(['about', 'we', 'i', 'you', 'day', 'do']);
