import type { LocalTime, LocalWindow } from '../../../../flows/heard';
import type { DayPhrase } from '../../dates/day';
import type { Token } from '../text/token';

/** One meaning of a phrase about times. */
export type TimeMeaning = { time: LocalTime; durationMinutes?: number } | { window: LocalWindow };

/**
 * A phrase about times, all meanings best first. `part` windows yield to a clock time; `bare` is a number that only its
 * neighbours made a time; `ends` are the two sides of "3 to 5", which a move reads as from and to.
 */
export type TimeUnit = {
  kind: 'time';
  form: 'clock' | 'range' | 'bound' | 'part';
  meanings: TimeMeaning[];
  bare?: boolean;
  bound?: 'from' | 'after' | 'before';
  part?: string;
  ends?: [LocalTime, LocalTime];
};

export type Unit = (
  | { kind: 'word'; token: Token }
  | ({ kind: 'day'; negated?: boolean; bound?: 'before' | 'by' | 'after' | 'from' | 'until' } & Omit<
      DayPhrase,
      'length'
    >)
  | TimeUnit
  | { kind: 'number'; value: number; digits: string; clock?: TimeUnit }
  | { kind: 'duration'; minutes: number; upTo?: boolean }
  | { kind: 'person'; name: string; sure: boolean }
  | { kind: 'masked'; what: 'address' | 'phone' | 'price' | 'count' | 'link' | 'test' | 'quote' }
) & {
  /** Tokens `from` up to, not including, `to`. */
  from: number;
  to: number;
  /** "not tuesday", "but fri", "not with sam". */
  not?: boolean;
  /** What its statement says of it, when that is no wish. */
  role?: Role;
};

/**
 * `refused` is turned down, be it a wish or a lesson there is ("cant do friday", "9 is too early"); `booked` is what there is
 * already ("u have me down fri at 8"); `aside` is said in passing of something else ("got the dentist at 3 that day").
 */
export type Role = 'refused' | 'booked' | 'aside';

export type UnitOf<K extends Unit['kind']> = Extract<Unit, { kind: K }>;

/** The word of a word unit, '' for all others. */
export function wordOf(unit: Unit | undefined): string {
  return unit?.kind === 'word' ? unit.token.text : '';
}
