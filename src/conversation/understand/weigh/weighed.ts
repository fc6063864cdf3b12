import type { Share } from './weigh';

/** How the intents weighed, for a person: those that were in question. */
export function weighed(shares: readonly Share[]): string[] {
  const likely = shares.filter(({ share }) => share >= 0.05).slice(0, 3);
  if (likely.length === 0) return [];
  return [`weighs as: ${likely.map(({ kind, share }) => `${kind} ${Math.round(share * 100)} %`).join(', ')}`];
}
