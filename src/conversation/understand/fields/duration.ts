import type { Heard } from '../../../../flows/heard';
import { hasUnits, type Reading } from '../reading';
import { wordOf } from '../units/unit';

/** How long, when that was asked: "90", "2", "one and a half"; undefined where the units say it already. */
export function durationSaid(reading: Reading): Heard[] | undefined {
  if (hasUnits(reading, 'duration')) return undefined;
  const hours = /^\s*([1-3])(?:[.]5|\s?½)\b/.exec(reading.text);
  if (hours !== null) return [{ intent: 'book', durationMinutes: Number(hours[1]) * 60 + 30 }];
  const [only] = reading.units.filter((unit) => unit.kind === 'number' || unit.kind === 'time');
  const value =
    only?.kind === 'number' ? only.value : only === undefined ? Number.NaN : Number(reading.tokens[only.from]?.text);
  if (hasUnits(reading, 'day')) return undefined;
  if (wordOf(reading.units[0]) === 'one' && Number.isNaN(value)) return [{ intent: 'book', durationMinutes: 60 }];
  if (value >= 1 && value <= 3) {
    const half =
      reading.tokens.some((token, i) => token.text === '.' && reading.tokens[i + 1]?.text === '5') ||
      reading.text.includes('half');
    return [{ intent: 'book', durationMinutes: value * 60 + (half ? 30 : 0) }];
  }
  return value >= 30 && value <= 240 ? [{ intent: 'book', durationMinutes: value }] : undefined;
}
