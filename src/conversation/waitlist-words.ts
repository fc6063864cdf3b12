import type { Heard } from '../../flows/heard';

import type { Place } from './place';
import { stateName } from './place';

const LIST = '(?:wait(?:ing)?[ -]?list|cancellation list|stand ?by|list)';
const LEAVES = new RegExp(
  String.raw`\b(?:nolist|no list|unlist)\b|\b(?:leave|leaving|off|from|out of|drop|delete|remove|cancel|forget|stop|unsubscribe|(?:do ?n[o']?t|no longer) (?:need|want)|no need)\b.*\b${LIST}\b`,
);
const ASKS = new RegExp(
  String.raw`\b(?:am i|are we|im|i'm|is my name|have i|what|which|where|still|my)\b.*\b${LIST}\b|^\W*(?:my )?(?:wait)?list\W*$`,
);
const UNLESS = /\b(?:dont|don't|do not|not|never)\b.*\b(?:off|leave|remove|drop|take)\b/;

/** "take me off the list", "am i on the waitlist": what is said of the list itself; null when it is about something else. */
export function aboutTheList(heard: Heard, words: string): 'my_waitlist' | 'leave_waitlist' | null {
  const text = words.toLowerCase();
  if (heard.date ?? heard.dates ?? heard.range ?? heard.weekdays ?? heard.time ?? heard.window ?? heard.alternatives)
    return null;
  if (LEAVES.test(text) && !UNLESS.test(text)) return 'leave_waitlist';
  return ASKS.test(text) ? 'my_waitlist' : null;
}

/** The waitlist is named, not just a list. */
export const namesTheList = (words: string) => /wait|stand ?by|cancellation|nolist|unlist/i.test(words);

/** A YES to an offer of the waitlist whose time is over, when nothing was asked since. */
export function isLateYes({ value, memory }: Place, heard: Heard, now: number): boolean {
  if (heard.intent !== 'confirm_yes' || !memory.offer) return false;
  const state = stateName(value);
  return state === 'idle' || (state === 'waitlist.offered' && now >= memory.offer.expiresAt);
}

/** The words are about the list, or may be: its entries have to be known. */
export function needsWishes(place: Place, heard: Heard, words: string): boolean {
  const state = stateName(place.value);
  const noneSuits = state === 'book.offer' && heard.intent === 'confirm_no';
  return aboutTheList(heard, words) !== null || noneSuits || state === 'waitlist.which';
}
