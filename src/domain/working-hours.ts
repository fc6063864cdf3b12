import type { WorkingHours } from './slots';
import { minutesOf, timeText } from './time';

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
        : week.flatMap((one) => (days.includes(one.weekday) ? without(one, hours) : [one]));
  }
  return week.sort((a, b) => a.weekday - b.weekday || a.from.localeCompare(b.from));
}

function without(open: WorkingHours, breaks: readonly { from: string; to: string }[]): WorkingHours[] {
  let left = [{ from: minutesOf(open.from), to: minutesOf(open.to) }];
  for (const one of breaks) {
    const [from, to] = [minutesOf(one.from), minutesOf(one.to)];
    left = left.flatMap((part) =>
      from >= part.to || to <= part.from
        ? [part]
        : [
            { from: part.from, to: from },
            { from: to, to: part.to },
          ].filter((x) => x.to > x.from),
    );
  }
  return left.map((part) => ({ weekday: open.weekday, from: timeText(part.from), to: timeText(part.to) }));
}

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
