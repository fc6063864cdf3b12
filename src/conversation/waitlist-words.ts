import type { Heard } from '../../flows/heard';

import type { Policy } from '../domain/policy';
import { HOUR } from '../domain/time';
import type { Place } from './place';
import { stateName } from './place';

const OURS = '(?:wait(?:ing)?[ -]?list|cancellation list|stand ?by)';
const LEAVES = new RegExp(
  String.raw`\b(?:nolist|no list|unlist)\b|\b(?:leave|leaving|off|from|out of|drop|delete|remove|cancel|forget|stop|unsubscribe|do ?n[o']?t (?:need|want)|no longer|no need)\b.*\b(?:${OURS}|list)\b`,
);
const ASKS = new RegExp(
  String.raw`\b(?:am i|are we|i'?m|is my name|have i|what'?s?|which|where|still|my)\b.*\b${OURS}\b|\b(?:am i|are we|i'?m|is my name|still|what.?s)\b.*\bon (?:the|your|my) list\b|^\W*(?:my )?(?:wait ?)?list\W*$`,
);
const BARE = /^\W*(?:my )?(?:wait ?)?list\W*$/i;
const NAMES_IT = /wait|stand ?by|cancellation|nolist|unlist/i;
const UNLESS = /\b(?:dont|don't|do not|not|never)\b.*\b(?:off|leave|remove|drop|take)\b/;

/** What such words are read as; a price list is none of these. */
const MAY_BE = new Set<Heard['intent']>([
  'waitlist',
  'list_lessons',
  'stop',
  'unknown',
  'cancel',
  'confirm_no',
  'help',
]);

/** "take me off the list", "am i on the waitlist": what is said of the list itself; null when it is about something else. */
export function aboutTheList(heard: Heard, words: string): 'my_waitlist' | 'leave_waitlist' | null {
  if (!MAY_BE.has(heard.intent)) return null;
  const text = words.toLowerCase();
  if (heard.date ?? heard.dates ?? heard.range ?? heard.weekdays ?? heard.time ?? heard.window ?? heard.alternatives)
    return null;
  if (LEAVES.test(text) && !UNLESS.test(text)) return 'leave_waitlist';
  return ASKS.test(text) ? 'my_waitlist' : null;
}

/** The same, given how many wishes there are: without any, LIST is no question about them, and the list to be taken off is that of our texts. */
export function sayingOfTheList(heard: Heard, words: string, wishes: number): ReturnType<typeof aboutTheList> {
  const about = aboutTheList(heard, words);
  if (wishes > 0 || about === null) return about;
  if (about === 'my_waitlist') return BARE.test(words) ? null : about;
  return heard.intent === 'stop' && !NAMES_IT.test(words) ? null : about;
}

/** A YES to an offer of the waitlist whose time is over, when nothing was asked since; hours later it means something else. */
export function isLateYes({ value, memory }: Place, heard: Heard, { idleHours }: Policy, now: number): boolean {
  if (heard.intent !== 'confirm_yes' || !memory.offer || now - memory.offer.expiresAt > idleHours * HOUR) return false;
  const state = stateName(value);
  return state === 'idle' || (state === 'waitlist.offered' && now >= memory.offer.expiresAt);
}

/** The words are about the list, or may be: its entries have to be known. */
export function needsWishes(place: Place, heard: Heard, words: string): boolean {
  const state = stateName(place.value);
  const noneSuits = state === 'book.offer' && heard.intent === 'confirm_no';
  return aboutTheList(heard, words) !== null || noneSuits || state === 'waitlist.which';
}
