import type { WorkingHours } from './slots';
import { minutesOf, timeText, without } from './time';

/** What a text says of a weekday: its hours (none: off), or a break in them. */
export type HoursChange =
  | { kind: 'set'; weekdays: number[]; hours: { from: string; to: string }[] }
  | { kind: 'break'; weekdays: number[]; hours: { from: string; to: string }[] };

/** The week after the change: days that were not named stay as they are; a break of no day is of every day that is worked. */
export function changedHours(before: readonly WorkingHours[], changes: readonly HoursChange[]): WorkingHours[] {
  let week = [...before];
  for (const { kind, weekdays, hours } of changes) {
    const days = weekdays.length > 0 ? weekdays : [...new Set(week.map((one) => one.weekday))];
    week =
      kind === 'set'
        ? [
            ...week.filter((one) => !days.includes(one.weekday)),
            ...days.flatMap((weekday) => hours.map((one) => ({ weekday, ...one }))),
          ]
        : week.flatMap((one) => (days.includes(one.weekday) ? withBreaks(one, hours) : [one]));
  }
  return week.sort((a, b) => a.weekday - b.weekday || a.from.localeCompare(b.from));
}

/** A span of minutes since midnight. */
const minutesIn = ({ from, to }: { from: string; to: string }) => ({
  startsAt: minutesOf(from),
  endsAt: minutesOf(to),
});

const withBreaks = (open: WorkingHours, breaks: readonly { from: string; to: string }[]): WorkingHours[] =>
  without(minutesIn(open), breaks.map(minutesIn)).map(({ startsAt, endsAt }) => ({
    weekday: open.weekday,
    from: timeText(startsAt),
    to: timeText(endsAt),
  }));

/** Days with the same hours together, in the order of the week: `[{ weekdays: [1, 2, 3], hours: [...] }, ...]`. */
export function byHours(
  week: readonly WorkingHours[],
): { weekdays: number[]; hours: { from: string; to: string }[] }[] {
  const groups: { key: string; weekdays: number[]; hours: { from: string; to: string }[] }[] = [];
  for (let weekday = 1; weekday <= 7; weekday += 1) {
    const hours = week.filter((one) => one.weekday === weekday).map(({ from, to }) => ({ from, to }));
    const key = JSON.stringify(hours);
    const last = groups.at(-1);
    if (hours.length === 0) continue;
    if (last?.key === key && last.weekdays.at(-1) === weekday - 1) last.weekdays.push(weekday);
    else groups.push({ key, weekdays: [weekday], hours });
  }
  return groups.map(({ weekdays, hours }) => ({ weekdays, hours }));
}
