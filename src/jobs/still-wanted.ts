import type { Claimed } from '../store/outgoing';

/** Why a text that is due is not wanted any more; null when it is. The one place where that is decided. */
export function reasonNotToSend(
  text: Pick<Claimed, 'optedOut' | 'outdated' | 'otp' | 'expiresAt'>,
  now: number,
): string | null {
  if (text.optedOut) return 'opted out of texts';
  if (text.outdated) return 'the lesson has moved or gone';
  if (text.otp?.ended) return 'the code has ended';
  if (text.expiresAt !== null && text.expiresAt <= now) return TOO_LATE;
  return null;
}

export const TOO_LATE = 'too late to be of use';
