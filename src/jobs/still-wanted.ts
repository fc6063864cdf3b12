import type { Claimed } from '../store/outgoing';

/** Why a text that is due is not wanted any more; null when it is. The one place where that is decided. */
export function reasonNotToSend(
  text: Pick<Claimed, 'optedOut' | 'takenOver' | 'messageType' | 'outdated' | 'otp' | 'expiresAt'>,
  now: number,
): string | null {
  if (text.optedOut) return 'opted out of texts';
  if (text.takenOver && !goesAnyway(text.messageType)) return 'a person answers on this phone';
  if (text.outdated) return MOVED_OR_GONE;
  if (text.otp?.ended) return 'the code has ended';
  if (text.expiresAt !== null && text.expiresAt <= now) return TOO_LATE;
  return null;
}

/**
 * While a person answers a phone, the line itself neither replies nor asks anything there. What the office says goes out, and
 * what a student or instructor has to know whoever answers: reminders, start codes, money, a hold's end, changes of lessons.
 */
const GOES_ANYWAY = new Set([
  'office',
  'hand_off',
  'start_code',
  'code_reply',
  'deposit_landed',
  'late_money',
  'charge_paid',
  'waived',
  'hold_ended',
  'booked_for_you',
  'called_off',
  'running_late',
  'no_code_by_now',
  'instructor_notice',
  'office_alert',
]);
const goesAnyway = (messageType: string) => GOES_ANYWAY.has(messageType) || messageType.startsWith('reminder');

export const MOVED_OR_GONE = 'the lesson has moved or gone';
export const TOO_LATE = 'too late to be of use';
