import type { Reading } from '../reading';
import { ORDINALS, words } from '../text/words';
import { type Unit, wordOf } from '../units/unit';

const LESSON = new Set(words.lessonNouns);
const LAST = new Set(['last', 'final']);
const TO = new Set(['to', 'for', 'until', 'til', 'than']);

/** "the second lesson" is 2, "my last one" -1, "the second last" -2: which of their lessons, by order. */
export function nthSaid({ units }: Reading): number | undefined {
  for (const [i, unit] of units.entries()) {
    const said = ordinalAt(units, i);
    if (said === undefined || !LESSON.has(wordOf(units[said.to]))) continue;
    const before = ['the', 'my', 'our', 'a'].includes(wordOf(units[i - 1])) ? i - 2 : i - 1;
    if (TO.has(wordOf(units[before])) || unit.role === 'aside') continue;
    return said.nth;
  }
  return undefined;
}

function ordinalAt(units: readonly Unit[], at: number): { nth: number; to: number } | undefined {
  const unit = units[at];
  if (LAST.has(wordOf(unit))) return { nth: -1, to: at + 1 };
  const spoken = ORDINALS.get(wordOf(unit));
  const digits = unit?.kind === 'number' && SUFFIXES.has(wordOf(units[at + 1])) ? unit.value : undefined;
  const nth = spoken ?? digits;
  if (nth === undefined || nth < 1 || nth > 9) return undefined;
  const to = at + (spoken === undefined ? 2 : 1);
  return LAST.has(wordOf(units[to])) ? { nth: -nth, to: to + 1 } : { nth, to };
}

const SUFFIXES = new Set(['st', 'nd', 'rd', 'th']);
