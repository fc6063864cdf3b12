import type { Token } from '../understand/text/token';
import { MONTHS, NUMBERS, ORDINALS, USUAL, WEEKDAYS, words } from '../understand/text/words';
import type { DayPhrase } from './day';
import { readDayMonth, readIso, readMonth, readNumeric, readOrdinal } from './read-date';
import { readDaysOfMonth } from './read-days-of-month';
import { readHoliday } from './read-holiday';
import { readNth } from './read-nth';
import { readRelative } from './read-relative';
import { readSpan } from './read-span';
import { readWeekOfMonth } from './read-week-of-month';
import { readWeekday } from './read-weekday';
import type { SchoolClock } from './school-clock';

/** The school's clock and its state, against which phrases are read. */
export type DayContext = SchoolClock & { state: string };

const READERS = [
  readIso,
  readDayMonth,
  readNumeric,
  readHoliday,
  readRelative,
  readSpan,
  readDaysOfMonth,
  readNth,
  readWeekOfMonth,
  readWeekday,
  readMonth,
  readOrdinal,
];

/** Every word that a phrase about days can begin with: most words of a text are none of them. */
const BEGINNINGS = new Set([
  ...[WEEKDAYS, MONTHS, ORDINALS, NUMBERS].flatMap((table) => [...table.keys()]),
  ...Object.values(words.holidays)
    .flat()
    .map((way) => way.split(' ')[0] ?? '')
    .map((word) => USUAL.get(word) ?? word),
  ...words.beginDays,
]);

/** The longest phrase about days that begins at token `at`. */
export function readDay(tokens: readonly Token[], at: number, context: DayContext): DayPhrase | undefined {
  const token = tokens[at];
  if (token?.kind !== 'number' && !BEGINNINGS.has(token?.text ?? '')) return undefined;
  let best: DayPhrase | undefined;
  for (const read of READERS) {
    const phrase = read(tokens, at, context);
    if (phrase !== undefined && phrase.length > (best?.length ?? 0)) best = phrase;
  }
  return best;
}
