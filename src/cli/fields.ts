import { IANAZone } from 'luxon';
import { cleanName } from '../domain/names';
import { toE164 } from '../domain/phones';
import { isLocalDate, minutesOf } from '../domain/time';

/** The states and territories of Australia as `schools.state` has them. */
export const STATES = ['NSW', 'VIC', 'QLD', 'SA', 'WA', 'TAS', 'ACT', 'NT'];

/** Each reads what was typed for an option, or throws one sentence (a string) that names it and says what to write. */
export function zone(option: string, typed: string): string {
  const known = IANAZone.isValidZone(typed) && typed.includes('/');
  if (known) return IANAZone.create(typed).name;
  throw `${option} is "${typed}", which is no time zone: write an IANA name such as Australia/Sydney or Australia/Perth.`;
}

export function state(option: string, typed: string): string {
  const found = STATES.find((one) => one === typed.trim().toUpperCase());
  if (found) return found;
  throw `${option} is "${typed}": write one of ${STATES.join(', ')}.`;
}

export function phone(option: string, typed: string): string {
  const found = toE164(typed);
  if (found) return found;
  throw `${option} is "${typed}", which is no phone number: write it as +61491570156 or 0491 570 156.`;
}

/** A person's name; a text may begin with it, so it must be one. */
export function person(option: string, typed: string): string {
  const found = cleanName(typed);
  if (found) return found;
  throw `${option} is "${typed}", which cannot be a name: write letters only, at most 40, such as "Priya Shah".`;
}

export function words(option: string, typed: string, longest = 60): string {
  const found = typed.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (found && [...found].length <= longest && !/\p{Cc}/u.test(found)) return found;
  throw `${option} is "${typed}": write 1 to ${longest} characters.`;
}

export function whole(option: string, typed: string, from: number, to: number): number {
  if (/^\d{1,6}$/.test(typed) && Number(typed) >= from && Number(typed) <= to) return Number(typed);
  throw `${option} is "${typed}": write a whole number from ${from} to ${to}.`;
}

/** Dollars as typed ("75", "$72.50") in cents. */
export function dollars(option: string, typed: string): number {
  const parts = /^\$?(\d{1,5})(?:\.(\d{2}))?$/.exec(typed.trim());
  if (parts) return Number(parts[1]) * 100 + Number(parts[2] ?? 0);
  throw `${option} is "${typed}": write dollars, such as 75 or 72.50.`;
}

export function date(option: string, typed: string): string {
  if (isLocalDate(typed)) return typed;
  throw `${option} is "${typed}", which is no day: write YYYY-MM-DD, such as 2026-11-24.`;
}

/** One stretch of working hours, school-local; weekday 1 is Monday. */
export type Hours = { weekday: number; from: string; to: string };

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const HOW = 'write days and a 24-hour stretch, such as "mon-fri 8-17, sat 9:30-13" or "mon,wed 8-12 13-17"';

/** Strict: `mon-fri 8-17, sat 9-13`; several stretches a day by a blank or another item; none may overlap. */
export function hours(option: string, typed: string): Hours[] {
  const fault = (why: string) => `${option} is "${typed}": ${why}; ${HOW}.`;
  const found: Hours[] = [];
  // A comma parts items, and also days that share their hours ("mon,wed 8-12"): days alone wait for the hours.
  let waiting: number[] = [];
  for (const item of typed.toLowerCase().split(',')) {
    const [days = '', ...stretches] = item.trim().split(/\s+/);
    waiting.push(...weekdays(days, fault));
    if (stretches.length === 0) continue;
    for (const stretch of stretches) {
      const { from, to } = readStretch(stretch, fault);
      for (const weekday of waiting) found.push({ weekday, from, to });
    }
    waiting = [];
  }
  if (waiting.length > 0) throw fault('the last days have no hours');
  found.sort((a, b) => a.weekday - b.weekday || minutesOf(a.from) - minutesOf(b.from));
  found.forEach((one, index) => {
    const before = found[index - 1];
    if (before?.weekday === one.weekday && minutesOf(one.from) < minutesOf(before.to))
      throw fault(`${DAYS[one.weekday - 1]} ${before.from}-${before.to} and ${one.from}-${one.to} overlap`);
  });
  return found;
}

/** `Mon-Fri 8:00-17:00, Sat 9:00-13:00`, as a person would write it. */
export function hoursInWords(all: Hours[]): string {
  const byDay = DAYS.map((_, index) =>
    all
      .filter((one) => one.weekday === index + 1)
      .map((one) => `${short(one.from)}-${short(one.to)}`)
      .join(' '),
  );
  const items: string[] = [];
  for (let first = 0; first < 7; first += 1) {
    if (!byDay[first]) continue;
    let last = first;
    while (byDay[last + 1] === byDay[first]) last += 1;
    items.push(`${title(first)}${last > first ? `-${title(last)}` : ''} ${byDay[first]}`);
    first = last;
  }
  return items.join(', ');
}

const title = (index: number) => DAYS[index]![0]!.toUpperCase() + DAYS[index]!.slice(1);
const short = (time: string) => time.replace(/^0/, '');

function weekdays(typed: string, fault: (why: string) => string): number[] {
  const [from = '', to = from, ...rest] = typed.split('-');
  const [first, last] = [dayOf(from), dayOf(to)];
  if (first < 0 || last < 0 || rest.length > 0) throw fault(`"${typed}" is no weekday`);
  if (last < first) throw fault(`"${typed}" runs past the week's end`);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index + 1);
}

function dayOf(word: string): number {
  return DAYS.findIndex(
    (day, index) =>
      word === day ||
      word === LONG[index] ||
      (day === 'tue' && word === 'tues') ||
      (day === 'thu' && /^thurs?$/.test(word)),
  );
}

const LONG = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

function readStretch(typed: string, fault: (why: string) => string): { from: string; to: string } {
  const parts = /^(\d{1,2})(?::(\d\d))?-(\d{1,2})(?::(\d\d))?$/.exec(typed);
  if (!parts) throw fault(`"${typed}" is no stretch of hours`);
  const [from, to] = [clock(parts[1]!, parts[2]), clock(parts[3]!, parts[4])];
  if (!from || !to || from === '24:00') throw fault(`"${typed}" is beyond the 24 hours of a day`);
  if (minutesOf(to) <= minutesOf(from)) throw fault(`"${typed}" ends before it begins (5 pm is 17)`);
  return { from, to };
}

function clock(hour: string, minute = '00'): string | null {
  const time = `${hour.padStart(2, '0')}:${minute}`;
  return /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(time) ? time : null;
}
