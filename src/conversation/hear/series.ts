import type { Heard, Listening } from '../../../flows/heard';
import { understand } from '../understand';
import { countIn } from './numbers';

const UNTIL = /\b(?:until|untill|till|til|up to)\b/i;
const COUNT =
  /\b(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(?:lessons?|times|sessions?|classes|weeks?|wks?)\b/i;
const WEEKLY = /\b(?:every|each|weekly|fortnightly|once a week)\b/i;

/** How long a series is, from the answer to that question: "5", "5 weeks", "until christmas"; null for anything else. */
export function lengthIn(text: string, listening: Listening): Heard | null {
  const occurrences = countIn(text);
  if (occurrences !== null) return { intent: 'book', recurring: true, occurrences };
  const until = lastDayIn(text.replace(UNTIL, ' '), listening);
  return until ? { intent: 'book', recurring: true, until } : null;
}

/** The head of "every tues 4pm until christmas" and its last day; null when it names none. */
export function untilIn(text: string, listening: Listening): { rest: string; until: string } | null {
  const at = text.search(UNTIL);
  if (at < 1 || !WEEKLY.test(text)) return null;
  const until = lastDayIn(text.slice(at).replace(UNTIL, ''), listening);
  return until ? { rest: text.slice(0, at).trim(), until } : null;
}

/** What a series' words say beside its days: how many, and whether it is as the lesson they have. */
export function seriesIn(heard: Heard, text: string): Heard {
  const series = heard.recurring || /\bfor\b.*\bweeks\b|\bweeks of\b/i.test(text);
  if (heard.intent !== 'book' || !series) return heard;
  const count = COUNT.exec(text);
  const occurrences = heard.occurrences ?? (count ? countIn(count[1]!) : null);
  const inWeeks = count !== null && /w(?:ee)?ks?\b/i.test(count[0]);
  const turns = occurrences && inWeeks ? Math.ceil(occurrences / (heard.everyWeeks ?? 1)) : occurrences;
  const sameTime = /\bsame\b/i.test(text) && heard.weekdays === undefined && heard.date === undefined;
  const weekdays = heard.weekdays ?? undefined;
  return {
    ...heard,
    ...((weekdays || heard.recurring) && { recurring: true }),
    ...(turns && { occurrences: turns }),
    ...(sameTime && { sameTime }),
  };
}

function lastDayIn(words: string, listening: Listening): string | null {
  const { date, dates, range } = understand(words, { ...listening, asked: { kind: 'when' } }).readings[0];
  return range?.to ?? date ?? dates?.at(-1) ?? null;
}
