import { timeText } from '../../domain/time';
import type { HoursChange } from '../../domain/working-hours';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const SETS = /^(?:(?:my|new|working|work)\s+)*hours?\b/i;
const BREAKS = /^(?:(?:my|have|take|need)\s+)*(?:lunch|break)(?:\s+(?:break|time))?\b/i;
const OFF = /\b(?:off|none|closed|free|not working)\b/;
const HOURS = /(\d{1,2})(?:[:.](\d\d))?\s*(am|pm)?\s*(?:-|to|til|till|until)\s*(\d{1,2})(?:[:.](\d\d))?\s*(am|pm)?/g;
/** "mon 8-5 tues 9-3": a day after hours begins another part. */
const NEXT_DAY = /(\d\s*(?:am|pm)?)(?=\s+(?:mon|tue|wed|thu|fri|sat|sun))/g;
const DAY = `(?:${DAYS.join('|')})[a-z]*`;

/**
 * "hours mon-fri 8-5, sat 9-1", "hours mon 8-12, 1-5", "hours sat off", "lunch mon-fri 12-1": what is to change in the week;
 * empty when hours are only asked for, null when the text is about something else.
 */
export function hoursIn(text: string): HoursChange[] | null {
  const words = text.trim().toLowerCase();
  const kind = SETS.test(words) ? 'set' : BREAKS.test(words) ? 'break' : null;
  if (kind === null) return null;
  const rest = words.replace(kind === 'set' ? SETS : BREAKS, '').replace(NEXT_DAY, '$1,');
  const changes: HoursChange[] = [];
  let named: number[] = [];
  for (const part of rest.split(/[,;&]|\band\b/)) {
    const hours = hoursOf(part);
    const weekdays = daysIn(part);
    const last = changes.at(-1);
    named.push(...weekdays);
    if (hours.length > 0 && named.length === 0 && last) last.hours.push(...hours);
    else if (hours.length > 0 || (OFF.test(part) && named.length > 0)) {
      changes.push({ kind, weekdays: named, hours });
      named = [];
    }
  }
  if (kind === 'break') return changes.some((one) => one.hours.length > 0) ? changes : null;
  const whole = named.length === 0 && changes.every((one) => one.weekdays.length > 0);
  return whole ? changes : [];
}

function daysIn(part: string): number[] {
  if (/\b(?:weekdays|week days)\b/.test(part)) return [1, 2, 3, 4, 5];
  if (/\bweekends?\b/.test(part)) return [6, 7];
  if (/\b(?:every ?day|daily|all week)\b/.test(part)) return [1, 2, 3, 4, 5, 6, 7];
  const days: number[] = [];
  const found = part.matchAll(new RegExp(`\\b(${DAY})(?:\\s*(?:-|to|til|till)\\s*(${DAY}))?`, 'g'));
  for (const [, first = '', last] of found) {
    const [from, to] = [dayOf(first), last ? dayOf(last) : dayOf(first)];
    for (let n = 0, day = from; n < 7; n += 1, day = (day % 7) + 1) {
      days.push(day);
      if (day === to) break;
    }
  }
  return days;
}

const dayOf = (word: string) => DAYS.indexOf(word.slice(0, 3)) + 1;

/** "8-5" is 8:00 to 17:00, "1-5" the afternoon, "12-1" noon to one. */
function hoursOf(part: string): { from: string; to: string }[] {
  return [...part.matchAll(HOURS)].flatMap(([, h1, m1 = '0', ap1, h2, m2 = '0', ap2]) => {
    const from = minutes(Number(h1), Number(m1), ap1 ?? (Number(h1) < 6 ? 'pm' : undefined));
    let to = minutes(Number(h2), Number(m2), ap2);
    if (ap2 === undefined && to <= from) to += 720;
    return from < to && to <= 1440 && Number(h1) <= 24 && Number(h2) <= 24
      ? [{ from: timeText(from), to: timeText(to) }]
      : [];
  });
}

function minutes(hour: number, minute: number, half: string | undefined): number {
  const plain = half === 'am' ? hour % 12 : half === 'pm' ? (hour % 12) + 12 : hour;
  return plain * 60 + minute;
}
