import type { Heard, Intent, LessonRef } from '../../../../flows/heard';
import { corrected } from '../merge/correct';
import { referencesOf, whichOf } from '../merge/lesson-ref';
import type { Reading } from '../reading';
import type { Unit } from '../units/unit';

/** Readings of a text whose days and times point at a lesson there is. */
export function pointing(reading: Reading, intent: Intent, units: readonly Unit[] = corrected(reading)): Heard[] {
  return referencesOf(units, reading.context).map((ref) => {
    const full = withWhich(reading, ref);
    return full === undefined ? { intent } : { intent, lessonRef: full };
  });
}

export function withWhich(reading: Reading, ref: LessonRef): LessonRef | undefined {
  const which = whichOf(reading);
  const full = which === undefined || ref.date !== undefined || ref.dates !== undefined ? ref : { ...ref, which };
  return Object.keys(full).length === 0 ? undefined : full;
}
