import type { DateRange } from '../../../../flows/heard';
import { daysOf } from '../../dates/calendar';
import type { DayMeaning } from '../../dates/day';
import type { DayContext } from '../../dates/read-day';
import { CLOSE, OPEN } from '../../dates/school-clock';
import { daysWithin } from '../units/join-days';
import type { TimeMeaning, UnitOf } from '../units/unit';
import type { Slots } from './slots';
import type { Time } from './times';

export type Day = UnitOf<'day'>;

export function timeSlots(meaning: TimeMeaning | undefined): Slots {
  if (meaning === undefined) return {};
  if ('window' in meaning)
    return meaning.window.from === OPEN && meaning.window.to === CLOSE ? {} : { window: meaning.window };
  return {
    time: meaning.time,
    ...(meaning.durationMinutes === undefined ? {} : { durationMinutes: meaning.durationMinutes }),
  };
}

export function daySlots(days: readonly Day[], when: Slots, rest: Slots, context: DayContext): Slots[] {
  if (days.length === 0) return [{}];
  const choices = days.map((day) => meaningsAt(day, when, context));
  if (days.length === 1) return (choices[0] ?? []).map((meaning) => slotsOfMeaning(meaning, days[0]!, rest));
  const weekdays = choices.every((meanings) => meanings[0] !== undefined && 'weekdays' in meanings[0]);
  if (weekdays)
    return [
      {
        weekdays: [...new Set(choices.flatMap((meanings) => (meanings[0] as { weekdays: number[] }).weekdays))].sort(),
      },
    ];
  const recurring = days.find((day) => day.every);
  const first = days.find((day) => day.form === 'date' || day.form === 'ordinal' || day.form === 'relative');
  if (recurring !== undefined && first !== undefined)
    return [
      {
        ...slotsOfMeaning(recurring.meanings[0]!, recurring, rest),
        ...slotsOfMeaning(first.meanings[0]!, first, rest),
      },
    ];
  const within = days.flatMap(({ meanings: [one] }) => (one !== undefined && 'range' in one ? [one.range] : []))[0];
  if (recurring !== undefined && within !== undefined) return [seriesWithin(recurring, within, context)];
  const combined = (at: number): string[] =>
    [...new Set(choices.flatMap((meanings) => datesOf(meanings[Math.min(at, meanings.length - 1)])))].sort();
  const most = Math.max(...choices.map((meanings) => meanings.length));
  return Array.from({ length: Math.min(most, 2) }, (_, at) => {
    const dates = combined(at);
    return dates.length === 1 ? { date: dates[0]! } : { dates };
  });
}

/** "every thursday til xmas": as often as there are such days. */
function seriesWithin(every: Day, range: DateRange, { today }: DayContext): Slots {
  const weekdays = every.weekday === undefined ? [] : [every.weekday];
  const dates = daysWithin(range, weekdays);
  const first = range.from > today && dates[0] !== undefined ? { date: dates[0] } : {};
  return { ...first, weekdays, recurring: true, ...(dates.length > 0 && { occurrences: dates.length }) };
}

function datesOf(meaning: DayMeaning | undefined): string[] {
  if (meaning === undefined || 'weekdays' in meaning) return [];
  if ('date' in meaning) return [meaning.date];
  return 'dates' in meaning ? meaning.dates : daysOf(meaning.range);
}

function slotsOfMeaning(meaning: DayMeaning, day: Day, rest: Slots): Slots {
  if ('weekdays' in meaning) {
    const left = meaning.weekdays.filter((weekday) => !(rest.excludeWeekdays ?? []).includes(weekday));
    return { weekdays: left, ...(day.every ? { recurring: true } : {}) };
  }
  return meaning;
}

export function meaningsOf(day: Day, time: Time | undefined, context: DayContext): DayMeaning[] {
  return meaningsAt(day, timeSlots(time?.meanings[0]), context);
}

/** Whether a weekday that is today's can still be today depends on the time said with it. */
function meaningsAt(day: Day, when: Slots, context: DayContext): DayMeaning[] {
  if (day.orToday === undefined) return day.meanings;
  const end = when.time ?? when.window?.to ?? CLOSE;
  const passed = when.time !== undefined ? end <= context.time : end <= context.time;
  return passed ? day.meanings : [{ date: day.orToday }, ...day.meanings];
}
