import type { Heard, Role } from '../../../../flows/heard';

const OPT_OUT = new Set([
  'stop',
  'stopall',
  'stop all',
  'unsubscribe',
  'end',
  'quit',
  'revoke',
  'optout',
  'opt out',
  'opt-out',
  'cancel',
]);
const OPT_IN = new Set(['start', 'unstop', 'opt in', 'resubscribe']);

/** The single words that the carrier acts on; CANCEL and END with anything beside them are ordinary words. */
export function carrierWord(text: string, role: Role): Heard | undefined {
  const word = text.trim().toLowerCase();
  if (OPT_OUT.has(word) || /^(stop|stopall|unsubscribe)[.!]+$/.test(word)) return { intent: 'stop' };
  if (role !== 'instructor' && OPT_IN.has(word.replace(/[.!]+$/, ''))) return { intent: 'start' };
  return undefined;
}

/** `Liked "..."` and its kin answer the text they quote; the quoted words are ours, not theirs. */
const QUOTE = /[“"'‘«]/u;

export function tapback(text: string): Heard | undefined {
  if (!QUOTE.test(text)) return undefined;
  const match =
    /^\s*(?:\p{Emoji_Presentation}\s*)?(liked|loved|emphasi[sz]ed|laughed at|questioned|disliked|removed an? \w+ from|reacted (\S+) to)\s+[“"'‘«]/iu.exec(
      text,
    );
  if (match === null) return undefined;
  const how = (match[1] ?? '').toLowerCase();
  if (how === 'liked' || how === 'loved') return { intent: 'confirm_yes', yes: true };
  if (how === 'disliked') return { intent: 'confirm_no', yes: false };
  if (how.startsWith('reacted')) {
    if (/👍|❤|😍|👌|✅|💯/u.test(match[2] ?? '')) return { intent: 'confirm_yes', yes: true };
    if (/👎|❌/u.test(match[2] ?? '')) return { intent: 'confirm_no', yes: false };
  }
  return { intent: 'unknown' };
}
