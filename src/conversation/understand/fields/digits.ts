import { has, type Reading } from '../reading';
import type { Token } from '../text/token';
import { NUMBERS, words } from '../text/words';
import { wordOf } from '../units/unit';

/**
 * A code: four to eight digits, also said with spaces or hyphens between, or one by one in words ("six four one oh"). Of
 * several the one with six digits, and the last when it corrects.
 */
export function digitsOf(reading: Reading): string | undefined {
  const runs = runsOf(reading.tokens).filter((run) => run.length >= 4 && run.length <= 8);
  const usual = runs.filter((run) => run.length === 6);
  const fitting = usual.length > 0 ? usual : runs;
  return has(reading, 'correct') !== undefined || reading.units.some((unit) => wordOf(unit) === 'new')
    ? fitting.at(-1)
    : fitting[0];
}

/** Digits that stand together, up to a stop, a word, or the colon or dot of a clock time. */
function runsOf(tokens: readonly Token[]): string[] {
  const runs: string[] = [];
  let run = '';
  let denied = false;
  const close = () => {
    if (!denied) runs.push(run);
    run = '';
  };
  for (const [i, token] of tokens.entries()) {
    const digits = digitsIn(token, tokens[i - 1], run);
    if (isTens(tokens[i - 1]) && digits?.length === 1 && token.kind === 'word') {
      run = run.slice(0, -1) + digits;
    } else if (digits !== undefined) {
      if (run === '') denied = tokens[i - 1]?.text === 'not';
      run += digits;
    } else if (token.text !== '-') close();
    if (token.stop !== '') close();
  }
  close();
  return runs;
}

const SPOKEN = new Map(Object.entries(words.digits));

function digitsIn(token: Token, before: Token | undefined, run: string): string | undefined {
  if (token.kind === 'number') return token.text;
  if (token.kind !== 'word') return undefined;
  const digit = SPOKEN.get(token.text) ?? (token.raw.length === 1 ? SPOKEN.get(token.raw.toLowerCase()) : undefined);
  if (digit !== undefined) {
    const nought = digit === '0' && token.text !== 'zero' && run === '';
    return nought ? undefined : digit.repeat(TIMES[before?.text ?? ''] ?? 1);
  }
  if (TIMES[token.text] !== undefined) return '';
  const tens = NUMBERS.get(token.text);
  return tens !== undefined && tens >= 10 ? String(tens) : undefined;
}

/** "sixty" of "sixty four". */
function isTens(token: Token | undefined): boolean {
  const value = token?.kind === 'word' && token.stop === '' ? (NUMBERS.get(token.text) ?? 0) : 0;
  return value >= 20 && value % 10 === 0;
}

const TIMES: Record<string, number> = { double: 2, triple: 3 };
