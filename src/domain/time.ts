import { IANAZone } from 'luxon';

/** Milliseconds since the epoch. */
export type Instant = number;
/** `YYYY-MM-DD` on the school's calendar. */
export type LocalDate = string;
/** `HH:MM` on the school's wall clock; `24:00` is the end of the day. */
export type LocalTime = string;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Half-open: includes `startsAt`, excludes `endsAt`, so back-to-back lessons do not clash. */
export type Span = { startsAt: Instant; endsAt: Instant };

/** A span of at least 0 ms; throws RangeError when it would end before it starts. */
export function spanOf(startsAt: Instant, endsAt: Instant): Span {
  if (!(endsAt >= startsAt))
    throw new RangeError(`span ends (${endsAt}) before it starts (${startsAt}); swap the ends`);
  return { startsAt, endsAt };
}

/** What is left of a span when those are taken out of it, by time; they may overlap and come in any order. */
export function without(span: Span, taken: readonly Span[]): Span[] {
  const left: Span[] = [];
  let { startsAt } = span;
  for (const one of [...taken].sort((a, b) => a.startsAt - b.startsAt)) {
    if (one.endsAt <= startsAt || one.startsAt >= span.endsAt) continue;
    if (one.startsAt > startsAt) left.push({ startsAt, endsAt: one.startsAt });
    startsAt = Math.max(startsAt, one.endsAt);
  }
  return startsAt < span.endsAt ? [...left, { startsAt, endsAt: span.endsAt }] : left;
}

/** True when the two share at least one millisecond. */
export function overlaps(a: Span, b: Span): boolean {
  return a.startsAt < b.endsAt && b.startsAt < a.endsAt;
}

/** The calendar day at the school at that moment. */
export function localDateOf(at: Instant, zone: string): LocalDate {
  return dateText(at + offsetAt(at, zone));
}

/** The wall clock at the school at that moment, to the minute below. */
export function localTimeOf(at: Instant, zone: string): LocalTime {
  return timeText(minuteOfDay(at, zone));
}

/** Whole minutes since local midnight on the wall clock, 0..1439. */
export function minuteOfDay(at: Instant, zone: string): number {
  const local = at + offsetAt(at, zone);
  return Math.floor((local - Math.floor(local / DAY) * DAY) / MINUTE);
}

/** When that wall clock is shown: a time skipped by a clock change moves forward by the gap, a doubled one is the first. */
export function instantOf(date: LocalDate, time: LocalTime, zone: string): Instant {
  const local = dayNumber(date) * DAY + minutesOf(time) * MINUTE;
  const before = offsetAt(local - DAY, zone);
  const after = offsetAt(local + DAY, zone);
  if (before === after) return local - before;
  if (offsetAt(local - before, zone) === before) return local - before;
  if (offsetAt(local - after, zone) === after) return local - after;
  return local - before;
}

/** `n` calendar days later (earlier when negative). */
export function addDays(date: LocalDate, n: number): LocalDate {
  return dateText((dayNumber(date) + n) * DAY);
}

/** 1 = Monday .. 7 = Sunday. */
export function weekdayOf(date: LocalDate): number {
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;
}

/** Monday of the week (Mon-Sun) that holds the date. */
export function mondayOf(date: LocalDate): LocalDate {
  return addDays(date, 1 - weekdayOf(date));
}

/** Calendar days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** The whole local day: 23, 24 or 25 h (23.5 or 24.5 on Lord Howe). */
export function daySpan(date: LocalDate, zone: string): Span {
  return spanOf(instantOf(date, '00:00', zone), instantOf(addDays(date, 1), '00:00', zone));
}

/** Monday 00:00 to the next Monday 00:00 of the local week that holds the date. */
export function weekSpan(date: LocalDate, zone: string): Span {
  const monday = mondayOf(date);
  return spanOf(instantOf(monday, '00:00', zone), instantOf(addDays(monday, 7), '00:00', zone));
}

/** Minutes since midnight of `HH:MM`, 0..1440; throws RangeError for anything else. */
export function minutesOf(time: LocalTime): number {
  const parts = /^([01]\d|2[0-3]):([0-5]\d)$|^24:00$/.exec(time);
  if (!parts) throw new RangeError(`"${time}" is no time of day; write HH:MM, 00:00 to 24:00`);
  return parts[1] === undefined ? 1440 : Number(parts[1]) * 60 + Number(parts[2]);
}

/** `HH:MM` of minutes since midnight, 0..1440. */
export function timeText(minutes: number): LocalTime {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** True for `YYYY-MM-DD` that is on the calendar ("2026-02-30" is not). */
export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(at) && dateText(at) === text;
}

/** Milliseconds by which the zone's wall clock is ahead of UTC; throws RangeError for an unknown zone. */
export function offsetAt(at: Instant, zone: string): number {
  const known = zoneOf(zone);
  const day = Math.floor(at / DAY);
  let offset = known.days.get(day);
  if (offset === undefined) {
    const first = known.zone.offset(day * DAY) * MINUTE;
    offset = first === known.zone.offset((day + 1) * DAY) * MINUTE ? first : CHANGES;
    if (known.days.size >= DAYS_KEPT) known.days.clear();
    known.days.set(day, offset);
  }
  return Number.isNaN(offset) ? known.zone.offset(at) * MINUTE : offset;
}

type KnownZone = { zone: IANAZone; days: Map<number, number> };

/** A UTC day with a clock change in it is asked afresh each time (luxon: about 1 us); all others are remembered. */
const CHANGES = Number.NaN;
const DAYS_KEPT = 20_000;
const zones = new Map<string, KnownZone>();
let lastName = '';
let lastZone: KnownZone | undefined;

function zoneOf(name: string): KnownZone {
  if (lastZone && lastName === name) return lastZone;
  let known = zones.get(name);
  if (!known) {
    const zone = IANAZone.create(name);
    if (!zone.isValid) throw new RangeError(`"${name}" is no time zone; use an IANA name such as Australia/Sydney`);
    known = { zone, days: new Map() };
    zones.set(name, known);
  }
  lastName = name;
  lastZone = known;
  return known;
}

function dayNumber(date: LocalDate): number {
  const at = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(at)) throw new RangeError(`"${date}" is no calendar day; write YYYY-MM-DD`);
  return at / DAY;
}

function dateText(localMs: number): LocalDate {
  return new Date(localMs).toISOString().slice(0, 10);
}
