import type { Heard } from '../../../../flows/heard';
import { addDays } from '../../dates/calendar';
import { corrected } from '../merge/correct';
import { referencesOf } from '../merge/lesson-ref';
import { slotsOf } from '../merge/slots';
import { split } from '../merge/split';
import { has, type Reading } from '../reading';
import type { Found } from '../text/phrases';
import { type Unit, wordOf } from '../units/unit';
import { withWhich } from './pointing';
import { nextWeekSame, shiftOf } from './wanting';

/** The text asks for a move, and not of a house or a test; "sunday instead" while booking only amends what we asked for. */
export function asksToMove(reading: Reading): boolean {
  const of = (label: string) => reading.found.filter((one) => one.label === label);
  const within = (one: Found, others: readonly Found[]) =>
    others.some((other) => other.from < one.to && one.from < other.to);
  const not = of('notMove');
  const amends = BOOKING.has(reading.listening.asked.kind) ? of('amend') : [];
  const own = reading.units.some((unit, i) => wordOf(unit) === 'my' && LESSON.has(wordOf(reading.units[i + 1])));
  return of('move').some((one) => !within(one, not) && (own || !within(one, amends)));
}

const BOOKING = new Set(['when', 'time', 'duration', 'confirm', 'slots']);
const LESSON = new Set(['lesson', 'booking', 'appointment']);

/** "got a clash fri, can i do mon": the day that something else came up on is the lesson's. */
function daysInPassing({ units }: Reading): Unit[] {
  return units
    .filter((unit) => unit.kind === 'day' && unit.role === 'aside' && unit.form !== 'span')
    .map(({ role: _role, ...unit }) => unit as Unit);
}

/** Readings of a move. */
export function moving(reading: Reading, asked: boolean): Heard[] {
  const shift = shiftOf(reading);
  const units =
    shift === undefined ? corrected(reading, true) : reading.units.filter((unit) => unit.kind !== 'duration');
  const { lesson, wanted } = split(reading, units, asked);
  const given = lesson.length > 0 || asked ? lesson : daysInPassing(reading);
  const again = nextWeekSame(reading);
  const goal = again ? wanted.filter((unit) => !(unit.kind === 'day' && unit.form === 'span')) : wanted;
  const readings: Heard[] = [];
  for (const ref of referencesOf(given, reading.context)) {
    for (const slots of slotsOf(goal, reading.context)) {
      const heard: Heard = { intent: 'reschedule', ...slots, ...shift };
      if (Object.keys(slots).length === 0 && has(reading, 'asap') !== undefined) heard.asap = true;
      delete heard.excludeWeekdays;
      if (slots.excludeWeekdays !== undefined) heard.excludeWeekdays = slots.excludeWeekdays;
      const full = withWhich(reading, ref);
      if (again && ref.date !== undefined && heard.date === undefined) heard.date = addDays(ref.date, 7);
      else if (again && heard.date === undefined) heard.shiftDays = 7;
      if (
        ref.date !== undefined &&
        heard.date === ref.date &&
        slots.time === undefined &&
        slots.window === undefined &&
        slots.instructor === undefined
      )
        continue;
      readings.push(full === undefined ? heard : { ...heard, lessonRef: full });
    }
  }
  return readings.length > 0 ? readings : [{ intent: 'reschedule' }];
}
