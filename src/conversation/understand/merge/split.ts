import { has, type Reading } from '../reading';
import { ends } from '../text/token';
import { type Unit, wordOf } from '../units/unit';

/** A move in two: the lesson there is, and what is wanted in its place. */
export type Split = { lesson: Unit[]; wanted: Unit[] };

const PIVOTS = new Set(['to', 'till', 'until', 'for', 'into', 'onto', 'til', '-']);
const SLOTS = new Set<Unit['kind']>(['day', 'time', 'person', 'duration']);
const LESSON = new Set([
  'lesson',
  'lessons',
  'booking',
  'appointment',
  'session',
  'drive',
  'one',
  'slot',
  'class',
  'spot',
]);

/** Which of the days and times of a move say what is moved. */
export function split(reading: Reading, units: readonly Unit[], asked: boolean): Split {
  const verb = has(reading, 'move') !== undefined;
  const parts = asked && !verb ? [...units] : opened(units);
  const twoTimes = parts.length > units.length;
  const contrast = swapped(parts) ?? insteadOf(parts) ?? (asked ? undefined : notThat(parts));
  if (contrast !== undefined) return sameDay(contrast);
  if (asked && !verb) return { lesson: [], wanted: parts };
  const roles = byRole(parts);
  if (roles !== undefined && !asked) return roles;
  const pivot = pivotOf(parts);
  if (pivot !== undefined) return twoTimes ? sameDay(pivot) : pivot;
  if (asked) return { lesson: [], wanted: parts };
  return clauseSplit(reading, parts) ?? byPlace(reading, parts);
}

/** "can my wed lesson be at 3 not 4". */
function notThat(units: readonly Unit[]): Split | undefined {
  const slots = units.filter((unit) => isSlot(unit) && unit.role === undefined);
  const lesson = slots.filter((unit) => unit.not && unit.kind !== 'person');
  const wanted = slots.filter((unit) => !unit.not);
  if (lesson.length === 0 || !lesson.every((unit) => wanted.some((one) => one.kind === unit.kind))) return undefined;
  return { lesson: lesson.map(plainly), wanted };
}

/** "can tomorrow be 9 instead of 8", "dave from 9 to 10 on the 5th": what is not contrasted is the lesson's and stays. */
function sameDay({ lesson, wanted }: Split): Split {
  const contrasted = new Set<Unit['kind']>(lesson.map((unit) => unit.kind));
  if (!contrasted.has('time') || contrasted.has('day')) return { lesson, wanted };
  const stays = wanted.filter((unit) => unit.kind === 'day');
  return { lesson: [...stays, ...lesson], wanted: wanted.filter((unit) => unit.kind !== 'day') };
}

/** "u have me down fri at 8 but id rather 9", "9 is too early, can we say 11": the lesson is what there is or is turned down. */
function byRole(units: readonly Unit[]): Split | undefined {
  const slots = units.filter(isSlot);
  const role = slots.some((unit) => unit.role === 'booked') ? 'booked' : 'refused';
  const lesson = slots.filter((unit) => unit.role === role);
  const wanted = slots.filter((unit) => unit.role === undefined);
  const own = units.some((unit, i) => isSlot(unit) && unit.role === undefined && isOwn(units, i));
  if (lesson.length === 0 || wanted.length === 0 || (own && role === 'refused')) return undefined;
  return { lesson: lesson.map(plainly), wanted };
}

function plainly(unit: Unit): Unit {
  const { role: _role, not: _not, ...rest } = unit;
  return rest;
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

/** "swap tues for wed", "swap sam with mel". */
function swapped(units: readonly Unit[]): Split | undefined {
  const verb = units.findIndex((unit) => wordOf(unit) === 'swap' || wordOf(unit) === 'switch');
  if (verb < 0) return undefined;
  const joint = units.findIndex(
    (unit, i) => i > verb + 1 && ['for', 'with', 'to'].includes(wordOf(unit)) && slotNext(units, i),
  );
  if (joint < 0 || !units.slice(verb, joint).some(isSlot)) return undefined;
  const [left, right] = [units.slice(0, joint).filter(isSlot), units.slice(joint).filter(isSlot)];
  const people = left.every((unit) => unit.kind === 'person') && right[0]?.kind === 'person';
  const when = right.filter((unit) => people && unit.kind !== 'person');
  if (when.length > 0) return { lesson: when, wanted: right.filter((unit) => unit.kind === 'person') };
  return { lesson: left, wanted: right };
}

/** "thurs instead of tues", "instead of tues can i do thurs". */
function insteadOf(units: readonly Unit[]): Split | undefined {
  const at = units.findIndex(
    (unit, i) =>
      (wordOf(unit) === 'instead' && wordOf(units[i + 1]) === 'of') ||
      (wordOf(unit) === 'rather' && wordOf(units[i + 1]) === 'than'),
  );
  if (at < 0) return undefined;
  let end = at + 2;
  while (['my', 'the', 'on', 'at', 'with'].includes(wordOf(units[end]))) end += 1;
  const start = end;
  const kinds = new Set<Unit['kind']>();
  while (end < units.length) {
    if (wordOf(units[end]) === 'on' && end > start && !kinds.has('person')) end += 1;
    const unit = units[end];
    if (unit === undefined || !isSlot(unit) || kinds.has(unit.kind)) break;
    kinds.add(unit.kind);
    end += 1;
  }
  if (end === start) return undefined;
  const after = units.slice(end).filter(isSlot);
  const before = units.slice(0, at).filter(isSlot);
  const lesson = units.slice(start, end).filter(isSlot);
  const people = lesson.every((unit) => unit.kind === 'person');
  const own = units.slice(0, at).filter((unit, i) => unit.kind !== 'person' && isSlot(unit) && isOwn(units, i));
  if (people && after.length === 0 && own.length > 0)
    return { lesson: own, wanted: before.filter((unit) => !own.includes(unit)) };
  if (people && before.length > 0 && after.every((unit) => unit.kind === 'day' || unit.kind === 'time'))
    return { lesson: after, wanted: before };
  return { lesson, wanted: [...before, ...after] };
}

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

/** "my sat", "fri lesson", "lesson on tues". */
function isOwn(units: readonly Unit[], i: number): boolean {
  return (
    wordOf(units[i - 1]) === 'my' ||
    LESSON.has(wordOf(units[i + 1])) ||
    LESSON.has(wordOf(units[i - 1])) ||
    (wordOf(units[i - 1]) === 'on' && LESSON.has(wordOf(units[i - 2])))
  );
}

function isSlot(unit: Unit): boolean {
  return SLOTS.has(unit.kind);
}

function slotNext(units: readonly Unit[], at: number): boolean {
  let i = at + 1;
  while (
    ['the', 'a', 'be', 'on', 'around', 'say', 'maybe', 'with', 'at', 'my', 'either'].includes(wordOf(units[i])) &&
    i < at + 4
  )
    i += 1;
  const unit = units[i];
  return unit !== undefined && isSlot(unit) && !(unit.kind === 'duration');
}
