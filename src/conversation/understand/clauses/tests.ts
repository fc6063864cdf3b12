import { addDays } from '../../dates/calendar';
import { firstDay } from '../../dates/day';
import type { Token } from '../text/token';
import { words } from '../text/words';
import { type Unit, type UnitOf, wordOf } from '../units/unit';

const TESTS = new Set(['test', 'exam', 'tests']);
const TEST_LINKS = new Set(
  'is on at booked for this coming up its in the which was date got has been moved to rescheduled changed now pushed'.split(
    ' ',
  ),
);
const TEST_LESSONS = new Set(words.testLessons);

/** A test's date is never the lesson's: "before my test on the 11th" is the days until then, all else is masked. */
export function settleTests(units: readonly Unit[], tokens: readonly Token[], today: string): Unit[] {
  const settled = [...units];
  for (let i = 0; i < settled.length; i++) {
    if (
      !TESTS.has(wordOf(settled[i])) ||
      TEST_LESSONS.has(wordOf(settled[i - 1])) ||
      TEST_LESSONS.has(wordOf(settled[i + 1]))
    )
      continue;
    const day = testDay(settled, tokens, i);
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
  return settled;
}

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
