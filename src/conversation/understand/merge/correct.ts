import type { Reading } from '../reading';
import type { Unit } from '../units/unit';

const KINDS = ['day', 'time', 'duration', 'person'] as const;

/** "sat 9am no wait 10am": what is said after a correction replaces what was said before, each for its own kind. */
export function corrected(reading: Reading, onlyLast = false): Unit[] {
  let units = reading.units.filter((unit) => unit.role !== 'aside');
  const marks = reading.found.filter((one) => one.label === 'correct').sort((a, b) => a.from - b.from);
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
  return units;
}
