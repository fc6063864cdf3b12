/** Words that the carrier keeps for itself, as src/simulator/twilio/opt-outs.ts has them (test/page/carrier.test.ts). */
const OUT = ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'END', 'QUIT', 'REVOKE', 'OPTOUT', 'CANCEL'];
const IN = ['START', 'YES', 'UNSTOP'];
const HELP = ['HELP', 'INFO'];

/** What the carrier does with a text before the school sees it, `{kind, words}`; null for an ordinary one. */
export function carrierWould(text, optedOut) {
  const word = text.trim().toUpperCase();
  if (OUT.includes(word)) {
    if (optedOut) return { kind: 'block', words: `${word}: this phone has opted out already. Nothing is answered.` };
    const instead = ['CANCEL', 'END', 'QUIT'].includes(word)
      ? ' Lessons stay as they are. To drop one, text CHANGE.'
      : ' Lessons stay as they are.';
    return {
      kind: 'block',
      words: `${word} is a carrier word: it opts this phone out of all texts. The carrier answers; the school may not reply.${instead}`,
    };
  }
  if (IN.includes(word) && optedOut)
    return { kind: 'pass', words: `${word} opts this phone in again: the school may text it.` };
  if (HELP.includes(word)) return { kind: 'pass', words: `${word}: the carrier answers too, beside the school.` };
  if (optedOut && word)
    return { kind: 'block', words: 'This phone has opted out, so no reply can reach it. START opts in again.' };
  return null;
}
