import { type Unit, wordOf } from '../units/unit';

const FILLERS = new Set(['my', 'the', 'on', 'at', 'with']);
const GONE = new Set(['gone', 'past', 'been']);

/** Days that are over ("weekend just gone"), and while booking what was given up: "thurs instead of fri". */
export function settleLeftOut(units: readonly Unit[], booking: boolean): Unit[] {
  const settled = units.map((unit, i): Unit => {
    const over = wordOf(units[i + 1]) === 'just' && GONE.has(wordOf(units[i + 2]));
    return unit.kind === 'day' && over ? { kind: 'masked', what: 'count', from: unit.from, to: unit.to } : unit;
  });
  if (!booking) return settled;
  for (let i = 0; i < settled.length; i++) {
    if (!givesUp(settled, i)) continue;
    let j = i + 1;
    while (FILLERS.has(wordOf(settled[j]))) j += 1;
    const kinds = new Set<Unit['kind']>();
    for (let unit = settled[j]; unit !== undefined && isSlot(unit) && !kinds.has(unit.kind); unit = settled[++j]) {
      kinds.add(unit.kind);
      settled[j] = { ...unit, not: true };
    }
  }
  return settled;
}

/** The last word of "instead of", "rather than" and "rather fri than". */
function givesUp(units: readonly Unit[], at: number): boolean {
  const [before, word] = [wordOf(units[at - 1]), wordOf(units[at])];
  if (word === 'of') return before === 'instead';
  return word === 'than' && units.slice(Math.max(0, at - 4), at).some((unit) => wordOf(unit) === 'rather');
}

function isSlot(unit: Unit): boolean {
  return unit.kind === 'day' || unit.kind === 'time' || unit.kind === 'person' || unit.kind === 'duration';
}
