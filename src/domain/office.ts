import { timeLabel, weekdayLabel } from './labels';
import type { Policy } from './policy';
import { addDays, type Instant, type LocalDate, localDateOf, localTimeOf, weekdayOf } from './time';

export type OfficeHours = Policy['officeHours'];

/** Whether somebody of the office answers now; else the day and time from which they do. Null: on no day of the next fortnight. */
export function officeFrom(
  hours: OfficeHours,
  at: Instant,
  zone: string,
  closed: ReadonlySet<LocalDate> = new Set(),
): { kind: 'now' } | { kind: 'later'; date: LocalDate; days: number } | null {
  const today = localDateOf(at, zone);
  const time = localTimeOf(at, zone);
  for (let days = 0; days < 14; days += 1) {
    const date = addDays(today, days);
    if (!hours.weekdays.includes(weekdayOf(date)) || closed.has(date)) continue;
    if (days > 0 || time < hours.from) return { kind: 'later', date, days };
    if (time < hours.to) return { kind: 'now' };
  }
  return null;
}

/** "Mon-Sat 8:00am-6:00pm", "Mon-Wed, Fri 9:00am-5:00pm". */
export function officeHoursLabel({ weekdays, from, to }: OfficeHours): string {
  return `${daysLabel(weekdays)} ${timeLabel(from)}-${timeLabel(to)}`;
}

/** Runs of three and more days are written with a dash. */
function daysLabel(weekdays: readonly number[]): string {
  const runs: number[][] = [];
  for (const day of [...new Set(weekdays)].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run?.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  return runs
    .flatMap((run) =>
      run.length > 2 ? [`${weekdayLabel(run[0]!)}-${weekdayLabel(run.at(-1)!)}`] : run.map((day) => weekdayLabel(day)),
    )
    .join(', ');
}
