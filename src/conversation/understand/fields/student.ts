import type { Heard } from '../../../../flows/heard';
import { corrected } from '../merge/correct';
import { promoted } from '../options/promoted';
import type { Reading } from '../reading';
import { type Unit, wordOf } from '../units/unit';
import { durationSaid } from './duration';
import { lateMinutes } from './late';
import { pointing } from './pointing';
import { wanting } from './wanting';

/** A lesson wanted, or what changes in what was proposed: what we asked decides what a bare number is. */
export function booked(reading: Reading): Heard[] {
  switch (reading.listening.asked.kind) {
    case 'duration':
      return durationSaid(reading) ?? wanting(reading, 'book');
    case 'slots':
      return wanting(reading, 'book', promoted(reading));
    case 'confirm':
      return amending(reading);
    case 'idle':
    case 'when':
    case 'time':
    case 'choice':
    case 'code':
    case 'name':
    case 'moveWhen':
      return wanting(reading, 'book');
  }
}

/** "can we do 90": no hour of a clock. */
const LENGTHS = new Set([30, 45, 60, 90, 120]);

/** What changes in the proposal. */
export function amending(reading: Reading): Heard[] {
  return wanting(
    reading,
    'book',
    corrected(reading).flatMap((unit): Unit[] => {
      if (unit.kind !== 'number') return [unit];
      const { from, to, value } = unit;
      return LENGTHS.has(value) && !unit.not ? [{ kind: 'duration', minutes: value, from, to }] : [];
    }),
  );
}

/** A list names what days it is about; a lesson it names is one there is. */
export function listing(reading: Reading): Heard[] {
  return wanting(reading, 'list_lessons').map((heard): Heard => {
    const { asap: _asap, durationMinutes: _minutes, ...rest } = heard;
    return rest;
  });
}

/** Minutes late and the lesson that begins late. */
export function lateBy(reading: Reading): Heard[] {
  const minutes = lateMinutes(reading);
  const [ref] = pointing(
    reading,
    'running_late',
    reading.units.filter(
      (unit, i) =>
        (unit.kind === 'time' && !isArrival(reading, i) && Number(reading.tokens[unit.to - 1]?.text) !== minutes) ||
        unit.kind === 'person',
    ),
  );
  return [
    {
      intent: 'running_late',
      ...(minutes === undefined ? {} : { lateMinutes: minutes }),
      ...(ref?.lessonRef === undefined ? {} : { lessonRef: ref.lessonRef }),
    },
  ];
}

/** A price, of a length when one was said. */
export function priced(reading: Reading): Heard[] {
  const duration = reading.units.find((unit) => unit.kind === 'duration');
  return [{ intent: 'price', ...(duration?.kind === 'duration' ? { durationMinutes: duration.minutes } : {}) }];
}

/** "be there 9.20" is when somebody arrives, not when a lesson begins. */
function isArrival(reading: Reading, at: number): boolean {
  return [at - 1, at - 2].some((i) => ['there', 'eta', 'arrive', 'arriving'].includes(wordOf(reading.units[i])));
}
