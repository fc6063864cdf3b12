import { corrected } from '../merge/correct';
import type { Reading } from '../reading';
import type { Unit } from '../units/unit';

/** All units, with bare numbers as times: what is said of slots on offer when it is none of their numbers. */
export function promoted(reading: Reading): Unit[] {
  return corrected(reading).map((unit) =>
    unit.kind === 'number' && unit.clock !== undefined && unit.value > 0
      ? { ...unit.clock, ...(unit.not ? { not: true } : {}), from: unit.from, to: unit.to }
      : unit,
  );
}
