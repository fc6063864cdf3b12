import type { Heard } from '../../../../flows/heard';
import { has, type Reading } from '../reading';
import { ORDINALS } from '../text/words';
import { type Unit, wordOf } from '../units/unit';
import { type Offer, offersFitting } from './offers';
import { promoted } from './promoted';

/** A place where options of our list are named, and whether they are wanted there. */
type Mention = { option: number; at: number; wanted: boolean };

/** The numbers on our list that a text chooses, a reading for each; none when it cannot be told which. */
export function optionsMeant(reading: Reading): Heard[] {
  const options = chosenOf(reading);
  return options.length === 0
    ? [{ intent: 'choose_option' }]
    : options.map((option) => ({ intent: 'choose_option', option }));
}

function chosenOf(reading: Reading): number[] {
  const { asked } = reading.listening;
  const offered: readonly Offer[] = asked.kind === 'slots' ? asked.offered : [];
  const count = asked.kind === 'slots' ? offered.length : asked.kind === 'choice' ? asked.options : 9;
  const mentions = mentionsOf(reading, count);
  const excluded = new Set(mentions.filter((one) => !one.wanted).map((one) => one.option));
  const wanted = lastSaid(
    reading,
    mentions.filter((one) => one.wanted && !excluded.has(one.option)),
  );
  if (wanted.length > 0) return wanted;
  const all = Array.from({ length: count }, (_, i) => i + 1);
  const left = all.filter((option) => !excluded.has(option));
  const units = promoted(reading);
  const described = offersFitting(units, offered).filter((option) => left.includes(option));
  const fitting = described.length > 0 ? described : left;
  const picked = byOrder(reading, fitting, offered) ?? fitting;
  return picked.length < count || count === 1 ? picked : [];
}

/** After a correction only what follows it; "1. sorry, no 3" corrects too. */
function lastSaid(reading: Reading, wanted: readonly Mention[]): number[] {
  const mark = has(reading, 'correct');
  const corrects = wanted.length > 1 && wanted.some(({ at }) => wordOf(reading.units[at - 1]) === 'no');
  const later = mark === undefined ? [] : wanted.filter(({ at }) => at >= mark.from);
  const meant = later.length > 0 || corrects ? [...(later.length > 0 ? later : wanted)].slice(-1) : wanted;
  return [...new Set(meant.map((one) => one.option))];
}

/** Numbers, ordinals, letters, "last", "top", "middle" that name an option. */
function mentionsOf(reading: Reading, count: number): Mention[] {
  const dated = reading.units.some((unit) => unit.kind === 'day' && unit.form !== 'ordinal' && !unit.not);
  return reading.units.flatMap((unit, i): Mention[] => {
    const option = optionAt(reading, unit, i, count, dated);
    if (option === undefined || option < 1 || option > count || unit.role === 'aside') return [];
    return [{ option, at: i, wanted: !unit.not && unit.role === undefined && !isDenied(reading, i) }];
  });
}

function optionAt(reading: Reading, unit: Unit, at: number, count: number, dated: boolean): number | undefined {
  switch (unit.kind) {
    case 'number':
      return unit.digits.length === 1 || unit.clock === undefined ? unit.value : undefined;
    case 'day':
      return unit.form === 'ordinal' ? ordinalIn(reading, unit) : undefined;
    case 'time':
      return unit.form === 'clock' && unit.bare && !dated && !isAt(reading, at)
        ? Number(reading.tokens[unit.to - 1]?.text)
        : undefined;
    case 'word':
      return optionOfWord(reading, wordOf(unit), at, count);
    case 'duration':
    case 'person':
    case 'masked':
      return undefined;
  }
}

/** "at 2" is an hour. */
function isAt(reading: Reading, at: number): boolean {
  return ['at', 'around', 'after', 'before'].includes(wordOf(reading.units[at - 1]));
}

function optionOfWord(reading: Reading, word: string, at: number, count: number): number | undefined {
  const before = wordOf(reading.units[at - 1]);
  if (word === 'last' && ORDINALS.has(before)) return count - (ORDINALS.get(before) ?? 1) + 1;
  if (word === 'last' && reading.units[at + 1]?.kind === 'day') return undefined;
  if (word === 'last' || word === 'final' || word === 'bottom') return count;
  if (word === 'top') return 1;
  if (word === 'middle') return count % 2 === 1 ? (count + 1) / 2 : undefined;
  if (word === 'one') return at === 0 || NUMBERED.has(before) ? 1 : undefined;
  const letter = letterOf(reading, at);
  if (letter > 0 && (NUMBERED.has(before) || reading.units.length === 1)) return letter;
  if (word === 'first' && wordOf(reading.units[at + 1]) === 'thing') return undefined;
  return wordOf(reading.units[at + 1]) === 'last' ? undefined : ORDINALS.get(word);
}

/** As it was written: "c" alone is otherwise "see". */
function letterOf(reading: Reading, at: number): number {
  const raw = reading.tokens[reading.units[at]?.from ?? -1]?.raw.toLowerCase() ?? '';
  return raw.length === 1 ? 'abcd'.indexOf(raw) + 1 : 0;
}

const NUMBERED = new Set(['option', 'number', 'slot', 'choice', 'letter', 'take', 'yes', 'okay']);

/** "not the first one", "anything but 2". */
function isDenied(reading: Reading, at: number): boolean {
  const before = [wordOf(reading.units[at - 1]), wordOf(reading.units[at - 2])];
  if (before[0] === 'the' || before[0] === 'option' || before[0] === 'number') before.shift();
  return ['not', 'but', 'except'].includes(before[0] ?? '');
}

function ordinalIn(reading: Reading, unit: Unit): number | undefined {
  for (const token of reading.tokens.slice(unit.from, unit.to)) {
    const value = token.kind === 'number' ? Number(token.text) : ORDINALS.get(token.text);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** "the earliest", "the later thursday": the first or last in time of those that fit. */
export function byOrder(reading: Reading, fitting: readonly number[], offered: readonly Offer[]): number[] | undefined {
  const words = reading.units.map(wordOf);
  const early = words.some(
    (word, i) =>
      ['earliest', 'earlier', 'soonest', 'sooner'].includes(word) || (word === 'early' && words[i + 1] === 'one'),
  );
  const late = words.some(
    (word, i) => word === 'latest' || word === 'later' || (word === 'late' && words[i + 1] === 'one'),
  );
  if (early === late || offered.length === 0) return undefined;
  const at = (option: number) => offered[option - 1]?.at ?? '';
  const order = [...fitting].sort((a, b) => (at(a) < at(b) ? -1 : 1));
  return early ? order.slice(0, 1) : order.slice(-1);
}
