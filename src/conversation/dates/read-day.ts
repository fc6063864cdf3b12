import type { Token } from '../understand/text/token';
import type { DayPhrase } from './day';
import { readDayMonth, readIso, readMonth, readNumeric, readOrdinal } from './read-date';
import { readDaysOfMonth } from './read-days-of-month';
import { readHoliday } from './read-holiday';
import { readNth } from './read-nth';
import { readRelative } from './read-relative';
import { readSpan } from './read-span';
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
  readWeekday,
  readMonth,
  readOrdinal,
];

/** The longest phrase about days that begins at token `at`. */
export function readDay(tokens: readonly Token[], at: number, context: DayContext): DayPhrase | undefined {
  let best: DayPhrase | undefined;
  for (const read of READERS) {
    const phrase = read(tokens, at, context);
    if (phrase !== undefined && phrase.length > (best?.length ?? 0)) best = phrase;
  }
  return best;
}
