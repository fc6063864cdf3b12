import type { Reading } from '../reading';

/** Four to eight digits, also said with spaces or hyphens between. */
export function digitsOf(reading: Reading): string | undefined {
  let run = '';
  const runs: string[] = [];
  for (const token of reading.tokens) {
    if (token.kind === 'number') run += token.text;
    else if (token.kind === 'sign' && run !== '') continue;
    else {
      runs.push(run);
      run = '';
    }
  }
  runs.push(run);
  return runs.find((digits) => digits.length >= 4 && digits.length <= 8);
}
