import { DateTime } from 'luxon';
import type { LocalDate, LocalTime } from '../../../flows/heard';
import { weekdayOf } from './calendar';

/** The school's wall clock at one moment. Nothing here remembers an offset. */
export type SchoolClock = { today: LocalDate; time: LocalTime; weekday: number; hour: number };

/** Lessons may begin in these hours; "after 4" ends here and a day is over here. */
export const OPEN: LocalTime = '07:00';
export const CLOSE: LocalTime = '19:00';

export function schoolClock(now: number, zone: string): SchoolClock {
  const at = DateTime.fromMillis(now, { zone });
  if (!at.isValid)
    throw new RangeError(`no time zone "${zone}" or no moment ${now}; give an IANA zone and ms since epoch`);
  const two = (value: number) => String(value).padStart(2, '0');
  const today = `${at.year}-${two(at.month)}-${two(at.day)}`;
  return { today, time: `${two(at.hour)}:${two(at.minute)}`, weekday: weekdayOf(today), hour: at.hour };
}
