import type { Heard } from '../../../../flows/heard';
import { corrected } from '../merge/correct';
import type { Reading } from '../reading';
import { durationSaid } from './duration';
import { lateMinutes } from './late';
import { pointing } from './pointing';
import { promoted } from './promoted';
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

/** What changes in the proposal. */
export function amending(reading: Reading): Heard[] {
  return wanting(
    reading,
    'book',
    corrected(reading).filter((unit) => unit.kind !== 'number'),
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
      (unit) =>
        (unit.kind === 'time' && !(unit.bare && Number(reading.tokens[unit.to - 1]?.text) === minutes)) ||
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
