import {
  DAY,
  type Instant,
  type LocalDate,
  type LocalTime,
  localDateOf,
  localTimeOf,
  minutesOf,
  weekdayOf,
} from './time';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "Tue 24 Nov"; with `now`, days more than 300 days away get their year ("Tue 23 Nov 2027"). */
export function dayLabel(at: Instant, zone: string, now?: Instant): string {
  const date = localDateOf(at, zone);
  return now !== undefined && Math.abs(at - now) > 300 * DAY
    ? `${dateLabel(date)} ${date.slice(0, 4)}`
    : dateLabel(date);
}

/** "Tue 24 Nov" of a calendar day. */
export function dateLabel(date: LocalDate): string {
  return `${weekdayLabel(weekdayOf(date))} ${Number(date.slice(8))} ${MONTHS[Number(date.slice(5, 7)) - 1]}`;
}

/** "Mon" of 1 .. "Sun" of 7. */
export function weekdayLabel(weekday: number): string {
  const label = WEEKDAYS[weekday - 1];
  if (!label) throw new RangeError(`${weekday} is no weekday; 1 is Monday, 7 is Sunday`);
  return label;
}

/** "3:00pm" at the school. */
export function clockLabel(at: Instant, zone: string): string {
  return timeLabel(localTimeOf(at, zone));
}

/** "3:00pm" of "15:00"; midnight is "12:00am". */
export function timeLabel(time: LocalTime): string {
  const minutes = minutesOf(time) % 1440;
  const hour = Math.floor(minutes / 60);
  return `${hour % 12 || 12}:${String(minutes % 60).padStart(2, '0')}${hour < 12 ? 'am' : 'pm'}`;
}

/** "Tue 24 Nov, 3:00pm", the form that every text uses. */
export function momentLabel(at: Instant, zone: string, now?: Instant): string {
  return `${dayLabel(at, zone, now)}, ${clockLabel(at, zone)}`;
}

/** "$75", "$75.50", "$1,200"; what is owed to someone is "-$20". */
export function dollars(cents: number): string {
  const whole = Math.floor(Math.abs(cents) / 100);
  const rest = Math.abs(cents) % 100;
  const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${cents < 0 ? '-' : ''}$${grouped}${rest ? `.${String(rest).padStart(2, '0')}` : ''}`;
}

/** "60 min", "90 min"; from 4 h on "5 h" or "5 h 30 min". */
export function durationLabel(minutes: number): string {
  if (minutes < 240) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest ? ` ${rest} min` : ''}`;
}
