import type { Token } from '../understand/text/token';
import { wordAt } from '../understand/text/token';
import { USUAL, words } from '../understand/text/words';
import type { DayPhrase } from './day';
import { nextHoliday } from './holidays';
import type { DayContext } from './read-day';

const BY_FIRST = new Map<string, { said: string[]; name: string }[]>();
for (const [name, ways] of Object.entries(words.holidays)) {
  for (const way of ways) {
    const said = way.split(' ').map((word) => USUAL.get(word) ?? word);
    const first = said[0] ?? '';
    BY_FIRST.set(first, [...(BY_FIRST.get(first) ?? []), { said, name }]);
  }
}

/** "boxing day", "xmas eve", "cup day", "easter monday" in the school's state. */
export function readHoliday(tokens: readonly Token[], at: number, context: DayContext): DayPhrase | undefined {
  let best: DayPhrase | undefined;
  for (const { said, name } of BY_FIRST.get(wordAt(tokens, at)) ?? []) {
    if (said.length <= (best?.length ?? 0) || !said.every((word, i) => wordAt(tokens, at + i) === word)) continue;
    const date = nextHoliday(name, context.today, context.state);
    if (date !== undefined) best = { meanings: [{ date }], form: 'holiday', length: said.length };
  }
  return best;
}
