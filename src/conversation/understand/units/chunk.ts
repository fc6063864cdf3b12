import { type DayContext, readDay } from '../../dates/read-day';
import { numberOf } from '../text/lex';
import { type Token, wordAt } from '../text/token';
import { readDuration } from './duration';
import { readMask } from './mask';
import { type Roster, readPerson } from './person';
import { partWindow, readTime } from './time';
import type { Unit } from './unit';

/** Tokens cut into the longest phrases we know: days, times, durations, people, what is none of these, and words. */
export function chunk(tokens: readonly Token[], roster: Roster, context: DayContext): Unit[] {
  const units: Unit[] = [];
  for (let at = 0; at < tokens.length; ) {
    const read = readUnits(tokens, at, roster, context);
    units.push(...read);
    at = read[0]?.to ?? at + 1;
  }
  return units;
}

function readUnits(tokens: readonly Token[], at: number, roster: Roster, context: DayContext): Unit[] {
  const token = tokens[at] as Token;
  const masked = readMask(tokens, at);
  if (masked !== undefined) return [{ kind: 'masked', what: masked.what, from: at, to: at + masked.length }];
  const person = readPerson(tokens, at, roster);
  if (person !== undefined)
    return [{ kind: 'person', name: person.name, sure: person.sure, from: at, to: at + person.length }];

  const duration = readDuration(tokens, at);
  const day = isSatDown(tokens, at) ? undefined : readDay(tokens, at, context);
  const parted = token.kind === 'number' && tokens[at + 1]?.text === '/' && tokens[at + 2]?.kind === 'number';
  if (parted && day === undefined) return [{ kind: 'masked', what: 'count', from: at, to: at + 3 }];
  const plain = readTime(tokens, at);
  const time = plain !== undefined && hidesMask(tokens, at, plain.length) ? undefined : plain;
  const longest = Math.max(duration?.length ?? 0, day?.length ?? 0, time?.length ?? 0);
  if (longest > 0) {
    if (duration?.length === longest)
      return [
        {
          kind: 'duration',
          minutes: duration.minutes,
          ...(duration.upTo ? { upTo: true } : {}),
          from: at,
          to: at + longest,
        },
      ];
    if (day?.length === longest) {
      const { length, ...phrase } = day;
      const units: Unit[] = [{ kind: 'day', ...phrase, from: at, to: at + length }];
      if (day.part !== undefined)
        units.push({
          kind: 'time',
          form: 'part',
          meanings: [{ window: partWindow(day.part) }],
          part: day.part,
          from: at,
          to: at + length,
        });
      return units;
    }
    if (time !== undefined) {
      const { unit, length } = time;
      if (unit.form !== 'clock' || unit.bare !== true) return [{ ...unit, from: at, to: at + length }];
      const digits = tokens[at + length - 1]?.text ?? '';
      return [
        {
          kind: 'number',
          value: numberOf(tokens[at]) ?? numberOf(tokens[at + 1]) ?? 0,
          digits,
          clock: unit,
          from: at,
          to: at + length,
        },
      ];
    }
  }
  const value = token.text === 'one' ? undefined : numberOf(token);
  if (value !== undefined) return [{ kind: 'number', value, digits: token.text, from: at, to: at + 1 }];
  return [{ kind: 'word', token, from: at, to: at + 1 }];
}

/** "sat out front", "been sat here": somebody sits. */
function isSatDown(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]?.raw.toLowerCase() !== 'sat' || tokens[at]?.stop !== '') return false;
  return SAT.has(wordAt(tokens, at + 1)) || wordAt(tokens, at - 1) === 'been' || wordAt(tokens, at - 1) === 'just';
}

const SAT = new Set(['out', 'outside', 'here', 'there', 'waiting', 'around', 'down', 'up', 'my', 'the']);

/** "from 14/22 ocean parade" holds an address, not a time. */
function hidesMask(tokens: readonly Token[], at: number, length: number): boolean {
  for (let i = at + 1; i < at + length; i++) {
    const masked = readMask(tokens, i);
    if (masked !== undefined && i + masked.length > at + length) return true;
  }
  return false;
}
