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

const NOBODY = rosterOf([]);

export function read(text: string, listening: Listening): Reading {
  const context: DayContext = {
    ...schoolClock(listening.now, listening.zone),
    state: stateOf(listening.state, listening.zone),
  };
  const tokens = lex(text);
  const roster = listening.role === 'instructor' ? NOBODY : rosterOf(listening.instructors);
  const cut = settleAnchors(greeted(chunk(tokens, roster, context)));
  const numbered = settleNumbers(cut, tokens, listening.asked, context.today);
  const open = listening.asked.kind !== 'idle' && listening.role === 'student';
  const late = numbered.some((unit, i) => LATE.has(wordOf(unit)) && !POLITE.has(wordOf(numbered[i - 1])));
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
function greeted(units: readonly Unit[]): readonly Unit[] {
  const at = units.findIndex((unit, i) => i < 3 && wordOf(unit) === 'good' && isPart(units[i + 1]));
  const unit = units[at];
  if (unit?.kind !== 'word') return units;
  const hello: Unit = { ...unit, to: unit.to + 1, token: { ...unit.token, text: 'hello' } };
  return [...units.slice(0, at), hello, ...greeted(units.slice(at + 2))];
}

function isPart(unit: Unit | undefined): boolean {
  return unit?.kind === 'time' && unit.form === 'part';
}

/** The labels of all phrases in a text. */
export function labelsOf({ found }: Reading): ReadonlySet<string> {
  const labels = new Set<string>();
  for (const one of found) labels.add(one.label);
  return labels;
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
  const covered = new Uint8Array(reading.units.length);
  for (const one of reading.found)
    if (labels === undefined || labels.includes(one.label)) covered.fill(1, one.from, one.to);
  const left: string[] = [];
  for (let i = 0; i < covered.length; i++) {
    const word = covered[i] === 1 ? '' : wordOf(reading.units[i]);
    if (word !== '' && !NOISE.has(word)) left.push(word);
  }
  return left;
}

export function hasUnits(reading: Reading, ...kinds: Unit['kind'][]): boolean {
  return reading.units.some((unit) => kinds.includes(unit.kind));
}

const LATE = new Set(['late', 'there', 'away', 'eta', 'you', 'see', 'done']);
/** "hi there", "thank you": said of nobody's coming. */
const POLITE = new Set(['hi', 'hey', 'hello', 'thank', 'thanks']);
const NOISE = new Set(words.noise.join(' ').split(' '));
const CLASSES: Record<Exclude<Unit['kind'], 'word'>, readonly string[]> = {
  day: ['#day'],
  time: ['#time'],
  number: ['#number'],
  duration: ['#duration'],
  person: ['#person'],
  masked: ['#masked'],
};

function keysOf(unit: Unit): readonly string[] {
  if (unit.kind === 'word') return [unit.token.text];
  const keys = CLASSES[unit.kind];
  if (unit.kind === 'number') return [...keys, unit.digits];
  return unit.kind === 'day' && unit.form === 'relative' ? RELATIVE : keys;
}

const RELATIVE = ['#day', 'today'];

function prefixed(lists: Record<string, string[]>, prefix: string): Record<string, string[]> {
  return Object.fromEntries(Object.entries(lists).map(([label, list]) => [prefix + label, list]));
}
