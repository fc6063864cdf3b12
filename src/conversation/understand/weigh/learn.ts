import type { Learned } from './weigh';

/** One text to learn from: its clues, the intents a fair reader accepts (best first), and how much it counts. */
export type Lesson = { clues: string[]; accepts: string[]; counts: number };

const ROUNDS = 20;
const STEP = 0.1;
const DECAY = 1e-3;
/** Hundredths that change nothing are not kept. */
const LEAST = 12;
/** A clue seen in fewer texts says more of those texts than of the language. */
const SEEN_AT_LEAST = 3;

/** Multinomial logistic regression by AdaGrad; the same lessons in the same order give the same weights. */
export function learn(lessons: readonly Lesson[], words: readonly string[]): Learned {
  const intents = [...new Set(lessons.map((lesson) => lesson.accepts[0]!))].sort();
  const clues = seenOften(lessons);
  const known = lessons.map((lesson) => ({
    at: lesson.clues.flatMap((clue) => clues.get(clue) ?? []),
    wanted: lesson.accepts.map((intent) => intents.indexOf(intent)).filter((at) => at >= 0),
    counts: lesson.counts,
  }));
  const width = intents.length;
  const weights = new Float64Array(clues.size * width);
  const steps = new Float64Array(clues.size * width).fill(1e-6);
  const order = known.map((_, at) => at);
  const next = shuffler(1);
  for (let round = 0; round < ROUNDS; round++) {
    next(order);
    for (const at of order) {
      const { at: on, wanted, counts } = known[at]!;
      const shares = sharesOf(on, weights, width);
      const target = aim(shares, wanted);
      for (let intent = 0; intent < width; intent++) {
        const off = counts * (shares[intent]! - target[intent]!);
        if (Math.abs(off) < 1e-4) continue;
        for (const clue of on) {
          const place = clue * width + intent;
          const slope = off + DECAY * weights[place]!;
          steps[place]! += slope * slope;
          weights[place]! -= (STEP * slope) / Math.sqrt(steps[place]!);
        }
      }
    }
  }
  const rows = [...clues].flatMap(([clue, at]) => {
    const pairs = intents.flatMap((_, intent) => {
      const hundredths = Math.round(weights[at * width + intent]! * 100);
      return Math.abs(hundredths) >= LEAST ? [intent, hundredths] : [];
    });
    return pairs.length > 0 ? [`${pairs.join(',')} ${clue}`] : [];
  });
  return { intents, words: words.join(' '), weights: rows };
}

/** Where several intents are fair, the lesson asks only that they share the whole, as they already do. */
function aim(shares: Float64Array, wanted: number[]): Float64Array {
  const target = new Float64Array(shares.length);
  const sum = wanted.reduce((total, at) => total + shares[at]!, 0);
  for (const at of wanted) target[at] = sum > 0 ? shares[at]! / sum : 1 / wanted.length;
  return target;
}

function sharesOf(on: readonly number[], weights: Float64Array, width: number): Float64Array {
  const shares = new Float64Array(width);
  for (const clue of on)
    for (let intent = 0; intent < width; intent++) shares[intent]! += weights[clue * width + intent]!;
  const most = Math.max(...shares);
  let sum = 0;
  for (let intent = 0; intent < width; intent++) sum += shares[intent] = Math.exp(shares[intent]! - most);
  for (let intent = 0; intent < width; intent++) shares[intent]! /= sum;
  return shares;
}

function seenOften(lessons: readonly Lesson[]): Map<string, number> {
  const seen = new Map<string, number>();
  for (const { clues } of lessons) for (const clue of clues) seen.set(clue, (seen.get(clue) ?? 0) + 1);
  const often = [...seen].filter(([, times]) => times >= SEEN_AT_LEAST).map(([clue]) => clue);
  return new Map(often.sort().map((clue, at) => [clue, at]));
}

/** A shuffle that is the same each time: no chance in what is learned. */
function shuffler(seed: number): (list: number[]) => void {
  let state = seed;
  const chance = () => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  return (list) => {
    for (let at = list.length - 1; at > 0; at--) {
      const other = Math.floor(chance() * (at + 1));
      [list[at], list[other]] = [list[other]!, list[at]!];
    }
  };
}
