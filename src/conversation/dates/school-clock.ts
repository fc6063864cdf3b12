import { DateTime } from 'luxon';
import type { LocalDate, LocalTime } from '../../../flows/heard';

/** The school's wall clock at one moment. No offset is remembered beyond its quarter of an hour. */
export type SchoolClock = { today: LocalDate; time: LocalTime; weekday: number; hour: number };

/** Lessons may begin in these hours; "after 4" ends here and a day is over here. */
export const OPEN: LocalTime = '07:00';
export const CLOSE: LocalTime = '19:00';

/** No zone has changed its offset anywhere but at a quarter of an hour since 1972. */
const QUARTER = 15 * 60_000;
const offsets = new Map<string, number>();
const MOST = 500;

export function schoolClock(now: number, zone: string): SchoolClock {
  const at = new Date(now + offsetAt(now, zone) * 60_000);
  const written = at.toISOString();
  const weekday = at.getUTCDay() || 7;
  return { today: written.slice(0, 10), time: written.slice(11, 16), weekday, hour: at.getUTCHours() };
}

/** Minutes ahead of UTC in this quarter of an hour, which is worked out once for many texts. */
function offsetAt(now: number, zone: string): number {
  const key = `${zone} ${Math.floor(now / QUARTER)}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const at = DateTime.fromMillis(now, { zone });
  if (!at.isValid)
    throw new RangeError(`no time zone "${zone}" or no moment ${now}; give an IANA zone and ms since epoch`);
  if (offsets.size >= MOST) offsets.clear();
  offsets.set(key, at.offset);
  return at.offset;
}
