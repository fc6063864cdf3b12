import { weekdayOf } from '../../dates/calendar';
import type { DayMeaning } from '../../dates/day';
import type { Unit } from '../units/unit';

export type Offer = { at: string; instructor?: string };

/** "the saturday one", "the 2pm", "with priya": the numbers of the offers that fit all that was said; all when nothing was. */
export function offersFitting(units: readonly Unit[], offered: readonly Offer[]): number[] {
  return offered.flatMap((offer, i) => (units.every((unit) => fits(unit, offer)) ? [i + 1] : []));
}

function fits(unit: Unit, offer: Offer): boolean {
  const said = saidOf(unit, offer);
  return said === undefined || said !== (unit.not === true || unit.role === 'refused');
}

/** Whether the offer is what this unit speaks of; undefined when it speaks of something else. */
function saidOf(unit: Unit, { at, instructor }: Offer): boolean | undefined {
  const [day = '', time = ''] = at.split('T');
  switch (unit.kind) {
    case 'day':
      return unit.form === 'ordinal' ? undefined : unit.orToday === day || unit.meanings.some((one) => isOn(one, day));
    case 'time':
      return unit.meanings.some((one) =>
        'time' in one ? one.time === time : one.window.from <= time && time < one.window.to,
      );
    case 'person':
      return instructor === undefined ? undefined : instructor.toLowerCase().startsWith(unit.name);
    case 'word':
    case 'number':
    case 'duration':
    case 'masked':
      return undefined;
  }
}

function isOn(meaning: DayMeaning, day: string): boolean {
  if ('date' in meaning) return meaning.date === day;
  if ('dates' in meaning) return meaning.dates.includes(day);
  if ('range' in meaning) return meaning.range.from <= day && day <= meaning.range.to;
  return meaning.weekdays.includes(weekdayOf(day));
}
