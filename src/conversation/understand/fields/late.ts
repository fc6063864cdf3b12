import type { Reading } from '../reading';
import { wordOf } from '../units/unit';

/** Minutes late: "10 late", "5-10 mins" (the larger), "there in ten"; none when not said. */
export function lateMinutes(reading: Reading): number | undefined {
  const duration = reading.units.find((unit) => unit.kind === 'duration');
  if (duration?.kind === 'duration') return duration.minutes;
  const numbers = reading.units.flatMap((unit, i) => {
    const value =
      unit.kind === 'number'
        ? unit.value
        : unit.kind === 'time' && (unit.bare || BEHIND.has(wordOf(reading.units[i + 1])))
          ? Number(reading.tokens[unit.to - 1]?.text)
          : undefined;
    const at = unit.kind === 'time' && wordOf(reading.units[i - 1]) === 'at';
    return value !== undefined && value > 0 && value <= 120 && !at ? [value] : [];
  });
  const range = reading.units.find((unit) => unit.kind === 'time' && unit.form === 'range');
  if (range !== undefined) return Number(reading.tokens[range.to - 1]?.text) || undefined;
  const words = reading.units.map(wordOf);
  if (numbers.length === 0) numbers.push(...about(reading));
  if (numbers.length === 0 && words.includes('couple')) return undefined;
  return numbers.length === 0 ? undefined : Math.max(...numbers);
}

/** "late by about 15": a bound or a vague hour elsewhere, minutes here. */
function about({ units, tokens }: Reading): number[] {
  return units.flatMap((unit) => {
    if (unit.kind !== 'time' || unit.to - unit.from < 2) return [];
    const said = tokens.slice(unit.from, unit.to);
    const minutes = Number(said.at(-1)?.text);
    const plain = said.slice(0, -1).every((token) => ['by', 'about', 'around', 'maybe'].includes(token.text));
    return plain && minutes > 0 && minutes <= 60 ? [minutes] : [];
  });
}

const BEHIND = new Set(['late', 'behind', 'away']);
