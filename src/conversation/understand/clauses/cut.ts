import { ends, type Token } from '../text/token';
import { words } from '../text/words';
import { type Unit, wordOf } from '../units/unit';

/** Units `from` up to, not including, `to` that make one statement; `because` when it gives a reason. */
export type Clause = { from: number; to: number; because: boolean };

const OPENERS = set(words.clauses.openers);
const REASONS = set(words.clauses.reasons);
const JOINTS = new Set(['and', 'or', 'then']);
const ENGAGED = set(words.clauses.engaged);
const REFUSING = set(words.clauses.refusing);
const SUBJECTS = set(words.clauses.subjects);
const HOLDS = set(words.clauses.holdsSubject);
const LISTED = new Set<Unit['kind']>(['day', 'time', 'number', 'person']);

/** A text cut into statements: at punctuation, at "so" and "but", and where a new subject begins after something was said. */
export function clausesOf(units: readonly Unit[], tokens: readonly Token[]): Clause[] {
  const clauses: Clause[] = [];
  let from = 0;
  for (let i = 1; i <= units.length; i++) {
    if (i < units.length && !breaks(units, tokens, i, from)) continue;
    clauses.push({ from, to: i, because: isReason(units, from) });
    from = i;
  }
  return clauses;
}

function breaks(units: readonly Unit[], tokens: readonly Token[], at: number, from: number): boolean {
  const before = units[at - 1] as Unit;
  const unit = units[at] as Unit;
  // "this arvo" is a day and a part of it.
  if (unit.from === before.from) return false;
  if (ends(tokens[before.to - 1])) return !isList(units, at);
  const word = wordOf(unit);
  if (word === '') return false;
  if (OPENERS.has(word)) return word !== 'so' || !SO_WHAT.has(wordOf(units[at + 1]));
  if (REASONS.has(word)) return true;
  if (JOINTS.has(word)) return SUBJECTS.has(wordOf(units[at + 1]));
  if (!SUBJECTS.has(word) || HOLDS.has(wordOf(before)) || isTurnedDown(units, at)) return false;
  if (isTopic(units, tokens, from, at)) return false;
  return units.slice(from, at).some(isSaid);
}

/** "tues im working", "sat i cant": said of the day before it. */
function isTurnedDown(units: readonly Unit[], at: number): boolean {
  const after = units.slice(at, at + 4).map(wordOf);
  const verb = after.findIndex((word) => ENGAGED.has(word) || REFUSING.has(word));
  if (verb < 0) return false;
  const next = units[at + verb + 1];
  return next === undefined || next.kind === 'word' || next.kind === 'masked';
}

/** "tuesday i have doctor": nothing but a day, and a statement without one after it. */
function isTopic(units: readonly Unit[], tokens: readonly Token[], from: number, at: number): boolean {
  if (at - from > 3 || !units.slice(from, at).every((unit) => isSaid(unit) || wordOf(unit) === 'on')) return false;
  for (let i = at; i < units.length && i < at + 8; i++) {
    const unit = units[i] as Unit;
    if (isSaid(unit)) return false;
    if (ends(tokens[unit.to - 1]) || OPENERS.has(wordOf(unit))) return true;
  }
  return true;
}

/** "so much", "so far": no consequence. */
const SO_WHAT = new Set(['much', 'far', 'many', 'long', 'early', 'late', 'soon', 'sorry']);

function isReason(units: readonly Unit[], at: number): boolean {
  return REASONS.has(wordOf(units[at])) || (wordOf(units[at]) === 'since' && SUBJECTS.has(wordOf(units[at + 1])));
}

/** "mon, tues or wed": a comma in a list of one kind ends nothing. */
function isList(units: readonly Unit[], at: number): boolean {
  const before = units[at - 1] as Unit;
  const unit = units[at] as Unit;
  if (!LISTED.has(unit.kind) || before.kind !== unit.kind) return false;
  return ['or', 'and'].includes(wordOf(units[at + 1])) && units[at + 2]?.kind === unit.kind;
}

function isSaid(unit: Unit): boolean {
  return unit.kind !== 'word' && unit.kind !== 'masked';
}

export function set(list: string): Set<string> {
  return new Set(list.split(' '));
}
