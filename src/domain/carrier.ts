/** A text as the carrier sees it; `optOutType` only where the provider says what the carrier did. */
export type Passed = { text: string; optOutType?: 'STOP' | 'START' | 'HELP' };

/** Nobody means a lesson by these; with a sign behind them they still ask for an end. */
const OUT = new Set(['stop', 'stopall', 'unsubscribe', 'revoke', 'optout']);
/** These may be meant for a lesson. A school's carrier settings can free them (`policy.freedCarrierWords`). */
const OUT_OR_DROP = new Set(['cancel', 'end', 'quit']);
const IN = new Set(['start', 'unstop']);

/**
 * What the carrier makes of a text: in, out, or kept from it because the phone is out; null when it is an ordinary one.
 * Where the provider says so, it is believed; else a word that is `freed` is an ordinary one.
 */
export function carrierHears(
  said: Passed,
  isOut: boolean,
  freed: readonly string[] = [],
): 'opt_in' | 'opt_out' | 'opted_out' | null {
  const word = wordOf(said);
  const optsOut = said.optOutType ? said.optOutType === 'STOP' : OUT.has(word) || takenBy(said, freed);
  const optsIn = said.optOutType === 'START' || IN.has(word) || (word === 'yes' && isOut);
  if (optsIn && isOut) return 'opt_in';
  if (optsOut) return 'opt_out';
  return isOut ? 'opted_out' : null;
}

/** CANCEL, END and QUIT may have been meant for a lesson; null for every other text. */
export function droppingWord(said: Pick<Passed, 'text'>): string | null {
  const word = wordOf(said);
  return OUT_OR_DROP.has(word) ? word.toUpperCase() : null;
}

/** One of them written with a sign ("cancel.") passes the carrier as an ordinary text. */
function takenBy({ text }: Passed, freed: readonly string[]): boolean {
  const exact = text.trim().toLowerCase();
  return OUT_OR_DROP.has(exact) && !freed.includes(exact.toUpperCase());
}

const wordOf = ({ text }: Pick<Passed, 'text'>) =>
  text
    .trim()
    .toLowerCase()
    .replace(/[.!]+$/, '');
