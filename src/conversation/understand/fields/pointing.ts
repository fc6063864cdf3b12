import type { Heard, Intent, LessonRef } from '../../../../flows/heard';
import { clausesOf } from '../clauses/cut';
import { corrected } from '../merge/correct';
import { referencesOf, whichOf } from '../merge/lesson-ref';
import { nthSaid } from '../merge/nth-lesson';
import type { Reading } from '../reading';
import { type Unit, wordOf } from '../units/unit';

/** Readings of a text whose days and times point at a lesson there is. */
export function pointing(reading: Reading, intent: Intent, units: readonly Unit[] = dropped(reading)): Heard[] {
  return referencesOf(units, reading.context).map((ref) => {
    const full = withWhich(reading, ref);
    return full === undefined ? { intent } : { intent, lessonRef: full };
  });
}

/** "scrap the 10am, keep the 2pm", "cancel fri, ill rebook for next week": what stays or comes later is not dropped. */
function dropped(reading: Reading): Unit[] {
  const units = corrected(reading);
  const kept = clausesOf(reading.units, reading.tokens).filter(({ from, to }) =>
    reading.units.slice(from, to).some((unit) => STAYS.has(wordOf(unit))),
  );
  const left = units.filter(
    (unit) =>
      !kept.some(({ from, to }) => reading.units.indexOf(unit, from) >= from && reading.units.indexOf(unit, from) < to),
  );
  return left.some((unit) => unit.kind === 'day' || unit.kind === 'time') ? left : units;
}

const STAYS = new Set(['keep', 'keeping', 'rebook', 'leave', 'still', 'stays', 'again']);

export function withWhich(reading: Reading, ref: LessonRef): LessonRef | undefined {
  const which = whichOf(reading);
  const nth = which === undefined ? nthSaid(reading) : undefined;
  const dated = ref.date !== undefined || ref.dates !== undefined;
  const full = { ...ref, ...(which !== undefined && !dated && { which }), ...(nth !== undefined && { nth }) };
  return Object.keys(full).length === 0 ? undefined : full;
}
