import type { LocalTime, LocalWindow } from '../../../../flows/heard';
import { CLOSE, OPEN } from '../../dates/school-clock';
import type { Token } from '../text/token';
import { ends, wordAt } from '../text/token';
import { MONTHS, NUMBERS, USUAL, words } from '../text/words';
import { type Clock, minutesOf, readClock, timeOf } from './clock';
import type { TimeUnit } from './unit';

type Read = { unit: TimeUnit; length: number };

/** The longest phrase about times at `at`: a range, a bound, a part of the day or a clock time. */
export function readTime(tokens: readonly Token[], at: number): Read | undefined {
  const token = tokens[at];
  if (token?.kind !== 'number' && !BEGINNINGS.has(token?.text ?? '')) return undefined;
  const found = [readRange(tokens, at), readBound(tokens, at), readPart(tokens, at), readPlain(tokens, at)];
  let best: Read | undefined;
  for (const read of found) if (read !== undefined && read.length > (best?.length ?? 0)) best = read;
  return best;
}

/** A clock time alone. A bare number is one only when its neighbours say so: see `settle`. */
export function readPlain(tokens: readonly Token[], at: number): Read | undefined {
  const clock = readClock(tokens, at);
  if (clock === undefined || isUnitNext(tokens, at + clock.length)) return undefined;
  const unit: TimeUnit = { kind: 'time', form: 'clock', meanings: [{ time: timeOf(clock) }] };
  if (clock.bare) unit.bare = true;
  return { unit, length: clock.length };
}

const JOINTS = new Set(['to', 'til', 'until', 'thru', 'through', 'and']);

/** "3-5", "9 to 11.30", "between 3 and 5", "from 10 til 2". */
function readRange(tokens: readonly Token[], at: number): Read | undefined {
  let i = at;
  const lead = wordAt(tokens, i);
  const between = lead === 'between' || lead === 'btw';
  const led = between || lead === 'from' || lead === 'anytime';
  if (led) i += 1;
  if (lead === 'anytime' && ['between', 'from'].includes(wordAt(tokens, i))) i += 1;
  const a = readClock(tokens, i, true);
  if (a === undefined) return undefined;
  const start = i;
  i += a.length;
  const joint = tokens[i];
  if (joint === undefined) return undefined;
  const hyphen = joint.kind === 'sign' && joint.text === '-';
  if (!hyphen && !JOINTS.has(joint.text)) return undefined;
  if (joint.text === 'and' && !between) return undefined;
  i += 1;
  const b = readClock(tokens, i);
  if (b === undefined || isUnitNext(tokens, i + b.length)) return undefined;
  if (hyphen && tokens[i + b.length]?.text === '-') return undefined;
  const [from, to] = bothEnds(a, b);
  const toHour: LocalTime | undefined = joint.text === 'to' && a.plainHour && b.plainHour ? minutesTo(a, b) : undefined;
  const length = i + b.length - at;
  if (toHour !== undefined && !led && to > CLOSE && from < to)
    return { unit: { kind: 'time', form: 'clock', meanings: [{ time: toHour }] }, length };
  if (from >= to) {
    if (toHour !== undefined) return { unit: { kind: 'time', form: 'clock', meanings: [{ time: toHour }] }, length };
    if (a.bare && b.bare && tokens[start]?.kind === 'number' && hyphen) return undefined;
    if (hyphen || led) return undefined;
    return {
      unit: { kind: 'time', form: 'range', meanings: [{ window: { from: to, to: from } }], ends: [from, to] },
      length,
    };
  }
  const unit: TimeUnit = { kind: 'time', form: 'range', meanings: [{ window: { from, to } }] };
  if (!led || lead === 'from') unit.ends = [from, to];
  if (!led) {
    const minutes = minutesOf(to) - minutesOf(from);
    if (toHour !== undefined) unit.meanings.push({ time: toHour });
    else if (LENGTHS.includes(minutes)) unit.meanings.push({ time: from, durationMinutes: minutes });
  }
  return { unit, length };
}

const LENGTHS = [30, 45, 60, 90, 120];

/** "10 to 4" is also ten minutes to four. */
function minutesTo(a: Clock, b: Clock): LocalTime | undefined {
  if (![5, 10, 20, 25].includes(a.hour) || b.hour > 12) return undefined;
  return timeOf({ ...b, hour: b.hour === 1 ? 12 : b.hour - 1, minute: 60 - a.hour });
}

/** Each end by the bare-hour rule; am or pm said at one end is shared when that keeps the order. */
function bothEnds(a: Clock, b: Clock): [LocalTime, LocalTime] {
  const to = timeOf(b);
  let from = timeOf(a);
  if (a.half === undefined && b.half !== undefined && a.hour <= 12) {
    const shared = timeOf({ ...a, half: b.half });
    if (shared < to) return [shared, to];
  }
  if (b.half === undefined && a.half !== undefined && b.hour <= 12 && to <= from)
    return [from, timeOf({ ...b, half: 'pm' })];
  if (b.half === undefined && to <= from && b.hour <= 12) {
    const later = timeOf({ ...b, half: 'pm' });
    if (later > from && minutesOf(later) <= 21 * 60) return [from, later];
  }
  if (from >= to && a.half === undefined && a.hour === 6) from = timeOf({ ...a, half: 'am' });
  return [from, to];
}

const AFTER = new Set(['after', 'from', 'since', 'past', 'onwards']);
const BEFORE = new Set(['before', 'by', 'until', 'til']);

/** "after 4", "not before 10", "4 onwards", "before 10", "no later than 5", "4 or later", "4+". */
function readBound(tokens: readonly Token[], at: number): Read | undefined {
  let i = at;
  let side: 'after' | 'before' | 'from' | undefined;
  while (['anytime', 'any', 'time', 'but', 'anything'].includes(wordAt(tokens, i)) && i < at + 3) i += 1;
  const [a, b, c] = [wordAt(tokens, i), wordAt(tokens, i + 1), wordAt(tokens, i + 2)];
  if (a === 'not' || a === 'no') {
    if (b === 'before' || b === 'until') [side, i] = ['after', i + 2];
    else if (b === 'after' || b === 'past') [side, i] = ['before', i + 2];
    else if ((b === 'earlier' || b === 'sooner') && (c === 'than' || c === 'then')) [side, i] = ['after', i + 3];
    else if (b === 'later' && (c === 'than' || c === 'then')) [side, i] = ['before', i + 3];
  } else if (a === 'later' && (b === 'than' || b === 'then')) [side, i] = ['after', i + 2];
  else if (a === 'earlier' && (b === 'than' || b === 'then')) [side, i] = ['before', i + 2];
  else if (AFTER.has(a)) [side, i] = [a === 'from' ? 'from' : 'after', i + 1];
  else if (BEFORE.has(a)) [side, i] = ['before', i + 1];
  if (side !== undefined && ['about', 'around'].includes(wordAt(tokens, i))) i += 1;
  else if (side === 'before' && wordAt(tokens, i) === 'at') i += 1;
  if (tokens.slice(at, i).some(ends)) return undefined;
  const clock = readClock(tokens, i);
  if (clock === undefined || isUnitNext(tokens, i + clock.length)) return undefined;
  i += clock.length;
  if (clock.bare && (MONTHS.has(wordAt(tokens, i)) || tokens[i]?.text === '/')) return undefined;
  const time = timeOf(clock);
  const tail = side === undefined || side === 'from' ? readOnwards(tokens, i) : undefined;
  if (tail !== undefined) {
    side = tail.side;
    i += tail.length;
  }
  if (side === undefined) return undefined;
  const window: LocalWindow = side === 'before' ? { from: OPEN, to: time } : { from: time, to: CLOSE };
  return { unit: { kind: 'time', form: 'bound', meanings: [{ window }], bound: side }, length: i - at };
}

function readOnwards(tokens: readonly Token[], at: number): { side: 'after' | 'before'; length: number } | undefined {
  const [a, b] = [wordAt(tokens, at), wordAt(tokens, at + 1)];
  if (a === 'onwards' || a === 'onward') return { side: 'after', length: 1 };
  if (a === 'on' && b === 'wards') return { side: 'after', length: 2 };
  if (tokens[at]?.text === '+') return { side: 'after', length: 1 };
  const limit = a === 'at' && b === 'the' ? wordAt(tokens, at + 2) : '';
  if (limit === 'latest' || limit === 'earliest') return { side: limit === 'latest' ? 'before' : 'after', length: 3 };
  if ((a === 'or' || a === 'and') && ['later', 'after', 'onwards', 'past'].includes(b))
    return { side: 'after', length: 2 };
  if ((a === 'or' || a === 'and') && ['earlier', 'before', 'sooner'].includes(b)) return { side: 'before', length: 2 };
  return undefined;
}

const PARTS = new Map<string, { said: string[]; name: string; window: LocalWindow }[]>();
for (const [key, ways] of Object.entries(words.parts)) {
  const [name = '', from = OPEN, to = CLOSE] = key.split(' ');
  for (const way of ways) {
    const said = way.split(' ').map((word) => USUAL.get(word) ?? word);
    const first = said[0] ?? '';
    PARTS.set(first, [...(PARTS.get(first) ?? []), { said, name, window: { from, to } }]);
  }
}

/** Every word that a phrase about times can begin with. */
const BEGINNINGS = new Set([...NUMBERS.keys(), ...PARTS.keys(), ...words.beginTimes]);

/** "arvo", "first thing", "after school", "any time". */
function readPart(tokens: readonly Token[], at: number): Read | undefined {
  let best: Read | undefined;
  for (const { said, name, window } of PARTS.get(wordAt(tokens, at)) ?? []) {
    if (said.length <= (best?.length ?? 0) || !said.every((word, i) => wordAt(tokens, at + i) === word)) continue;
    best = { unit: { kind: 'time', form: 'part', meanings: [{ window }], part: name }, length: said.length };
  }
  return best;
}

/** The window of a named part of the day ("arvo"). */
export function partWindow(part: string): LocalWindow {
  for (const ways of PARTS.values()) for (const way of ways) if (way.name === part) return way.window;
  return { from: OPEN, to: CLOSE };
}

const UNITS = new Set([
  'min',
  'hour',
  'day',
  'days',
  'week',
  'weeks',
  'month',
  'months',
  'lesson',
  'lessons',
  'th',
  'st',
  'nd',
  'rd',
  'km',
  'percent',
  'year',
  'years',
  'session',
  'sessions',
  'people',
  'students',
  'times',
]);

/** The number just read counts something: "3 weeks", "5 lessons", "2nd". */
export function isUnitNext(tokens: readonly Token[], at: number): boolean {
  return (
    tokens[at - 1]?.stop === '' &&
    UNITS.has(wordAt(tokens, at)) &&
    !(wordAt(tokens, at) === 'lesson' || wordAt(tokens, at) === 'session')
  );
}
