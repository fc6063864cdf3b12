import { createHash } from 'node:crypto';
import type { Policy } from './policy';
import { DAY, type Instant, MINUTE } from './time';

/** One text that came from a phone: when, what it is like (null when it was understood), and whether it was answered. */
export type Taken = { at: Instant; like: string | null; answered: boolean };

/** Why a text gets no answer: the same again, or too many from this phone. */
export type Silence = 'same_again' | 'too_many';

/** Whether a text that came now is answered; `like` is null for one that was understood. */
export function silenceFor(
  taken: Taken[],
  like: string | null,
  limits: Policy['limits'],
  now: Instant,
): Silence | null {
  const lately = taken.filter((one) => one.at > now - 10 * MINUTE);
  if (like !== null && lately.filter((one) => one.like === like).length >= limits.sameTextAnswers) return 'same_again';
  const answered = (some: Taken[]) => some.filter((one) => one.answered).length;
  const today = taken.filter((one) => one.at > now - DAY);
  if (answered(lately) >= limits.answersPerTenMinutes || answered(today) >= limits.answersPerDay) return 'too_many';
  return null;
}

/** What is remembered of them with one more: a day's answers, and ten minutes of what was left without one. */
export function withTaken(taken: Taken[], one: Taken): Taken[] {
  const kept = taken.filter((before) => before.at > one.at - (before.answered ? DAY : 10 * MINUTE));
  const unanswered = kept.filter((before) => !before.answered);
  // Of what goes unanswered a few tell as much as thousands.
  const spare = new Set(unanswered.slice(0, Math.max(0, unanswered.length - MOST_UNANSWERED + 1)));
  return [...kept.filter((before) => !spare.has(before)), one].slice(-MOST);
}

const MOST_UNANSWERED = 30;
/** More than any policy counts, and within what the table takes. */
const MOST = 450;

/** The same for texts that differ in case, signs, spaces or figures only; holds no words. */
export function likenessOf(text: string): string {
  const bare = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{N}+/gu, '0')
    .replace(/[^\p{L}0]+/gu, ' ')
    .trim();
  return createHash('sha256').update(bare).digest('hex').slice(0, 12);
}

/** A school whose texts of the day have reached the cap answers those it knows; at twice the cap nobody. */
export function isOverCost(textsToday: number, isKnown: boolean, limits: Policy['limits']): boolean {
  return textsToday >= limits.textsPerSchoolDay * (isKnown ? 2 : 1);
}
