import type { Listening, Understood } from '../../flows/heard';

/** What a text means, all readings, best first. Pure: no clock, no environment. */
export function understand(text: string, _listening: Listening): Understood {
  const plain = text.trim().toLowerCase();
  if (/^(y|yes|yep)\b/.test(plain)) return { readings: [{ intent: 'confirm_yes', yes: true }], also: [], why: ['yes'] };
  if (/^(n|no|nah)\b/.test(plain)) return { readings: [{ intent: 'confirm_no', yes: false }], also: [], why: ['no'] };
  return { readings: [{ intent: 'unknown' }], also: [], why: [] };
}
