import type { Asked, Heard } from '../../../../flows/heard';
import { matching, optionSaid, superlative } from '../fields/option';
import { promoted } from '../fields/promoted';
import { wanting } from '../fields/wanting';
import { has, hasUnits, leftover, type Reading } from '../reading';
import { wordOf } from '../units/unit';
import { yesNo } from './yes-no';

/** What a text chooses of the slots on offer, or asks for instead of them. */
export function chosen(reading: Reading, asked: Extract<Asked, { kind: 'slots' }>): Heard[] | undefined {
  const { offered } = asked;
  const first = wordOf(reading.units[0]);
  const second = wordOf(reading.units[1]);
  if (
    hasUnits(reading, 'number') &&
    second !== 'about' &&
    (ASKING.has(first) || (first === 'is' && hasUnits(reading, 'person')))
  )
    return undefined;
  if (
    reading.units.some((unit, i) => unit.kind === 'number' && wordOf(reading.units[i - 1]) === 'not') &&
    !hasUnits(reading, 'day', 'time')
  )
    return [{ intent: 'unknown' }];
  const picked = optionSaid(reading, offered.length);
  if (picked.length > 0) return picked.map((option) => ({ intent: 'choose_option', option }));
  const more = has(reading, 'more');
  const slotted = hasUnits(reading, 'day', 'time', 'person', 'number');
  const others = has(reading, 'availability') !== undefined && reading.units.some((unit) => OTHERS.has(wordOf(unit)));
  if (others && hasUnits(reading, 'day', 'time', 'person')) return wanting(reading, 'availability');
  const picks = slotted ? matching(reading, offered) : superlative(reading, offered);
  if (picks !== undefined) return picks.map((option) => ({ intent: 'choose_option', option }));
  if (
    has(reading, 'cancel') !== undefined ||
    has(reading, 'human') !== undefined ||
    has(reading, 'price') !== undefined ||
    has(reading, 'waitlist') !== undefined
  )
    return undefined;
  if (ASKING.has(wordOf(reading.units[0])) && !hasUnits(reading, 'day', 'time')) return undefined;
  if (hasUnits(reading, 'day', 'time', 'person', 'duration')) return wanting(reading, 'book', promoted(reading));
  if (
    leftover(reading).length === 0 &&
    reading.units.some(
      (unit) =>
        unit.kind === 'number' &&
        unit.clock !== undefined &&
        ((unit.value > 0 && unit.value <= 12) || unit.digits.length > 2),
    )
  )
    return wanting(reading, 'book', promoted(reading));
  const plain = yesNo(reading);
  if (plain?.yes === false) return [plain];
  if (more !== undefined) return [{ intent: 'more' }];
  if (plain?.yes === true) return offered.length === 1 ? [{ intent: 'choose_option', option: 1 }] : [plain];
  return undefined;
}

const OTHERS = new Set(['anything', 'something', 'any', 'got', 'have', 'else', 'other']);
const ASKING = new Set(['who', 'what', 'whats', 'where', 'why', 'how']);
