import { type Unit, wordOf } from '../units/unit';

/** A move in two: the lesson there is, and what is wanted in its place. */
export type Split = { lesson: Unit[]; wanted: Unit[] };

export const SLOTS = new Set<Unit['kind']>(['day', 'time', 'person', 'duration']);
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

/** As if nothing had been said against it. */
export function plainly(unit: Unit): Unit {
  const { role: _role, not: _not, ...rest } = unit;
  return rest;
}

/** "my sat", "fri lesson", "lesson on tues". */
export function isOwn(units: readonly Unit[], i: number): boolean {
  return (
    wordOf(units[i - 1]) === 'my' ||
    LESSON.has(wordOf(units[i + 1])) ||
    LESSON.has(wordOf(units[i - 1])) ||
    (wordOf(units[i - 1]) === 'on' && LESSON.has(wordOf(units[i - 2])))
  );
}

export function isSlot(unit: Unit): boolean {
  return SLOTS.has(unit.kind);
}

export function slotNext(units: readonly Unit[], at: number): boolean {
  let i = at + 1;
  while (
    ['the', 'a', 'be', 'on', 'around', 'say', 'maybe', 'with', 'at', 'my', 'either'].includes(wordOf(units[i])) &&
    i < at + 4
  )
    i += 1;
  const unit = units[i];
  return unit !== undefined && isSlot(unit) && !(unit.kind === 'duration');
}
