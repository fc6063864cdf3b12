import type { Listening } from '../../../flows/heard';
import { stateOf } from '../dates/holidays';
import type { DayContext } from '../dates/read-day';
import { schoolClock } from '../dates/school-clock';
import { settleLeftOut } from './clauses/left-out';
import { settleClauses } from './clauses/settle';
import { settleTests } from './clauses/tests';
import { settleWork } from './clauses/work';
import { lex } from './text/lex';
import { type Found, find, phrases } from './text/phrases';
import type { Token } from './text/token';
import { words } from './text/words';
import { settleAnchors } from './units/anchor';
import { chunk } from './units/chunk';
import { joinDays } from './units/join-days';
import { settleOwnWeek } from './units/own-week';
import { rosterOf } from './units/person';
import { settleNegations, settleNumbers } from './units/settle';
import { type Unit, wordOf } from './units/unit';

/** A text cut up and looked through: its pieces in order and every known phrase in it. */
export type Reading = {
  text: string;
  tokens: Token[];
  units: Unit[];
  found: Found[];
  listening: Listening;
  context: DayContext;
};

const TREES = {
  student: phrases({ ...words.common, ...words.student }),
  instructor: phrases({ ...words.common, ...prefixed(words.instructor, 'i.'), ...words.student }),
  owner: phrases({
    ...words.common,
    ...prefixed(words.instructor, 'i.'),
    ...prefixed(words.owner, 'o.'),
    ...words.student,
  }),
};

export function read(text: string, listening: Listening): Reading {
  const context: DayContext = {
    ...schoolClock(listening.now, listening.zone),
    state: stateOf(listening.state, listening.zone),
  };
  const tokens = lex(text);
  const roster = rosterOf(listening.role === 'instructor' ? [] : listening.instructors);
  const cut = settleAnchors(greeted(chunk(tokens, roster, context)));
  const numbered = settleNumbers(cut, tokens, listening.asked, context.today);
  const open = listening.asked.kind !== 'idle' && listening.role === 'student';
  const late = numbered.some((unit) => LATE.has(wordOf(unit)));
  const booking = open && listening.asked.kind !== 'moveWhen';
  const kept = settleLeftOut(
    late || listening.role === 'instructor' ? numbered : settleWork(numbered, tokens),
    booking,
  );
  const negated = settleNegations(settleOwnWeek(kept, tokens), open);
  const parted = settleClauses(negated, tokens).map((unit) =>
    open && unit.role === 'refused' ? { ...unit, not: true } : unit,
  );
  const tested = listening.role === 'instructor' ? parted : settleTests(parted, tokens, context.today);
  const found = find(TREES[listening.role], tested.map(keysOf));
  const moving = listening.asked.kind === 'moveWhen' || found.some((one) => one.label === 'move');
  const units = joinDays(tested, tokens, context.today, !moving);
  return {
    text,
    tokens,
    units,
    found: units.length === tested.length ? found : find(TREES[listening.role], units.map(keysOf)),
    listening,
    context,
  };
}

/** "good morning" is a hello and no part of any day. */
function greeted(units: readonly Unit[]): Unit[] {
  return units.flatMap((unit, i): Unit[] => {
    const part = (at: number) => {
      const other = units[at];
      return at < 4 && other?.kind === 'time' && other.form === 'part' && wordOf(units[at - 1]) === 'good';
    };
    if (part(i)) return [];
    if (unit.kind !== 'word' || !part(i + 1)) return [unit];
    return [{ ...unit, to: unit.to + 1, token: { ...unit.token, text: 'hello' } }];
  });
}

/** Where a phrase with this label occurs first. */
export function has(reading: Reading, label: string): Found | undefined {
  return reading.found.find((one) => one.label === label);
}

/** The person's own words for these units. */
export function said(reading: Reading, from: number, to: number): string {
  const first = reading.units[from];
  const last = reading.units[to - 1];
  if (first === undefined || last === undefined) return '';
  return reading.tokens
    .slice(first.from, last.to)
    .map((token) => token.raw)
    .join(' ');
}

/** Words that are neither days, times, people, filler nor part of a phrase found: what we did not understand. */
export function leftover(reading: Reading, labels?: readonly string[]): string[] {
  const covered = new Set<number>();
  for (const one of reading.found)
    if (labels === undefined || labels.includes(one.label)) for (let i = one.from; i < one.to; i++) covered.add(i);
  return reading.units.flatMap((unit, i) =>
    unit.kind === 'word' && !covered.has(i) && !NOISE.has(unit.token.text) ? [unit.token.text] : [],
  );
}

export function hasUnits(reading: Reading, ...kinds: Unit['kind'][]): boolean {
  return reading.units.some((unit) => kinds.includes(unit.kind));
}

const LATE = new Set(['late', 'there', 'away', 'eta', 'you', 'see', 'done']);
const NOISE = new Set(words.noise.join(' ').split(' '));
const CLASSES: Partial<Record<Unit['kind'], string>> = {
  day: '#day',
  time: '#time',
  number: '#number',
  duration: '#duration',
  person: '#person',
  masked: '#masked',
};

function keysOf(unit: Unit): string[] {
  if (unit.kind === 'word') return [unit.token.text];
  const name = CLASSES[unit.kind] ?? '';
  if (unit.kind === 'number') return [name, unit.digits];
  if (unit.kind === 'day' && unit.form === 'relative') return [name, 'today'];
  return [name];
}

function prefixed(lists: Record<string, string[]>, prefix: string): Record<string, string[]> {
  return Object.fromEntries(Object.entries(lists).map(([label, list]) => [prefix + label, list]));
}
