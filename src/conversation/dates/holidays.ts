import Holidays from 'date-holidays';
import type { LocalDate } from '../../../flows/heard';
import { dateOf, partsOf } from './calendar';

const STATE_OF_ZONE: Record<string, string> = {
  'Australia/Sydney': 'NSW',
  'Australia/Melbourne': 'VIC',
  'Australia/Brisbane': 'QLD',
  'Australia/Lindeman': 'QLD',
  'Australia/Adelaide': 'SA',
  'Australia/Broken_Hill': 'SA',
  'Australia/Perth': 'WA',
  'Australia/Eucla': 'WA',
  'Australia/Hobart': 'TAS',
  'Australia/Darwin': 'NT',
  'Australia/Canberra': 'ACT',
};

/** The state whose public holidays count: the one given, else the zone's. */
export function stateOf(state: string | undefined, zone: string): string {
  return (state ?? STATE_OF_ZONE[zone] ?? 'NSW').toUpperCase();
}

/** The next holiday on or after `today`: `name` is a fixed `MM-DD` or words of a public holiday's name. */
export function nextHoliday(name: string, today: LocalDate, state: string): LocalDate | undefined {
  const { year } = partsOf(today);
  for (let y = year; y <= year + 1; y++) {
    const date = /^\d\d-\d\d$/.test(name)
      ? dateOf(y, Number(name.slice(0, 2)), Number(name.slice(3)))
      : (named(name, y, state) ?? named(name, y, 'VIC') ?? named(name, y, 'NSW'));
    if (date !== undefined && date >= today) return date;
  }
  return undefined;
}

/** All days off work in the week or weekend around a holiday are found by name in the state's list, kept per year. */
function named(name: string, year: number, state: string): LocalDate | undefined {
  if (name === 'easter tuesday') {
    const monday = named('easter monday', year, state);
    return monday === undefined ? undefined : shift(monday, 1);
  }
  if (name === 'easter saturday') {
    const monday = named('easter monday', year, state);
    return monday === undefined ? undefined : shift(monday, -2);
  }
  return listOf(year, state).find((holiday) => holiday.name.includes(name))?.date;
}

const lists = new Map<string, { date: LocalDate; name: string }[]>();

function listOf(year: number, state: string): { date: LocalDate; name: string }[] {
  const key = `${state} ${year}`;
  let list = lists.get(key);
  if (list === undefined) {
    list = new Holidays('AU', state, { types: ['public', 'optional', 'observance'] })
      .getHolidays(year)
      .map((holiday) => ({
        date: holiday.date.slice(0, 10),
        name: holiday.name.toLowerCase().replaceAll(/['’]/g, ''),
      }));
    lists.set(key, list);
  }
  return list;
}

function shift(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
