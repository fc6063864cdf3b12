import { type Unit, wordOf } from '../units/unit';
import { isOwn, isSlot, plainly, type Split, slotNext } from './parts';

/** A move that names what it gives up: "swap tues for wed", "thurs instead of tues", "3 not 4". */
export function contrasted(units: readonly Unit[], asked: boolean): Split | undefined {
  return swapped(units) ?? insteadOf(units) ?? (asked ? undefined : notThat(units));
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
export function sameDay({ lesson, wanted }: Split): Split {
  const contrasted = new Set<Unit['kind']>(lesson.map((unit) => unit.kind));
  if (!contrasted.has('time') || contrasted.has('day')) return { lesson, wanted };
  const stays = wanted.filter((unit) => unit.kind === 'day');
  return { lesson: [...stays, ...lesson], wanted: wanted.filter((unit) => unit.kind !== 'day') };
}

/** "swap tues for wed", "swap sam with mel". */
function swapped(units: readonly Unit[]): Split | undefined {
  const verb = units.findIndex((unit) => wordOf(unit) === 'swap' || wordOf(unit) === 'switch');
  if (verb < 0) return undefined;
  const to = wordOf(units[verb + 1]);
  if ((to === 'to' || to === 'with') && units[verb + 2]?.kind === 'person') {
    const when = units.slice(verb + 3).filter((unit) => unit.kind === 'day' || unit.kind === 'time');
    if (when.length > 0) return { lesson: when, wanted: units.slice(verb + 2, verb + 3) };
  }
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
  const than = at < 0 ? ratherThan(units) : -1;
  if (than >= 0)
    return { lesson: [units[than + 1] as Unit], wanted: units.filter((unit, i) => isSlot(unit) && i !== than + 1) };
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

/** Where "than" stands in "id rather come at 5 than 4". */
function ratherThan(units: readonly Unit[]): number {
  const rather = units.findIndex((unit) => wordOf(unit) === 'rather' || wordOf(unit) === 'prefer');
  return units.findIndex(
    (unit, i) =>
      wordOf(unit) === 'than' &&
      rather >= 0 &&
      i > rather &&
      i < rather + 6 &&
      units[i + 1]?.kind === 'time' &&
      units.slice(rather, i).some((one) => one.kind === 'time'),
  );
}
