import type { Token } from '../text/token';
import { words } from '../text/words';
import { type Unit, wordOf } from '../units/unit';
import { type Clause, set } from './cut';

const VERBS = set(words.clauses.refusing);
const ENGAGED = set(words.clauses.engaged);
const SELF = set(words.clauses.self);
const YIELDING = set(words.clauses.wishes);
const PRAISE = set(words.clauses.praise);
const BLAME = set(words.clauses.blame);
const DEGREES = set(words.clauses.degrees);
const NOT_LIKED = set(words.clauses.notLiked);
const JOKES = set(words.clauses.jokes);
const IS = new Set(['is', 'are', 'r', 's', 'was', 'looks', 'gets', 'be']);

/** Marks what one statement turns down: "cant do 1 or 2", "9 is a bit early", "thursdays are no good", "im away this week". */
export function refuseIn(units: Unit[], tokens: readonly Token[], clause: Clause): void {
  const asks = asksWhether(units, tokens, clause);
  const open = asks || isQuestion(units, tokens, clause);
  let refusing = false;
  let pending: number[] = [];
  for (let i = clause.from; i < clause.to; i++) {
    const unit = units[i] as Unit;
    if (unit.kind !== 'word') {
      if (unit.kind === 'masked' || unit.kind === 'duration') {
        if (unit.kind === 'duration' && !refusing) pending.push(i);
        continue;
      }
      if (refusing) units[i] = { ...unit, role: 'refused' };
      else pending.push(i);
      continue;
    }
    if (!asks && pending.length > 0 && (turnsDown(units, i, clause) || ends(units, i, clause))) {
      const hours = isOfHours(units, i) ? pending.filter((at) => units[at]?.kind !== 'day') : [];
      for (const at of hours.length > 0 ? hours : pending) units[at] = { ...(units[at] as Unit), role: 'refused' };
      pending = [];
      continue;
    }
    const word = wordOf(unit);
    if (begins(units, i, clause, open)) refusing = true;
    else if (YIELDING.has(word) || (PRAISE.has(word) && !isDenied(units, i))) {
      refusing = false;
      if (PRAISE.has(word)) pending = [];
    }
  }
}

/** "is 9 too early?" asks. */
function asksWhether(
  units: readonly Unit[],
  tokens: readonly Token[],
  { from, to }: Pick<Clause, 'from' | 'to'>,
): boolean {
  const first = wordOf(units[from]);
  const question = isQuestion(units, tokens, { from, to });
  return ['is', 'are', 'would', 'if', 'does', 'do'].includes(first) && (question || first !== 'do');
}

function isQuestion(units: readonly Unit[], tokens: readonly Token[], { to }: Pick<Clause, 'from' | 'to'>): boolean {
  return tokens[(units[to - 1]?.to ?? 0) - 1]?.stop === '?';
}

/** The predicate that begins at `at` turns down what was said before it. */
function turnsDown(units: readonly Unit[], at: number, { from }: Clause): boolean {
  const [word, next, third] = [0, 1, 2].map((i) => wordOf(units[at + i])) as [string, string, string];
  const before = wordOf(units[at - 1]);
  if (before === 'not' || before === 'isnt') return false;
  if (word === 'too' || word === 'bit' || word === 'little')
    return DEGREES.has(next) || ((next === 'too' || next === 'bit') && DEGREES.has(third));
  if (JOKES.has(word)) return true;
  if (word === 'no') return ['good', 'go', 'use', 'way', 'chance'].includes(next);
  if (word === 'not')
    return (
      NOT_LIKED.has(next) ||
      (['really', 'that', 'so', 'gonna', 'going_to', 'very', 'too'].includes(next) && NOT_LIKED.has(third))
    );
  if (DENIALS.has(word) && at > from) return NOT_LIKED.has(next) || (NOT_LIKED.has(third) && !YIELDING.has(next));
  return (
    BLAME.has(word) &&
    (IS.has(before) || units[at - 1]?.kind !== 'word' || ['a', 'pretty', 'all', 'so', 'really'].includes(before))
  );
}

/** "monday at 5 is too late": of the time, not of the day. */
function isOfHours(units: readonly Unit[], at: number): boolean {
  return units.slice(at, at + 3).some((unit) => HOURS.has(wordOf(unit)));
}

const HOURS = new Set(['early', 'late']);

/** "this weekend im away", "sat i cant do": the verb ends the statement, so it speaks of what stands before it. */
function ends(units: readonly Unit[], at: number, clause: Clause): boolean {
  if (!begins(units, at, clause, false)) return false;
  return units.slice(at + 1, clause.to).every((unit) => unit.kind === 'word' || unit.kind === 'masked');
}

const DENIALS = new Set(['dont', 'doesnt', 'wont', 'isnt', 'arent', 'aint', 'cant', 'wouldnt', 'didnt']);

/** What follows is turned down: "cant do", "dont want", "im away", "id rather not". */
function begins(units: readonly Unit[], at: number, { from }: Clause, asks: boolean): boolean {
  const [word, next] = [wordOf(units[at]), wordOf(units[at + 1])];
  const before = wordOf(units[at - 1]);
  if (VERBS.has(word))
    return !['why', 'if'].includes(before) && !['wait', 'i', 'we', 'you', 'believe', 'remember', 'see'].includes(next);
  if (word === 'dont' || word === 'doesnt') return ['want', 'like', 'do', 'have'].includes(next);
  if (word === 'not')
    return (
      ['keen', 'able', 'free', 'available', 'around', 'here', 'home', 'in'].includes(next) ||
      (before === 'rather' && next !== 'be') ||
      before === 'prefer'
    );
  if (word === 'rather' && next === 'not') return true;
  if (word === 'work' && !asks && units[at + 1]?.kind === 'day') return SELF.has(before) && before !== 'be';
  if (!ENGAGED.has(word) || asks) return false;
  const subject = units.slice(Math.max(from, at - 4), at).map(wordOf);
  return subject.some((one) => SELF.has(one));
}

function isDenied(units: readonly Unit[], at: number): boolean {
  return [1, 2].some((back) =>
    ['not', 'no', 'isnt', 'arent', 'aint', 'dont', 'doesnt'].includes(wordOf(units[at - back])),
  );
}
