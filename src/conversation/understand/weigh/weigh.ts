import type { Reading } from '../reading';
import { eachClue, placeOf } from './clues';
import type { Kind } from './kinds';
import { Rows } from './rows';

/** What was learned, as it is kept: a line for each clue, `place,hundredths,place,hundredths clue`; `words` is all it knows. */
export type Learned = { intents: string[]; words: string; weights: string[] };

/** The share of each kind, greatest first; they add up to 1. */
export type Share = { kind: Kind; share: number };

/** A scale made of what was learned, ready for use. */
export type Scale = { knows(word: string): boolean; weigh(reading: Reading, guess: Kind): Share[] };

/** Of every hundred texts of the corpus 35 ask for nothing, of a school's texts fewer: hundredths taken off `unknown`. */
const RARER_IN_LIFE = 60;

/** Hundredths behind the greatest, beyond which a share is nothing; and how many kinds are left to be tried all the same. */
const FAR_BEHIND = 1500;
const TRIED = 4;

export function scaleOf({ intents, words, weights }: Learned): Scale {
  const known = new Set(words.split(' '));
  const knows = (word: string) => known.has(word);
  const rows = new Rows(weights);
  const nothing = intents.indexOf('unknown');
  return {
    knows,
    weigh(reading, guess) {
      const sums = new Int32Array(intents.length);
      if (nothing >= 0) sums[nothing] = -RARER_IN_LIFE;
      const place = rows.place(placeOf(reading.listening));
      rows.begin();
      eachClue(reading, guess, knows, rows.symbol, (kind, here, a = 0, b = 0, c = 0) => {
        rows.add(sums, kind, 0, a, b, c);
        if (here && place > 0) rows.add(sums, kind, place, a, b, c);
      });
      return sharesOf(sums, intents);
    },
  };
}

function sharesOf(sums: Int32Array, intents: readonly string[]): Share[] {
  let most = -Infinity;
  for (const sum of sums) if (sum > most) most = sum;
  const likely = sharesAbove(sums, intents, most, most - FAR_BEHIND);
  const enough = likely.length >= TRIED ? likely : sharesAbove(sums, intents, most, -Infinity);
  let whole = 0;
  for (const one of enough) whole += one.share;
  for (const one of enough) one.share /= whole;
  return enough.sort((a, b) => b.share - a.share);
}

function sharesAbove(sums: Int32Array, intents: readonly string[], most: number, least: number): Share[] {
  const shares: Share[] = [];
  for (let at = 0; at < sums.length; at++)
    if (sums[at]! >= least) shares.push({ kind: intents[at] as Kind, share: Math.exp((sums[at]! - most) / 100) });
  return shares;
}
