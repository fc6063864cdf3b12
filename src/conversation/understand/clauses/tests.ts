import { addDays } from '../../dates/calendar';
import { firstDay } from '../../dates/day';
import type { Token } from '../text/token';
import { words } from '../text/words';
import { type Unit, type UnitOf, wordOf } from '../units/unit';
import { type Clause, clausesOf, set } from './cut';

const TESTS = new Set(['test', 'exam', 'tests']);
const TEST_LINKS = new Set(
  'is on at booked for this coming up its in the which was date got has been moved to rescheduled changed now pushed'.split(
    ' ',
  ),
);
const TEST_LESSONS = new Set(words.testLessons);
/** "drive test" is the test itself, "test drive" is not. */
const ALSO_TESTS = new Set(words.alsoTests);
const WISHES = set(words.clauses.wishes);
const OF_IT = new Set(words.clauses.ofIt.split(' '));

/** A test's date is never the lesson's: "before my test on the 11th" is the days until then, all else is masked. */
export function settleTests(units: readonly Unit[], tokens: readonly Token[], today: string): Unit[] {
  const settled = [...units];
  for (let i = 0; i < settled.length; i++) {
    if (!isTest(settled, i)) continue;
    const day = testDay(settled, tokens, i) ?? dayOfIt(settled, tokens, i);
    if (day === undefined) continue;
    const unit = settled[day] as UnitOf<'day'>;
    const date = firstDay(unit.meanings[0]);
    const lead = settled.slice(Math.max(0, i - 4), i).map(wordOf);
    const before =
      lead.includes('before') || settled.some((other, j) => wordOf(other) === 'before' && isTheTest(settled, j + 1));
    for (const j of [day - 1, day + 1, day + 2]) {
      const time = settled[j];
      if (time?.kind === 'time' && j > Math.min(i, day) - 1 && (j <= day + 1 || wordOf(settled[day + 1]) === 'at'))
        settled[j] = { kind: 'masked', what: 'test', from: time.from, to: time.to };
    }
    settled[day] =
      before && date !== undefined && date > today
        ? {
            kind: 'day',
            form: 'span',
            fixed: true,
            meanings: [{ range: { from: today, to: addDays(date, -1) } }],
            from: unit.from,
            to: unit.to,
          }
        : { kind: 'masked', what: 'test', from: unit.from, to: unit.to };
  }
  return sameDay(maskStatements(settled, tokens), units);
}

/** "a lesson that morning", "at 9 that day": on the day of the test, which is all that tells the lesson's. */
function sameDay(settled: readonly Unit[], units: readonly Unit[]): Unit[] {
  if (settled.some((unit) => unit.kind === 'day')) return [...settled];
  const test = units.find((unit, i) => unit.kind === 'day' && settled[i]?.kind === 'masked');
  const date = test?.kind === 'day' ? firstDay(test.meanings[0]) : undefined;
  if (date === undefined) return [...settled];
  return settled.map((unit, i): Unit => {
    const next = settled[i + 1];
    const part = next?.kind === 'time' && next.form === 'part';
    if (wordOf(unit) !== 'that' || !(part || wordOf(next) === 'day')) return unit;
    return { kind: 'day', form: 'date', meanings: [{ date }], from: unit.from, to: unit.to };
  });
}

function isTest(units: readonly Unit[], at: number): boolean {
  const before = wordOf(units[at - 1]);
  if (!TESTS.has(wordOf(units[at])) || TEST_LESSONS.has(wordOf(units[at + 1]))) return false;
  return !TEST_LESSONS.has(before) || ALSO_TESTS.has(before);
}

/** "... for my drive test, its on the 14th": the day of the statement after, when that speaks of the test. */
function dayOfIt(units: readonly Unit[], tokens: readonly Token[], test: number): number | undefined {
  const clauses = clausesOf(units, tokens);
  const at = clauses.findIndex(({ from, to }) => from <= test && test < to);
  const next = clauses[at + 1];
  if (next === undefined || units.slice(test, next.from).some((unit) => unit.kind === 'day')) return undefined;
  if (!isOfIt(units, next)) return undefined;
  const day = units.findIndex((unit, i) => i >= next.from && i < next.to && unit.kind === 'day');
  return day < 0 ? undefined : day;
}

/** "its on ...", "thats at ...", "booked for ...", and nothing wished in it. */
function isOfIt(units: readonly Unit[], { from, to }: Clause): boolean {
  return OF_IT.has(wordOf(units[from])) && !units.slice(from, to).some((unit) => WISHES.has(wordOf(unit)));
}

/** Days and times of a statement that only tells of the test: "my Ps test is at 10.30 in hornsby", "its at 9". */
function maskStatements(units: readonly Unit[], tokens: readonly Token[]): Unit[] {
  const settled = [...units];
  let told = false;
  for (const clause of clausesOf(units, tokens)) {
    const said = units.slice(clause.from, clause.to);
    const test = said.findIndex((_, i) => isTest(units, clause.from + i));
    const tells =
      test >= 0
        ? !said.some((unit) => WISHES.has(wordOf(unit)) || BEFORE.has(wordOf(unit)))
        : told && isOfIt(units, clause);
    if (test >= 0) told = true;
    for (let i = clause.from; tells && i < clause.to; i++) {
      const unit = settled[i] as Unit;
      const isOfTest = unit.kind === 'time' || (unit.kind === 'day' && unit.form !== 'span');
      if (isOfTest) settled[i] = { kind: 'masked', what: 'test', from: unit.from, to: unit.to };
    }
  }
  return settled;
}

const BEFORE = new Set(['before', 'after', 'until', 'til']);

/** "before it", "before my test". */
function isTheTest(units: readonly Unit[], at: number): boolean {
  const word = wordOf(units[at]);
  return (
    ['then', 'that', 'it'].includes(word) ||
    TESTS.has(word) ||
    (['my', 'the'].includes(word) && TESTS.has(wordOf(units[at + 1])))
  );
}

function testDay(units: readonly Unit[], tokens: readonly Token[], test: number): number | undefined {
  let j = test + 1;
  while (TEST_LINKS.has(wordOf(units[j])) && j < test + 5) j += 1;
  if (units[j]?.kind === 'time' && units[j + 1]?.kind === 'day') j += 1;
  const apart = tokens.slice(units[test]?.from, units[j]?.from).some(({ stop }) => stop !== '' && stop !== ',');
  if (units[j]?.kind === 'day' && !apart) return j;
  if (wordOf(units[test - 1]) === 'my' || wordOf(units[test - 1]) === 'the') {
    const is = wordOf(units[test - 2]);
    if (['is', 'its', 'got', 'have', 'for'].includes(is) && units[test - 3]?.kind === 'day' && is !== 'for')
      return test - 3;
  }
  return undefined;
}
