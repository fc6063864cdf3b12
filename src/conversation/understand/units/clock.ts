import type { LocalTime } from '../../../../flows/heard';
import { numberOf } from '../text/lex';
import type { Token } from '../text/token';
import { wordAt } from '../text/token';
import { andHalf, isMilitary, readHalf, readPartHalf } from './clock-tail';

/** A clock time: `hour` and `minute` as said, `half` when am or pm was, `bare` when it is a number alone. */
export type Clock = {
  hour: number;
  minute: number;
  half?: 'am' | 'pm';
  bare: boolean;
  plainHour: boolean;
  length: number;
};

/** "3pm", "3:30", "330", "1530", "half 3", "quarter to 11", "noon", "3ish", "around 3", "4 in the arvo". */
export function readClock(tokens: readonly Token[], at: number, rangeStart = false): Clock | undefined {
  let i = at;
  let vague = false;
  while (VAGUE.has(wordAt(tokens, i))) {
    vague = true;
    i += 1;
  }
  const base =
    readNoon(tokens, i) ??
    (rangeStart && numberOf(tokens[i]) !== undefined && wordAt(tokens, i + 1) !== 'past'
      ? undefined
      : readPast(tokens, i)) ??
    readDigits(tokens, i);
  if (base === undefined) return undefined;
  i += base.length;
  const clock: Clock = { ...base, length: 0 };
  const more = base.plainHour ? andHalf(tokens, i) : 0;
  if (more > 0) {
    clock.minute = 30;
    clock.plainHour = false;
    i += more;
  }
  if (isMilitary(tokens, i)) i += 1;
  const half = clock.half === undefined ? readHalf(tokens, i) : undefined;
  if (half !== undefined && clock.hour <= 12) {
    clock.half = half.half;
    clock.bare = false;
    clock.plainHour = false;
    i += half.length;
  }
  for (let tail = wordAt(tokens, i); TAILS.has(tail); tail = wordAt(tokens, ++i)) {
    clock.bare = false;
    clock.plainHour = false;
  }
  const later = readPartHalf(tokens, i);
  if (later !== undefined && clock.half === undefined && clock.hour <= 12) {
    clock.half = later.half;
    clock.bare = false;
    clock.plainHour = false;
    i += later.length;
  }
  if (vague) clock.bare = clock.bare && false;
  clock.length = i - at;
  return clock;
}

/** The 24-hour time, by the bare-hour rule where neither am nor pm was said: 1-6 = pm, 7-11 = am, 12 = noon. */
export function timeOf(clock: Clock): LocalTime {
  let { hour } = clock;
  if (clock.half === 'pm' && hour < 12) hour += 12;
  else if (clock.half === 'am' && hour === 12) hour = 0;
  else if (clock.half === undefined && hour >= 1 && hour <= 6) hour += 12;
  return written(hour, clock.minute);
}

export function written(hour: number, minute: number): LocalTime {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** "07:30" plus minutes, within the day. */
export function plus(time: LocalTime, minutes: number): LocalTime {
  const total = Math.max(0, Math.min(24 * 60 - 1, minutesOf(time) + minutes));
  return written(Math.floor(total / 60), total % 60);
}

export function minutesOf(time: LocalTime): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

const VAGUE = new Set(['around', 'about', 'roughly', 'approx', 'approximately', 'circa', 'maybe']);
const TAILS = new Set(['ish', 'oclock', 'sharp', 'hundred']);

type Base = Omit<Clock, 'length'> & { length: number };

function readNoon(tokens: readonly Token[], at: number): Base | undefined {
  const twelve = tokens[at]?.text === '12' ? 1 : 0;
  const word = wordAt(tokens, at + twelve);
  if (word === 'noon' || word === 'midday')
    return { hour: 12, minute: 0, half: 'pm', bare: false, plainHour: false, length: 1 + twelve };
  if (word === 'midnight')
    return { hour: 12, minute: 0, half: 'am', bare: false, plainHour: false, length: 1 + twelve };
  return undefined;
}

/** "half 3", "half past 3", "quarter to 11", "10 past 4", "twenty to five". */
function readPast(tokens: readonly Token[], at: number): Base | undefined {
  let i = at;
  if (wordAt(tokens, i) === 'a' && wordAt(tokens, i + 1) === 'quarter') i += 1;
  const lead = wordAt(tokens, i);
  const minutes = lead === 'half' ? 30 : lead === 'quarter' ? 15 : numberOf(tokens[i]);
  if (minutes === undefined || (tokens[i]?.kind === 'number' && (tokens[i]?.text.length ?? 0) > 2)) return undefined;
  i += 1;
  if (wordAt(tokens, i) === 'min' && (wordAt(tokens, i + 1) === 'to' || wordAt(tokens, i + 1) === 'past')) i += 1;
  const joint = wordAt(tokens, i);
  const isPast = joint === 'past';
  const isTo = joint === 'to' || joint === 'til';
  if (!isPast && !isTo && lead !== 'half') return undefined;
  if (lead !== 'half' && lead !== 'quarter' && ![5, 10, 15, 20, 25].includes(minutes)) return undefined;
  if (isPast || isTo) i += 1;
  const token = tokens[i];
  const noon = readNoon(tokens, i);
  const hour = noon !== undefined ? 12 : numberOf(token);
  if (hour === undefined || hour < 1 || hour > 12 || token === undefined) return undefined;
  if (MINUTES.has(wordAt(tokens, i + 1)) || (tokens[i + 1]?.kind === 'sign' && tokens[i + 1]?.glued)) return undefined;
  i += 1;
  if (isTo && lead === 'half') return undefined;
  if (isTo)
    return { hour: hour === 1 ? 12 : hour - 1, minute: 60 - minutes, bare: false, plainHour: false, length: i - at };
  return { hour, minute: minutes, bare: false, plainHour: false, length: i - at };
}

const MINUTES = new Set(['min', 'hour', 'day', 'days', 'week', 'weeks', 'lesson', 'lessons', 'th', 'st', 'nd', 'rd']);

/** "3", "3:30", "3.30", "330", "1530", "3 30". */
function readDigits(tokens: readonly Token[], at: number): Base | undefined {
  const token = tokens[at];
  const value = numberOf(token);
  if (token === undefined || value === undefined) return undefined;
  if (token.text === 'one' && !ONE_AFTER.has(wordAt(tokens, at - 1)) && !ONE_BEFORE.has(wordAt(tokens, at + 1)))
    return undefined;
  if (wordAt(tokens, at + 1) === 'hundred' && value <= 23) {
    const half = value < 12 ? 'am' : 'pm';
    return { hour: value, minute: 0, half, bare: false, plainHour: false, length: 2 };
  }
  if (token.kind === 'word') return value >= 1 && value <= 12 ? readSpoken(tokens, at, value) : undefined;
  const digits = token.text;
  if (digits.length >= 3) {
    if (digits.length > 4) return undefined;
    const hour = Number(digits.slice(0, -2));
    const minute = Number(digits.slice(-2));
    if (hour > 23 || minute > 59 || (digits.length === 3 && hour === 0)) return undefined;
    const base: Base = { hour, minute, bare: true, plainHour: false, length: 1 };
    if (digits.startsWith('0')) base.half = hour < 12 ? 'am' : 'pm';
    return base;
  }
  const sign = tokens[at + 1];
  const minutes = tokens[at + 2];
  if (
    sign?.kind === 'sign' &&
    (sign.text === ':' || sign.text === '.') &&
    sign.glued &&
    minutes?.glued &&
    minutes.kind === 'number' &&
    minutes.text.length === 2
  ) {
    const minute = Number(minutes.text);
    if (value > 23 || minute > 59) return undefined;
    if (['min', 'km'].includes(wordAt(tokens, at + 3))) return undefined;
    if (wordAt(tokens, at + 3) === 'hour' && value < 7) return undefined;
    const base: Base = { hour: value, minute, bare: false, plainHour: false, length: 3 };
    if (digits.length === 2 && digits.startsWith('0') && value < 12 && value > 0) base.half = 'am';
    return base;
  }
  if (value > 23) return undefined;
  const next = tokens[at + 1];
  if (
    value >= 1 &&
    value <= 12 &&
    ['thirty', 'fifteen'].includes(wordAt(tokens, at + 1)) &&
    !MINUTES.has(wordAt(tokens, at + 2))
  )
    return { hour: value, minute: numberOf(next) ?? 0, bare: false, plainHour: false, length: 2 };
  if (
    value >= 1 &&
    value <= 12 &&
    next?.kind === 'number' &&
    !next.glued &&
    token.stop === '' &&
    ['15', '30', '45', '00'].includes(next.text) &&
    !MINUTES.has(wordAt(tokens, at + 2)) &&
    tokens[at + 2]?.text !== '/'
  ) {
    return { hour: value, minute: Number(next.text), bare: true, plainHour: false, length: 2 };
  }
  return { hour: value, minute: 0, bare: true, plainHour: true, length: 1 };
}

/** "one" is an hour only beside words that say so. */
const ONE_AFTER = new Set([
  'at',
  'around',
  'about',
  'past',
  'to',
  'by',
  'before',
  'after',
  'from',
  'until',
  'til',
  'half',
  'between',
]);
const ONE_BEFORE = new Set(['am', 'pm', 'oclock', 'ish', 'thirty', 'fifteen', 'sharp']);

/** "three", "three thirty", "ten fifteen". */
function readSpoken(tokens: readonly Token[], at: number, hour: number): Base {
  const minute = numberOf(tokens[at + 1]);
  if (
    minute !== undefined &&
    tokens[at + 1]?.kind === 'word' &&
    [15, 30, 45].includes(minute) &&
    tokens[at]?.stop === '' &&
    !MINUTES.has(wordAt(tokens, at + 2))
  ) {
    return { hour, minute, bare: false, plainHour: false, length: 2 };
  }
  return { hour, minute: 0, bare: true, plainHour: true, length: 1 };
}
