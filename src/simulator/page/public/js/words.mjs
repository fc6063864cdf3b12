/** "Tue 24 Nov, 3:00pm" at the school, as in its texts. */
export const moment = (at, zone) => `${day(at, zone)}, ${clock(at, zone)}`;

/** "Tue 24 Nov". */
export function day(at, zone) {
  const { weekday, day: date, month } = partsOf(at, zone);
  return `${weekday} ${date} ${month.slice(0, 3)}`;
}

/** "3:00pm"; with `seconds` "3:00:05pm". */
export function clock(at, zone, seconds = false) {
  const { hour, minute, second, dayPeriod } = partsOf(at, zone);
  return `${hour}:${minute}${seconds ? `:${second}` : ''}${dayPeriod.replace(/[\s.]/g, '').toLowerCase()}`;
}

/** "AEDT". */
export function zoneName(at, zone) {
  const named = new Intl.DateTimeFormat('en-AU', { timeZone: zone, timeZoneName: 'short' });
  return named.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? zone;
}

const formats = new Map();
function partsOf(at, zone) {
  if (!formats.has(zone)) {
    const shape = { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' };
    const options = { ...shape, second: '2-digit', hour12: true, timeZone: zone };
    formats.set(zone, new Intl.DateTimeFormat('en-AU', options));
  }
  return Object.fromEntries(
    formats
      .get(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
}

/** "in 3 h 20 min", "now". */
export function until(ms) {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return 'in a moment';
  if (minutes < 60) return `in ${minutes} min`;
  if (minutes < 48 * 60) return `in ${Math.floor(minutes / 60)} h${minutes % 60 ? ` ${minutes % 60} min` : ''}`;
  return `in ${Math.round(minutes / 1440)} days`;
}

/** "+61 491 570 156". */
export function spaced(number) {
  return /^\+61\d{9}$/.test(number) ? number.replace(/^(\+61)(\d{3})(\d{3})(\d{3})$/, '$1 $2 $3 $4') : number;
}

/** "$20", "$75.50". */
export const dollars = (cents) => `$${cents % 100 ? (cents / 100).toFixed(2) : cents / 100}`;

const COMING = {
  hold_ended: 'hold runs out',
  code_due: 'start code goes out',
  no_code_by_now: 'did the start code come?',
  lesson_over: 'lesson is closed',
  deposit_landed: 'deposit is told',
  lesson_finished: 'thanks for the lesson',
  start_code: 'start code goes out',
  in_doubt: 'a text without an answer is looked up',
  reply: 'a reply is sent again',
  office_alert: 'office is told',
  instructor_notice: 'instructor is told',
};

/** What falls due, for a person: an event's kind or a text's type. */
export function coming(what) {
  const reminder = /^reminder_(.+)$/.exec(what);
  if (reminder) return `reminder (${reminder[1].replace(/(\d)(\D)/, '$1 $2')} before)`;
  return COMING[what] ?? what.replaceAll('_', ' ');
}
