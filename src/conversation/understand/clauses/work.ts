import { CLOSE } from '../../dates/school-clock';
import type { Token } from '../text/token';
import { type Unit, wordOf } from '../units/unit';

/** "i finish work at 5" is from 5 on; "in an hour" is no lesson's length. */
export function settleWork(units: readonly Unit[], tokens: readonly Token[]): Unit[] {
  return units.map((unit, i) => {
    const before = wordsBefore(units, tokens, i);
    if (unit.kind === 'duration' && before.at(-1) === 'in')
      return { kind: 'masked', what: 'count', from: unit.from, to: unit.to };
    if (unit.kind === 'time' && unit.bound === 'before' && before.some((word) => BUSY.has(word))) {
      const [bound] = unit.meanings;
      if (bound !== undefined && 'window' in bound)
        return { ...unit, bound: 'after', meanings: [{ window: { from: bound.window.to, to: CLOSE } }] };
    }
    const [meaning] = unit.kind === 'time' && unit.form === 'clock' ? unit.meanings : [];
    if (meaning === undefined || !('time' in meaning) || !before.some((word) => FINISH.has(word))) return unit;
    return {
      kind: 'time',
      form: 'bound',
      bound: 'after',
      meanings: [{ window: { from: meaning.time, to: CLOSE } }],
      from: unit.from,
      to: unit.to,
    };
  });
}

/** Up to four words before, as far as the statement goes. */
function wordsBefore(units: readonly Unit[], tokens: readonly Token[], at: number): string[] {
  const before: string[] = [];
  for (let i = at - 1; i >= 0 && i >= at - 4; i--) {
    const word = wordOf(units[i]);
    if (word === 'so' || word === 'but' || (tokens[(units[i]?.to ?? 0) - 1]?.stop ?? '') !== '') break;
    before.unshift(word);
  }
  return before;
}

const BUSY = new Set(['school', 'work', 'class', 'uni', 'busy', 'working', 'shift', 'training', 'exam', 'tafe']);
const FINISH = new Set(['finish', 'finishes', 'finishing', 'knock', 'knocks', 'knocking']);
