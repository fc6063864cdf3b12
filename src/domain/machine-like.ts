/** What sent a text that no person wrote just then. */
export type Machine = 'auto_reply' | 'notice' | 'echo';

/**
 * A text that a machine wrote: an automatic answer, a delivery notice, or one of our own sent back (`ours`: the last texts
 * to that phone). Only what is as good as certain; null for anything that a person may have typed.
 */
export function machineLike(text: string, ours: string[]): Machine | null {
  const said = plain(text);
  if (said.length < SHORTEST) return null;
  if (ours.some((one) => isEchoOf(said, plain(one)))) return 'echo';
  if (NOTICES.some((pattern) => pattern.test(said))) return 'notice';
  return AUTO_REPLIES.some((pattern) => pattern.test(said)) ? 'auto_reply' : null;
}

/** Shorter texts are no machine's; our own last texts need not be looked up for them. */
export const SHORTEST = 20;

const AUTO_REPLIES = [
  /\bdo not disturb while driving\b/,
  /\bdriving (focus|mode) (is )?(turned )?on\b/,
  /\bnot receiving notifications\b/,
  /\bi m (currently |in the car )?driving (right now |now |at the moment |with )?.*\b(i ll|i will) (see|read|reply|respond|get back|call|text)\b/,
  /^(this is an )?(auto|automatic|automated) ?(reply|response|message)\b/,
  /\bthis is an (auto|automatic|automated) (reply|response|message)\b/,
  /\b(sent|replied|responding) automatically\b/,
  /\bi (am|m) (currently )?(out of the office|on (annual |sick |parental )?leave)\b.*\b(until|back|return|urgent|contact)\b/,
  /\b(thanks|thank you) for (your|the) (message|text|sms|email|enquiry|inquiry)\b.*\b(we|i|someone|our team)( ll| will)\b/,
  /\b(this (number|inbox|mailbox|service) (is not monitored|is unmonitored|does not (accept|receive) repl)|do not reply to this (message|text|sms))/,
  /\bplease do not reply\b/,
];

const NOTICES = [
  /\b(message|sms|text) (could not|cannot|failed to) be (delivered|sent)\b/,
  /\b(undeliverable|delivery (status notification|failure|failed|report|receipt))\b/,
  /\b(number|person|customer|subscriber) you (have |are )?(dialled|texted|called|calling|texting)( is)? (not|unavailable|currently|switched off|invalid)\b/,
  /\b(recipient|subscriber) (is )?(not available|unavailable|unknown|invalid|does not exist)\b/,
  /^(missed call|voicemail|you have (a|\d+) (new )?(missed call|voicemail))\b/,
];

/** The same words, or the whole of ours with a little around it, as when it is quoted back. */
function isEchoOf(said: string, ours: string): boolean {
  if (ours.length < SHORTEST) return false;
  return said === ours || (said.includes(ours) && said.length < ours.length + 40);
}

const plain = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
