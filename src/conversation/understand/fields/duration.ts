import type { Heard } from '../../../../flows/heard';
import { corrected } from '../merge/correct';
import { has, type Reading } from '../reading';
import { type Unit, wordOf } from '../units/unit';
import { wanting } from './wanting';

/**
 * How long, when that was asked: "90", "2", "one and a half", "not 2 hrs, 1", "90 please, no wait 60"; with it whatever else
 * was said. Undefined when no length was.
 */
export function durationSaid(reading: Reading): Heard[] | undefined {
  const lengths = reading.units.flatMap((unit, i): { minutes: number; at: number }[] => {
    if (unit.not || unit.role !== undefined) return [];
    const minutes = minutesIn(reading, unit, i);
    return minutes === undefined ? [] : [{ minutes, at: i }];
  });
  const mark = has(reading, 'correct');
  const later = lengths.filter(({ at }) => mark !== undefined && at >= mark.from);
  const meant = later.at(-1) ?? lengths[0] ?? theHour(reading);
  if (meant === undefined) return undefined;
  const used = new Set(lengths.map(({ at }) => reading.units[at]?.from));
  const others = corrected(reading).filter((unit) => unit.kind !== 'duration' && !used.has(unit.from));
  return wanting(reading, 'book', others).map((heard) => ({ ...heard, durationMinutes: meant.minutes }));
}

/** "just the hour". */
function theHour(reading: Reading): { minutes: number; at: number } | undefined {
  const at = reading.units.findIndex((unit) => wordOf(unit) === 'hour');
  return at < 0 ? undefined : { minutes: 60, at };
}

/** A bare number is hours up to 3 and minutes from 30 on. */
function minutesIn(reading: Reading, unit: Unit, at: number): number | undefined {
  if (unit.kind === 'duration') return unit.minutes;
  if (isOneAndHalf(reading, unit)) return Number(reading.tokens[unit.from]?.text) * 60 + 30;
  const alone = reading.units.every((one) => one.kind !== 'day' || one.not || one.role !== undefined);
  if (!alone) return undefined;
  if (unit.kind === 'word') return wordOf(unit) === 'one' && at === 0 ? 60 : undefined;
  if (unit.kind !== 'number' && (unit.kind !== 'time' || unit.bare !== true)) return halfPast(reading, unit);
  const value = unit.kind === 'number' ? unit.value : Number(reading.tokens[unit.from]?.text);
  if (value >= 1 && value <= 3) return value * 60 + (reading.text.includes('half') ? 30 : 0);
  return value >= 30 && value <= 240 ? value : undefined;
}

/** "1.5", which elsewhere is the first of May. */
function isOneAndHalf(reading: Reading, unit: Unit): boolean {
  const [hours, sign, half] = reading.tokens.slice(unit.from, unit.from + 3);
  return hours?.kind === 'number' && Number(hours.text) <= 3 && sign?.text === '.' && half?.text === '5';
}

/** "one and a half": read as a clock time, meant as a length here. */
function halfPast(reading: Reading, unit: Unit): number | undefined {
  if (unit.kind !== 'time' || unit.form !== 'clock') return undefined;
  const hours = Number(reading.tokens[unit.from]?.text) || spoken(reading, unit);
  const half = reading.tokens.slice(unit.from, unit.to).some((token) => token.text === 'half');
  return half && hours >= 1 && hours <= 3 ? hours * 60 + 30 : undefined;
}

function spoken(reading: Reading, unit: Unit): number {
  return ['one', 'two', 'three'].indexOf(reading.tokens[unit.from]?.text ?? '') + 1;
}
