import { HOUR, type Instant } from './time';

/**
 * A text recovered from the provider's list (whole seconds) that was written before the last one of its phone that was
 * handled: its writer has gone on since. What cannot be told apart counts as older.
 */
export function isOlderThanTheTurn(writtenAt: Instant | undefined, lastHeardAt: Instant | null): boolean {
  return writtenAt !== undefined && writtenAt < (lastHeardAt ?? 0);
}

/** WhatsApp lets a business write freely for a day after the person's last text; after that the phone is texted by SMS. */
export function channelFor(
  conversation: { channel: 'sms' | 'whatsapp'; heardAt: Instant | null },
  now: Instant,
): 'sms' | 'whatsapp' {
  const { channel, heardAt } = conversation;
  return channel === 'whatsapp' && heardAt !== null && now - heardAt < 24 * HOUR ? 'whatsapp' : 'sms';
}
