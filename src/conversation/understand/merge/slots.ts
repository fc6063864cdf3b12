import type { DateRange, Heard, LocalTime, LocalWindow } from '../../../../flows/heard';
import { daysOf, weekdayOf } from '../../dates/calendar';
import { firstDay } from '../../dates/day';
import type { DayContext } from '../../dates/read-day';
import { type Unit, wordOf } from '../units/unit';
import { type Day, daySlots, meaningsOf, timeSlots } from './day-slots';
import { opposite, settleTimes, type Time } from './times';
import { narrowedSpans, withinSpans } from './within-spans';

/** What was said about when, how long and with whom; one for each way of reading it. */
export type Slots = Omit<Heard, 'intent'>;

/** At most this many readings; a question with more choices is no question. */
const MOST = 4;

/** All readings of the days, times, durations and people among these units. */
export function slotsOf(units: readonly Unit[], context: DayContext): Slots[] {
  const said = weekly(units.flatMap((unit, i) => (unit.kind === 'day' ? [begun(unit, units[i - 1])] : [])));
  const scoped = withinSpans(narrowedSpans(said, units));
  const days = scoped.filter((day) => !day.not);
  const times = settleTimes(
    units.flatMap((unit): Time[] => (unit.kind !== 'time' ? [] : unit.not ? opposite(unit) : [unit])),
    days.length < 2,
  );
  const rest = others(units, scoped, days);
  const when = alternatives(days, distinct(times), context) ?? plain(days, times, rest, context);
  const readings = eitherOf(units).flatMap((person) =>
    when.map((slots) => clean({ ...rest, ...slots, ...person }, rest)),
  );
  return unique(readings).slice(0, MOST);
}

/** "jo or mel": a reading for each. */
function eitherOf(units: readonly Unit[]): Slots[] {
  const people = units.flatMap((unit) => (unit.kind === 'person' && !unit.not ? [unit.name] : []));
  const or = units.some(
    (unit, i) => wordOf(unit) === 'or' && units[i - 1]?.kind === 'person' && units[i + 1]?.kind === 'person',
  );
  return or ? [...new Set(people)].map((instructor) => ({ instructor })) : [{}];
}

/** "4 thursday 4pm" names one time. */
function distinct(times: readonly Time[]): Time[] {
  const said = times.map((time) => JSON.stringify(time.meanings));
  return times.filter((_, i) => said.indexOf(said[i]!) === i);
}

/** "starting this thursday" is one day. */
function begun(day: Day, before: Unit | undefined): Day {
  if (!BEGIN.has(wordOf(before)) || day.form !== 'weekday') return day;
  const { weekday: _weekday, ...rest } = day;
  return { ...rest, form: 'date' };
}

const BEGIN = new Set(['starting', 'start', 'beginning', 'commencing', 'from']);

/** "every monday and wednesday": the second is every week's too. */
function weekly(days: readonly Day[]): Day[] {
  if (!days.some((day) => day.every)) return [...days];
  return days.map((day) =>
    day.form === 'weekday' && day.weekday !== undefined && !day.fixed
      ? { ...day, form: 'weekdays', every: true, meanings: [{ weekdays: [day.weekday] }] }
      : day,
  );
}

/** Duration, people and what was excluded. */
function others(units: readonly Unit[], scoped: readonly Day[], days: readonly Day[]): Slots {
  const slots: Slots = {};
  for (const unit of units) {
    if (unit.kind === 'duration' && !unit.not) slots.durationMinutes = unit.minutes;
    if (unit.kind === 'person' && !unit.not && slots.instructor === undefined) {
      slots.instructor = unit.name;
      if (!unit.sure) slots.perhapsInstructor = true;
    }
    if (unit.kind === 'person' && unit.not) slots.excludeInstructor = unit.name;
  }
  if (slots.excludeInstructor !== undefined && slots.instructor !== undefined) delete slots.excludeInstructor;
  const excluded = [...new Set(scoped.filter((day) => day.not && isExcluding(day, days)).flatMap(weekdaysOf))].sort();
  const single = days.some((day) => day.form !== 'span' && day.form !== 'weekdays');
  if (excluded.length > 0 && !single) slots.excludeWeekdays = excluded;
  return slots;
}

/** "not tuesday" is every one; "not the 3rd" and "this weekend im away" matter only inside the days that are wanted. */
function isExcluding(day: Day, wanted: readonly Day[]): boolean {
  if (day.form === 'weekday' || day.form === 'weekdays') return true;
  const ranges = wanted.flatMap(({ meanings: [first] }) =>
    first !== undefined && 'range' in first ? [first.range] : [],
  );
  const date = firstDay(day.meanings[0]);
  const inside = ranges.some(({ from, to }) => date !== undefined && from <= date && date <= to);
  return isWeekend(day) ? inside || wanted.length === 0 : day.form !== 'span' && inside;
}

function isWeekend({ meanings: [first] }: Day): boolean {
  return (
    first !== undefined && 'range' in first && weekdayOf(first.range.from) === 6 && daysOf(first.range).length === 2
  );
}

function weekdaysOf(day: Day): number[] {
  const [first] = day.meanings;
  if (day.weekday !== undefined) return [day.weekday];
  if (first === undefined) return [];
  if ('weekdays' in first) return first.weekdays;
  if ('range' in first) return [...new Set(daysOf(first.range).map(weekdayOf))].slice(0, 6);
  return 'date' in first ? [weekdayOf(first.date)] : first.dates.map(weekdayOf);
}

/** "mon 3pm or wed 4pm", "mon arvo or tues morning", "fri 3 or 4pm". */
function alternatives(days: readonly Day[], times: readonly Time[], context: DayContext): Slots[] | undefined {
  if (times.length < 2) return undefined;
  const simple = (time: Time): Slots => timeSlots(time.meanings[0]);
  if (days.length <= 1) {
    const [day] = days;
    const dates =
      day === undefined
        ? [undefined]
        : meaningsOf(day, times[0], context).map((meaning) => ('date' in meaning ? meaning.date : undefined));
    if (day !== undefined && dates.includes(undefined)) return undefined;
    return dates.map((date) => ({
      alternatives: times.map((time) => ({ ...(date === undefined ? {} : { date }), ...pick(simple(time)) })),
    }));
  }
  if (days.length !== times.length && times.length > days.length) return undefined;
  const dayFirst = days[0]!.from < times[0]!.from;
  const pairs: NonNullable<Slots['alternatives']> = [];
  for (const [i, day] of days.entries()) {
    const next = days[i + 1]?.from ?? Number.POSITIVE_INFINITY;
    const previous = i === 0 ? -1 : days[i - 1]!.from;
    const own =
      times.find((time) =>
        dayFirst ? time.from >= day.from && time.from < next : time.from <= day.from && time.from > previous,
      ) ??
      (dayFirst
        ? times.find((time) => time.from >= day.from)
        : [...times].reverse().find((time) => time.from <= day.from));
    if (own === undefined) return undefined;
    for (const meaning of meaningsOf(day, own, context).slice(0, 1)) {
      const dates =
        'date' in meaning
          ? [meaning.date]
          : 'dates' in meaning
            ? meaning.dates
            : 'range' in meaning
              ? daysOf(meaning.range)
              : [];
      if (dates.length === 0) return undefined;
      for (const date of dates) pairs.push({ date, ...pick(simple(own)) });
    }
  }
  return [{ alternatives: pairs }];
}

function pick(slots: Slots): { time?: LocalTime; window?: LocalWindow } {
  return {
    ...(slots.time === undefined ? {} : { time: slots.time }),
    ...(slots.window === undefined ? {} : { window: slots.window }),
  };
}

/** One time, or none, for all the days said: every meaning of each with every meaning of the other. */
function plain(days: readonly Day[], times: readonly Time[], rest: Slots, context: DayContext): Slots[] {
  const [time] = times;
  const readings: Slots[] = [];
  const exact =
    time?.meanings.filter(
      (meaning) =>
        'time' in meaning && meaning.durationMinutes !== undefined && meaning.durationMinutes === rest.durationMinutes,
    ) ?? [];
  for (const meaning of exact.length > 0 ? exact : (time?.meanings ?? [undefined])) {
    const when = startWith(timeSlots(meaning), time, rest);
    for (const day of daySlots(days, when, rest, context)) readings.push({ ...day, ...when });
  }
  return readings;
}

/** With a duration "from 8" is when the lesson starts. */
function startWith(when: Slots, time: Time | undefined, rest: Slots): Slots {
  if (time?.bound === 'from' && rest.durationMinutes !== undefined && when.window !== undefined)
    return { time: when.window.from };
  return when;
}

function clean(slots: Slots, rest: Slots): Slots {
  const result = { ...slots };
  if (result.weekdays !== undefined && rest.excludeWeekdays !== undefined) delete result.excludeWeekdays;
  return result;
}

function unique(readings: readonly Slots[]): Slots[] {
  const seen = new Set<string>();
  return readings.filter((reading) => {
    const key = JSON.stringify(reading);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** All days of a range as a list, for lesson references. */
export function listed(range: DateRange): string[] {
  return daysOf(range).slice(0, 31);
}
