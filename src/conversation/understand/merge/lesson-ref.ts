import type { LessonRef } from '../../../../flows/heard';
import { addDays, firstOn } from '../../dates/calendar';
import type { DayContext } from '../../dates/read-day';
import type { Reading } from '../reading';
import { type Unit, wordOf } from '../units/unit';
import { listed, type Slots, slotsOf } from './slots';

/** Every lesson that these words can point at; one empty reference when nothing was said. */
export function referencesOf(units: readonly Unit[], context: DayContext): LessonRef[] {
  const readings = slotsOf(
    units
      .filter((unit) => unit.kind === 'day' || unit.kind === 'time' || unit.kind === 'person')
      .map((unit) => single(unit, context)),
    context,
  );
  return readings.map(refOf);
}

/** "sats 10am" of a lesson there is means the coming Saturday. */
function single(unit: Unit, context: DayContext): Unit {
  if (unit.kind !== 'day' || unit.form !== 'weekdays' || unit.weekday === undefined || unit.every) return unit;
  return { ...unit, form: 'weekday', meanings: [{ date: firstOn(addDays(context.today, 1), unit.weekday) }] };
}

/** "my next lesson" and "all my lessons". */
export function whichOf(reading: Reading): 'next' | 'all' | undefined {
  const LESSON = [
    'lesson',
    'lessons',
    'one',
    'booking',
    'bookings',
    'appointment',
    'drive',
    'everything',
    'session',
    'them',
    'of',
    'my',
  ];
  for (const [i, unit] of reading.units.entries()) {
    const word = wordOf(unit);
    const next = wordOf(reading.units[i + 1]);
    if (
      (word === 'all' && LESSON.includes(next)) ||
      word === 'everything' ||
      (word === 'both' && LESSON.includes(next))
    )
      return 'all';
    if (
      (word === 'next' || word === 'upcoming') &&
      ['lesson', 'one', 'booking', 'appointment', 'drive', 'session'].includes(next)
    )
      return 'next';
  }
  return undefined;
}

function refOf(slots: Slots): LessonRef {
  const ref: LessonRef = {};
  if (slots.date !== undefined) ref.date = slots.date;
  if (slots.dates !== undefined) ref.dates = slots.dates;
  if (slots.range !== undefined) ref.dates = listed(slots.range);
  if (slots.alternatives !== undefined) {
    const dates = [...new Set(slots.alternatives.flatMap((one) => (one.date === undefined ? [] : [one.date])))];
    if (dates.length === 1) ref.date = dates[0]!;
    else if (dates.length > 1) ref.dates = dates;
  }
  if (slots.time !== undefined) ref.time = slots.time;
  if (slots.window !== undefined) ref.window = slots.window;
  if (slots.instructor !== undefined) ref.instructor = slots.instructor;
  return ref;
}
