import { daysOf } from '../../src/domain/series';
import { addDays, type Instant, instantOf, type LocalDate, weekdayOf } from '../../src/domain/time';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MOMENT = '(\\w{3}) (\\d{1,2}) (\\w{3}), (\\d{1,2}):(\\d\\d)(am|pm)';

/** The starts that a list's text tells, read from its words alone as a person would; `today` says which year is meant. */
export function startsTold(text: string, zone: string, today: LocalDate): Instant[] {
  const pattern = new RegExp(`every( second)? ([\\w ]+?), ${MOMENT} to ${MOMENT}(?:, not ([^\\n]+))?`).exec(text);
  if (!pattern) {
    const lines = [...text.matchAll(new RegExp(`^\\d+ ${MOMENT}`, 'gm'))];
    return lines.map((line) => startOf(line.slice(1), zone, today));
  }
  const weekdays = pattern[2]!.split(' and ').map((day) => WEEKDAYS.indexOf(day) + 1);
  const from = dateOf(pattern.slice(3, 6), today);
  const until = dateOf(pattern.slice(9, 12), today);
  const except = (pattern[15] ?? '').split(', ').map((day) => (day ? dateOf(day.split(' '), today) : ''));
  const days = daysOf({ weekdays, from, until, everyWeeks: pattern[1] ? 2 : 1, times: null });
  return days.filter((day) => !except.includes(day)).map((day) => instantOf(day, clockOf(pattern.slice(6, 9)), zone));
}

function startOf([weekday, day, month, ...clock]: string[], zone: string, today: LocalDate): Instant {
  return instantOf(dateOf([weekday!, day!, month!], today), clockOf(clock), zone);
}

/** The first such day from today on; that its weekday is right is part of what is read. */
function dateOf([weekday, day, month]: string[], today: LocalDate): LocalDate {
  const monthAndDay = `${String(MONTHS.indexOf(month!) + 1).padStart(2, '0')}-${day!.padStart(2, '0')}`;
  for (let date = today; ; date = addDays(date, 1)) {
    if (date.slice(5) !== monthAndDay) continue;
    if (WEEKDAYS[weekdayOf(date) - 1] !== weekday) throw new Error(`${date} is no ${weekday}`);
    return date;
  }
}

const clockOf = ([hour, minute, half]: string[]) =>
  `${String((Number(hour) % 12) + (half === 'pm' ? 12 : 0)).padStart(2, '0')}:${minute}`;
