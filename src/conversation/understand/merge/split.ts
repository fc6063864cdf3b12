import { has, type Reading } from '../reading';
import { ends } from '../text/token';
import { type Unit, wordOf } from '../units/unit';
import { contrasted, sameDay } from './contrast';
import { isOwn, isSlot, plainly, SLOTS, type Split, slotNext } from './parts';

const PIVOTS = new Set(['to', 'till', 'until', 'for', 'into', 'onto', 'til', '-']);
/** Which of the days and times of a move say what is moved. */
export function split(reading: Reading, units: readonly Unit[], asked: boolean): Split {
  const verb = has(reading, 'move') !== undefined;
  const parts = asked && !verb ? [...units] : opened(units);
  const twoTimes = parts.length > units.length;
  const contrast = contrasted(parts, asked);
  if (contrast !== undefined) return sameDay(contrast);
  if (asked && !verb) return { lesson: [], wanted: parts };
  const roles = byRole(parts);
  if (roles !== undefined && !asked) return roles;
  const made = madeOf(parts);
  if (made !== undefined) return made;
  const pivot = pivotOf(parts);
  if (pivot !== undefined) return twoTimes ? sameDay(pivot) : pivot;
  if (asked) return { lesson: [], wanted: parts };
  return clauseSplit(reading, parts) ?? byPlace(reading, parts);
}

/** "u have me down fri at 8 but id rather 9", "9 is too early, can we say 11": the lesson is what there is or is turned down. */
function byRole(units: readonly Unit[]): Split | undefined {
  const slots = units.filter(isSlot);
  const role = slots.some((unit) => unit.role === 'booked') ? 'booked' : 'refused';
  const lesson = slots.filter((unit) => unit.role === role);
  const wanted = slots.filter((unit) => unit.role === undefined);
  const own = units.some((unit, i) => isSlot(unit) && unit.role === undefined && isOwn(units, i));
  if (role === 'refused' && lesson.length > 1 && lesson.length === slots.length)
    return { lesson: lesson.map(plainly), wanted: [] };
  if (lesson.length === 0 || wanted.length === 0 || (own && role === 'refused')) return undefined;
  return { lesson: lesson.map(plainly), wanted };
}

/** "3pm to 5pm" in a move is two times. */
function opened(units: readonly Unit[]): Unit[] {
  const clear = units.some((unit, i) => wordOf(unit) === 'to' && SLOTS.has(units[i + 1]?.kind ?? 'word'));
  return units.flatMap((unit): Unit[] => {
    if (clear || unit.kind !== 'time' || unit.ends === undefined || unit.form !== 'range') return [unit];
    const [a, b] = unit.ends;
    const middle = unit.from + 1;
    const to: Unit = {
      kind: 'word',
      token: { text: 'to', raw: 'to', kind: 'word', glued: false, stop: '' },
      from: middle,
      to: middle,
    };
    return [
      { kind: 'time', form: 'clock', meanings: [{ time: a }], from: unit.from, to: middle },
      to,
      { kind: 'time', form: 'clock', meanings: [{ time: b }], from: middle, to: unit.to },
    ];
  });
}

/** "can you make it with priya", "make that 5": all that follows is wanted. */
function madeOf(units: readonly Unit[]): Split | undefined {
  const at = units.findIndex(
    (unit, i) => wordOf(unit) === 'make' && MADE.has(wordOf(units[i + 1])) && wordOf(units[i - 1]) !== 'cant',
  );
  const wanted = at < 0 ? [] : units.slice(at).filter(isSlot);
  return wanted.length === 0 ? undefined : { lesson: units.slice(0, at).filter(isSlot), wanted };
}

const MADE = new Set(['it', 'that', 'this', 'mine']);

/** "... to thursday", "from tues to thurs", "to 5pm from 3pm". */
function pivotOf(units: readonly Unit[]): Split | undefined {
  for (const strict of [true, false]) {
    for (let i = 0; i < units.length; i++) {
      const word = wordOf(units[i]);
      if (!PIVOTS.has(word) || (strict && word !== 'to')) continue;
      if (!slotNext(units, i)) continue;
      const before = units.slice(0, i).filter(isSlot);
      const after = units.slice(i + 1);
      const from = after.findIndex((unit, j) => wordOf(unit) === 'from' && slotNext(after, j));
      if (from > 0) return { lesson: after.slice(from).filter(isSlot), wanted: after.slice(0, from).filter(isSlot) };
      const wanted = after.filter(isSlot);
      if (before.length === 0 && wanted[0]?.kind === 'person')
        return {
          lesson: wanted.filter((unit) => unit.kind !== 'person'),
          wanted: wanted.filter((unit) => unit.kind === 'person'),
        };
      return { lesson: before, wanted };
    }
  }
  return undefined;
}

/** "cant do tues, can we do wed": what stands with the verb is the lesson, what follows the next clause is wanted. */
function clauseSplit(reading: Reading, units: readonly Unit[]): Split | undefined {
  const verb = reading.found.find((one) => one.label === 'move' || one.label === 'cannot' || one.label === 'cancel');
  const verbAt = verb === undefined ? 0 : (reading.units[verb.from]?.from ?? 0);
  const first = units.findIndex((unit) => isSlot(unit) && unit.kind !== 'duration');
  if (first < 0) return undefined;
  for (let i = first; i < units.length - 1; i++) {
    const unit = units[i]!;
    const next = units[i + 1];
    const brokenHere =
      ends(reading.tokens[unit.to - 1]) ||
      CLAUSE.has(wordOf(next)) ||
      (wordOf(next) === 'and' && CLAUSE.has(wordOf(units[i + 2])));
    if (!brokenHere || unit.to <= verbAt) continue;
    const before = units.slice(0, i + 1).filter(isSlot);
    const after = units.slice(i + 1).filter(isSlot);
    if (
      before.some((one) => one.kind === 'day' || one.kind === 'time') &&
      after.some((one) => one.kind === 'day' || one.kind === 'time')
    ) {
      return { lesson: before, wanted: after };
    }
  }
  return undefined;
}

const CLAUSE = new Set([
  'can',
  'could',
  'how',
  'what',
  'is',
  'any',
  'anything',
  'maybe',
  'would',
  'prefer',
  'but',
  'do',
  'need',
  'id',
  'instead',
  'book',
  'put',
  'make',
]);

/** "move my tues lesson", "change the time to 11": a day with "my" or "lesson" is the lesson's, a lone time with "time" is wanted. */
function byPlace(reading: Reading, units: readonly Unit[]): Split {
  const lesson: Unit[] = [];
  const wanted: Unit[] = [];
  const only = units.filter(isSlot);
  const instead = units.some((unit) => wordOf(unit) === 'instead');
  const verb = reading.found.find((one) => one.label === 'move');
  for (const [i, unit] of units.entries()) {
    if (!isSlot(unit)) continue;
    const own = isOwn(units, i);
    const beside = verb !== undefined && only[0] === unit;
    if (unit.kind === 'duration') wanted.push(unit);
    else if (instead && !own) wanted.push(unit);
    else if (own || beside || (lesson.length > 0 && !lesson.some((one) => one.kind === unit.kind))) lesson.push(unit);
    else wanted.push(unit);
  }
  return { lesson, wanted };
}
