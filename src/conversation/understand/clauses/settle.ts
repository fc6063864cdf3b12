import type { Token } from '../text/token';
import { words } from '../text/words';
import { type Unit, wordOf } from '../units/unit';
import { type Clause, clausesOf, set } from './cut';
import { refuseIn } from './refuse';

/** What a statement is: a wish, or something of the person's life, which wishes nothing. */
type Told = { clause: Clause; role?: 'aside' | 'booked' };

const WISHES = set(words.clauses.wishes);
const BEING = set(words.clauses.being);
const EVENTS = set(words.clauses.events);
const BOOKED = set(words.clauses.booked);
const PAST = set(words.clauses.past);
const LIFE = set(words.clauses.life);
const PLAIN = new Set(`${words.noise.join(' ')} ${words.clauses.plain}`.split(' ').filter((word) => !LIFE.has(word)));

/**
 * Each statement gets its part: days and times that are turned down are `refused`, and those of a statement about something
 * else ("bus gets in at 4:20", "got the dentist at 3 that day") are `aside` as soon as another statement says what is wanted.
 */
export function settleClauses(units: readonly Unit[], tokens: readonly Token[]): Unit[] {
  if (!units.some(isSlot)) return [...units];
  const clauses = clausesOf(units, tokens);
  const marked = [...units];
  for (const clause of clauses) refuseIn(marked, tokens, clause);
  if (clauses.length < 2) return marked;
  const told = clauses.map(
    (clause, i): Told => ({ clause, ...roleOf(marked, clause, startsWithSo(marked, clauses[i + 1])) }),
  );
  const wishes = told.filter((one) => one.role === undefined).flatMap(({ clause }) => slotsIn(marked, clause));
  // "pretty flexible next week but not monday": what is turned down is not what is wanted instead.
  const others = wishes.filter((unit) => !unit.not && unit.role === undefined);
  const again = units.some((unit) => HIM.has(wordOf(unit)));
  for (const { clause, role } of told) {
    if (role === undefined) continue;
    const elsewhere = marked
      .slice(clause.from, clause.to)
      .some((unit) => unit.kind === 'day' && yields(unit, others, again));
    for (let i = clause.from; i < clause.to; i++) {
      const unit = marked[i] as Unit;
      const gone = role === 'booked' || (unit.kind === 'time' && elsewhere) || yields(unit, others, again);
      if (isSlot(unit) && gone) marked[i] = { ...unit, role };
    }
  }
  return marked;
}

function slotsIn(units: readonly Unit[], clause: Clause): Unit[] {
  return units.slice(clause.from, clause.to).filter(isSlot);
}

/** "loved him": a person named in passing is the one who is wanted. */
const HIM = new Set(['him', 'her', 'them']);

/** A day in passing holds until a day is wanted, a bound until a time is, any other time until anything is. */
function yields(unit: Unit, wanted: readonly Unit[], again: boolean): boolean {
  switch (unit.kind) {
    case 'day':
      return wanted.some((one) => one.kind === 'day');
    case 'time':
      return wanted.some((one) => one.kind === 'time' || (one.kind === 'day' && unit.form !== 'bound'));
    case 'person':
      return wanted.length > 0 && !again;
    case 'duration':
    case 'number':
      return wanted.length > 0;
    case 'word':
    case 'masked':
      return false;
  }
}

function isSlot(unit: Unit): boolean {
  return unit.kind !== 'word' && unit.kind !== 'masked';
}

/**
 * Something else than a wish: a verb of being or having with something that is no word of booking ("hes gotta be in class
 * 8.30"), what is past, or a lesson there is ("u have me down fri at 8").
 */
function roleOf(units: readonly Unit[], clause: Clause, premise: boolean): { role?: 'aside' | 'booked' } {
  const slots = units.slice(clause.from, clause.to).filter(isSlot);
  if (slots.length === 0 || slots.some((unit) => unit.role !== undefined || unit.not)) return {};
  let [strange, verb, past, booked] = [false, clause.because || premise, false, false];
  for (let i = clause.from; i < clause.to; i++) {
    const word = wordOf(units[i]);
    if (word === '') continue;
    if (WISHES.has(word) && !isNeedToBe(units, i)) return {};
    if (EVENTS.has(word)) [strange, verb] = [true, true];
    if (BOOKED.has(word)) booked = true;
    else if (PAST.has(word)) past = true;
    else if (BEING.has(word)) verb = true;
    else if (!PLAIN.has(word) && !/^\W$/.test(word)) strange = true;
  }
  if (booked && verb) return { role: 'booked' };
  return past || (verb && (strange || clause.because)) ? { role: 'aside' } : {};
}

/** "pub till 3 so monday": what a "so" follows is why, not what. */
function startsWithSo(units: readonly Unit[], next: Clause | undefined): boolean {
  return next !== undefined && wordOf(units[next.from]) === 'so';
}

/** "need to be at work by 5" and "ill be back on the 9th" wish nothing of us. */
function isNeedToBe(units: readonly Unit[], at: number): boolean {
  if (wordOf(units[at]) === 'ill') return wordOf(units[at + 1]) === 'be';
  return wordOf(units[at]).startsWith('need') && wordOf(units[at + 1]) === 'to' && wordOf(units[at + 2]) === 'be';
}
