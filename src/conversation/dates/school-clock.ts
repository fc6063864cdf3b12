import { DateTime } from 'luxon';
import type { LocalDate, LocalTime } from '../../../flows/heard';
import { weekdayOf } from './calendar';

/** The school's wall clock at one moment. Nothing here remembers an offset. */
export type SchoolClock = { today: LocalDate; time: LocalTime; weekday: number; hour: number };

/** Lessons may begin in these hours; "after 4" ends here and a day is over here. */
export const OPEN: LocalTime = '07:00';
export const CLOSE: LocalTime = '19:00';

export function schoolClock(now: number, zone: string): SchoolClock {
  const at = DateTime.fromMillis(now, { zone, locale: 'en-AU' });
  if (!at.isValid)
    throw new RangeError(`no time zone "${zone}" or no moment ${now}; give an IANA zone and ms since epoch`);
  const today = at.toFormat('yyyy-MM-dd');
  return { today, time: at.toFormat('HH:mm'), weekday: weekdayOf(today), hour: at.hour };
}
