import type { Reading } from '../reading';
import type { Token } from '../text/token';
import { NUMBERS, words } from '../text/words';

/** Four to eight digits, also said with spaces or hyphens between, or one by one in words ("six four one oh"). */
export function digitsOf(reading: Reading): string | undefined {
  let run = '';
  const runs: string[] = [];
  for (const [i, token] of reading.tokens.entries()) {
    const digits = digitsIn(token, reading.tokens[i - 1], run);
    if (digits !== undefined) run += digits;
    else if (token.kind === 'sign' && run !== '') continue;
    else {
      runs.push(run);
      run = '';
    }
  }
  runs.push(run);
  return runs.find((digits) => digits.length >= 4 && digits.length <= 8);
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
  return tens !== undefined && tens >= 10 && tens < 20 ? String(tens) : undefined;
}

const TIMES: Record<string, number> = { double: 2, triple: 3 };
