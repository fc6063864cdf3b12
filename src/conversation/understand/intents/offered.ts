import type { Asked, Heard } from '../../../../flows/heard';
import { lengthNamed } from '../fields/length-named';
import { wanting } from '../fields/wanting';
import { byOrder } from '../options/option';
import { promoted } from '../options/promoted';
import { has, hasUnits, leftover, type Reading } from '../reading';
import { ORDINALS } from '../text/words';
import { type Unit, wordOf } from '../units/unit';
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
  const length = Object.keys(lengthNamed(reading)).length > 0;
  if (length || hasUnits(reading, 'day', 'time', 'person', 'duration'))
    return wanting(reading, 'book', promoted(reading));
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

/** "3", "no 3 thanks", "option 2", "second", "#1": numbers of the list, unless a day or time is said. */
export function optionSaid(reading: Reading, count: number): number[] {
  const options: number[] = [];
  const words = reading.units.map(wordOf);
  for (const [i, unit] of reading.units.entries()) {
    if (unit.kind === 'day' && unit.form === 'ordinal') {
      const value = ordinalOf(reading, unit);
      if (value !== undefined && value <= count && !words.includes('of')) options.push(value);
      else return [];
    } else if (unit.kind === 'number') {
      const minus = reading.tokens[unit.to]?.text;
      if (
        unit.value < 1 ||
        unit.value > count ||
        (unit.digits.length > 1 && unit.digits.length !== reading.tokens[unit.from]?.text.length) ||
        minus === ':'
      )
        return [];
      if (['not', 'before', 'after'].includes(words[i - 1] ?? '')) continue;
      options.push(unit.value);
    } else if (unit.kind === 'day' || unit.kind === 'duration' || unit.kind === 'masked' || unit.not) {
      if (unit.kind !== 'day') return [];
    } else if (unit.kind === 'time' && unit.form === 'clock') {
      const [meaning] = unit.meanings;
      const number = Number(reading.tokens[unit.to - 1]?.text);
      if (
        unit.bare &&
        number >= 1 &&
        number <= count &&
        meaning !== undefined &&
        reading.units.every((other) => other.kind !== 'day') &&
        !['at', 'around'].includes(words[i - 1] ?? '')
      )
        options.push(number);
      else return [];
    } else if (
      unit.kind === 'word' &&
      /^[abc]$/i.test(unit.token.raw) &&
      ['option', 'letter'].includes(words[i - 1] ?? '')
    ) {
      options.push('abc'.indexOf(unit.token.raw.toLowerCase()) + 1);
    } else if (unit.kind === 'word' && unit.token.text === 'one') {
      const first = words.filter((word) => word !== '');
      if (
        (first.length === 1 && !hasUnits(reading, 'day', 'time', 'person')) ||
        ['option', 'number', 'slot', 'choice'].includes(words[i - 1] ?? '') ||
        (i === 0 && ['please', 'thanks'].includes(words[1] ?? ''))
      )
        options.push(1);
    } else if (unit.kind === 'word' && /^(last|final|bottom)$/.test(unit.token.text) && reading.units.length <= 5)
      options.push(count);
    else if (unit.kind === 'word' && unit.token.text === 'top' && reading.units.length <= 4) options.push(1);
    else if (unit.kind === 'word' && unit.token.text === 'middle' && count === 3) options.push(2);
    else if (unit.kind === 'word' && ORDINALS.has(unit.token.text) && (ORDINALS.get(unit.token.text) ?? 99) <= count)
      options.push(ORDINALS.get(unit.token.text) ?? 0);
  }
  const corrections = has(reading, 'correct');
  if (corrections !== undefined && options.length > 1) return options.slice(-1);
  if (options.length > 0 && reading.units.some((unit) => unit.kind === 'day' && unit.form !== 'ordinal')) return [];
  return leftover(reading).length > 3 ? [] : [...new Set(options)];
}

function ordinalOf(reading: Reading, unit: Unit): number | undefined {
  for (const token of reading.tokens.slice(unit.from, unit.to)) {
    if (token.kind === 'number') return Number(token.text);
    const value = ORDINALS.get(token.text);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** "the saturday one", "the 2pm", "with priya": the offered slots that fit all that was said. */
function matching(reading: Reading, offered: readonly { at: string; instructor?: string }[]): number[] | undefined {
  const units = promoted(reading).filter((unit) => !unit.not);
  if (units.some((unit) => unit.kind === 'duration' || unit.kind === 'masked')) return undefined;
  const fits = offered.flatMap((slot, i) => {
    const [day = '', time = ''] = slot.at.split('T');
    const fit = units.every((unit) => {
      if (unit.kind === 'day')
        return (
          unit.orToday === day ||
          unit.meanings.some((meaning) =>
            'date' in meaning
              ? meaning.date === day
              : 'range' in meaning
                ? meaning.range.from <= day && day <= meaning.range.to
                : false,
          )
        );
      if (unit.kind === 'time')
        return unit.meanings.some((meaning) =>
          'time' in meaning
            ? meaning.time === time
            : unit.form !== 'range' && meaning.window.from <= time && time < meaning.window.to,
        );
      if (unit.kind === 'person') return slot.instructor?.toLowerCase().startsWith(unit.name) === true;
      return true;
    });
    return fit ? [i + 1] : [];
  });
  const exact =
    units.some((unit) => unit.kind === 'time' && unit.form === 'clock') || units.some((unit) => unit.kind === 'person');
  const one = reading.units.some((unit) =>
    ['one', 'option', 'works', 'good', 'fine', 'slot', 'please', 'the', 'ill'].includes(wordOf(unit)),
  );
  if (fits.length === 0) return undefined;
  if (fits.length === 1 && (exact || one || leftover(reading).length === 0)) return fits;
  const named = reading.units.some((unit) => ['one', 'option', 'slot'].includes(wordOf(unit)));
  if (fits.length < 2 || !one) return undefined;
  const picked = byOrder(reading, fits, offered);
  if (picked !== undefined && named) return picked;
  return fits.length < offered.length && (exact || named) ? fits : undefined;
}

/** "the earliest one", "latest". */
function superlative(reading: Reading, offered: readonly { at: string }[]): number[] | undefined {
  const words = reading.units.map(wordOf);
  if (reading.units.length > 6 || has(reading, 'more') !== undefined) return undefined;
  const order = offered.map((slot, i) => ({ at: slot.at, option: i + 1 })).sort((a, b) => (a.at < b.at ? -1 : 1));
  if (words.includes('one') || words.length <= 3) {
    if (words.includes('earliest') || words.includes('soonest') || (words.includes('earlier') && words.includes('one')))
      return order.slice(0, 1).map((slot) => slot.option);
    if (words.includes('latest') || (words.includes('later') && words.includes('one')))
      return order.slice(-1).map((slot) => slot.option);
  }
  return undefined;
}
