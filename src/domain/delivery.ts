import { DAY, HOUR, type Instant, MINUTE, SECOND } from './time';

/** When a text is of no more use: what its writer says, else by its kind. Nothing is sent after that. */
export function usefulUntil(messageType: string, dueAt: Instant, expiresAt?: Instant | null): Instant {
  return expiresAt ?? dueAt + (ANSWERS.has(messageType) ? 4 * HOUR : DAY);
}

/** Answers to somebody who waits: a conversation is forgotten after as long (policy's idle hours). */
const ANSWERS = new Set(['reply', 'hand_off', 'code_reply', 'no_code_by_now', 'lesson_finished']);

/** Seconds the carrier may go on trying: what is left of a text's usefulness, within Twilio's bounds of 1 s to 10 h. */
export function validitySeconds(expiresAt: Instant, now: Instant): number {
  return Math.max(1, Math.min(36_000, Math.floor((expiresAt - now) / SECOND)));
}

/** Pause before the next try after `attempts`, at least `leastMs`, a quarter longer or shorter by `chance` (0 to 1). */
export function backOffMs(attempts: number, leastMs: number, chance: number): number {
  const wait = Math.min(2 ** Math.min(attempts - 1, 6) * SECOND, MINUTE);
  return Math.round(Math.max(leastMs, wait * (0.75 + chance / 2)));
}

/** So many texts in a row that the provider did not take, and the school's sending pauses. */
const BURST = 50;
const PAUSE_MS = 5 * SECOND;

/** How long a school's sending pauses at its `inARow`th trouble; 0 = not yet. A dead provider sees few texts, not thousands. */
export function pauseMs(inARow: number, chance: number): number {
  return inARow % BURST === 0 ? Math.round(PAUSE_MS * (0.75 + chance / 2)) : 0;
}

/** Whether so many troubles were an outage, after which what was put off goes in the order in which it fell due. */
export const wasOutage = (inARow: number) => inARow >= BURST;

/** What can be known from the provider's code about a phone. */
export type Failure = 'opted_out' | 'no_such_phone' | 'unreachable' | 'filtered' | 'our_number' | 'other';

/** The kind of a failure by Twilio's code: of the request (21xxx) or of the delivery (30xxx). */
export function failureOf(code: number | null): Failure {
  return (code !== null && KINDS.get(code)) || 'other';
}

const KINDS = new Map<number, Failure>([
  [21610, 'opted_out'],
  ...[21211, 21614, 21635, 30005, 30006].map((code) => [code, 'no_such_phone'] as const),
  ...[30003, 30008].map((code) => [code, 'unreachable'] as const),
  ...[30004, 30007].map((code) => [code, 'filtered'] as const),
  ...[21212, 21408, 21606, 21612, 21659, 21660, 30002].map((code) => [code, 'our_number'] as const),
]);

/** Why a text did not arrive, as one tells the office; null for a code that says nothing of its own. */
export function codeInWords(code: number | null): string | null {
  return code === null ? null : (WORDS[code] ?? null);
}

const WORDS: Record<number, string> = {
  21211: 'not a valid number',
  21212: 'the school’s number cannot send texts',
  21408: 'the Twilio account may not send to that country',
  21606: 'the school’s number cannot send texts',
  21610: 'opted out of texts',
  21612: 'the school’s number cannot reach that phone',
  21614: 'not a mobile number',
  21635: 'not a mobile number',
  21659: 'the school’s number cannot send texts',
  21660: 'the school’s number belongs to another account',
  30002: 'the Twilio account is suspended',
  30003: 'the phone is off or cannot be reached',
  30004: 'the phone does not take our texts',
  30005: 'the number is not in use',
  30006: 'a landline, or a carrier that cannot be reached',
  30007: 'stopped by the carrier as unwanted',
  30008: 'the carrier could not deliver it and does not say why',
  30036: 'the phone was not reached in time',
};
