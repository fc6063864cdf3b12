import english from '../../../../flows/words/en.json';

/** Everything that is spelling and vocabulary, not grammar. Another language is another file of this shape. */
export type Words = typeof english;
export const words: Words = english;

/** A list of `usual: [ways of writing it]` turned round: way of writing -> usual. */
export function turned(lists: Record<string, string[]>): Map<string, string> {
  const map = new Map<string, string>();
  for (const [usual, variants] of Object.entries(lists)) for (const variant of variants) map.set(variant, usual);
  return map;
}

/** A table of `word: number` as a map. */
export function numbered(table: Record<string, number>): Map<string, number> {
  return new Map(Object.entries(table));
}

/** 1 = Monday. */
export const WEEKDAYS = numbered(words.weekdays);
/** 1 = January. */
export const MONTHS = numbered(words.months);
/** "three" -> 3. */
export const NUMBERS = numbered(words.numbers);
/** "third" -> 3. */
export const ORDINALS = numbered(words.ordinals);
/** Abbreviation or slip -> usual spelling. */
export const USUAL = turned(words.spell);
