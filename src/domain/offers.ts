import type { Start } from './slots';
import { DAY, daysBetween, type Instant, type LocalDate, localDateOf, MINUTE, minuteOfDay } from './time';
import { instructorMatches, type Wanted, type Wish, wishesOf } from './wanted';

/** `max` defaults to 3; `shown` are offers already made, left out so that MORE brings others; `prefer` the instructor of a slot that is being amended. */
export type OfferOptions = {
  zone: string;
  max?: number;
  shown?: readonly { instructorId: string; startsAt: Instant }[];
  prefer?: string | undefined;
};

/**
 * Up to `max` of the free starts, a lesson length apart: the asked time first, then by time. When nothing is free as wanted,
 * the nearest on the wanted days, else on the nearest other days (`matches` tells which). No instructor gets more than an even share while another could.
 */
export function pickOffers(starts: readonly Start[], wanted: Wanted, options: OfferOptions): Start[] {
  const { zone, max = 3, shown = [], prefer } = options;
  const lesson = starts[0] ? starts[0].endsAt - starts[0].startsAt : 0;
  const terms: Terms = { max, lesson, asap: wanted.asap === true };
  const wishes = wishesOf(wanted);
  const pool = times(starts, wanted, zone);
  for (const choose of [asWanted, nearest]) {
    let best: Time[] = [];
    for (const apart of shown.length > 0 ? [lesson, lesson / 2, 1, 0] : [0]) {
      const left = pool.flatMap((time) => notShown(time, shown, apart));
      const picked = choose(left, wishes, terms);
      if (picked.length > best.length) best = picked;
      if (best.length >= max) break;
    }
    if (best.length > 0) return shared(best, max, prefer);
  }
  return [];
}

/** One free time with everyone who could take it, in the order of preference. */
type Time = { at: Instant; date: LocalDate; minute: number; starts: Start[] };
type Terms = { max: number; lesson: number; asap: boolean };

function times(starts: readonly Start[], wanted: Wanted, zone: string): Time[] {
  const byInstant = new Map<Instant, Time>();
  let last: Time | undefined;
  for (const start of starts) {
    if (!instructorMatches(wanted, start.instructorId)) continue;
    if (last?.at !== start.startsAt) last = byInstant.get(start.startsAt);
    if (last) last.starts.push(start);
    else {
      const at = start.startsAt;
      last = { at, date: localDateOf(at, zone), minute: minuteOfDay(at, zone), starts: [start] };
      byInstant.set(at, last);
    }
  }
  return [...byInstant.values()].sort((a, b) => a.at - b.at);
}

function notShown(time: Time, shown: readonly { instructorId: string; startsAt: Instant }[], apart: number): Time[] {
  if (apart > 0) return shown.some((one) => Math.abs(one.startsAt - time.at) < apart) ? [] : [time];
  const starts = time.starts.filter(
    (start) => !shown.some((one) => one.startsAt === start.startsAt && one.instructorId === start.instructorId),
  );
  return starts.length > 0 ? [{ ...time, starts }] : [];
}

/** Only when something is free as wanted. Around an exact time the nearest others follow it. */
function asWanted(pool: Time[], wishes: Wish[], terms: Terms): Time[] {
  const onDay = pool.filter((time) => wishes.some((wish) => wish.dayMatches(time.date)));
  const fitting = onDay.filter((time) => wishes.some((wish) => distance(time, wish) === 0));
  if (fitting.length === 0) return [];
  if (terms.asap) return apartFrom(fitting, [], terms);
  if (wishes.every((wish) => wish.minute === undefined)) return spread(fitting, wishes, terms);
  const asked = apartFrom(fitting, [], terms);
  const others = apartFrom(byDistance(onDay, wishes), asked, { ...terms, max: terms.max - asked.length });
  return [...asked, ...others.sort((a, b) => a.at - b.at)];
}

/** Nothing is free as wanted: the nearest to an asked time or window, else the days next to those wanted. */
function nearest(pool: Time[], wishes: Wish[], terms: Terms): Time[] {
  const onDay = pool.filter((time) => wishes.some((wish) => wish.dayMatches(time.date)));
  const ranked = byDistance(onDay.length > 0 ? onDay : pool, wishes);
  const away = ranked[0] ? nearness(ranked[0], wishes) : 0;
  if (away >= DAY && away % DAY === 0 && wishes.every((wish) => wish.minute === undefined)) {
    const next = ranked.filter((time) => nearness(time, wishes) === away);
    return spread(
      next.sort((a, b) => a.at - b.at),
      wishes,
      terms,
    );
  }
  const [first, ...others] = apartFrom(ranked, [], terms);
  return first ? [first, ...others.sort((a, b) => a.at - b.at)] : [];
}

function byDistance(pool: Time[], wishes: Wish[]): Time[] {
  const near = new Map(pool.map((time) => [time, nearness(time, wishes)]));
  return [...pool].sort((a, b) => near.get(a)! - near.get(b)! || a.at - b.at);
}

function nearness(time: Time, wishes: Wish[]): number {
  return Math.min(...wishes.map((wish) => distance(time, wish)));
}

/** How far off, in ms: a day off counts more than any time of day; a window is measured from its nearer edge. */
function distance(time: Time, wish: Wish): number {
  const [from, last] = wish.minute === undefined ? [wish.window.from, wish.window.to - 1] : [wish.minute, wish.minute];
  const minutes = Math.max(from - time.minute, time.minute - last, 0) * MINUTE;
  if (wish.dayMatches(time.date)) return minutes;
  const away = wish.ends
    ? Math.max(daysBetween(time.date, wish.ends.from), daysBetween(wish.ends.to, time.date), 1)
    : 1;
  return minutes + away * DAY;
}

/**
 * Equal parts of the days, then of the hours: one offer near the start of each part, later ones on a half hour where one is near.
 * Days that were named are spread over whole; otherwise the first ones are used.
 */
function spread(fitting: Time[], wishes: Wish[], terms: Terms): Time[] {
  const days = byDay(fitting);
  const used = wishes.some((wish) => wish.named) ? days : days.slice(0, terms.max);
  const taken: Time[] = [];
  for (let part = 0; part < terms.max; part++) {
    const where = (part * used.length) / terms.max;
    const day = used[Math.floor(where)]!;
    const partOfDay = used.length >= terms.max ? part / terms.max : where - Math.floor(where);
    const target = day[0]!.at + (day.at(-1)!.at - day[0]!.at) * partOfDay;
    const cost = (time: Time) =>
      Math.abs(time.at - target) + (partOfDay === 0 || time.minute % 30 === 0 ? 0 : 20 * MINUTE);
    const free = day.filter((time) => isApart(time, taken, terms.lesson));
    if (free.length > 0) taken.push(free.reduce((best, time) => (cost(time) < cost(best) ? time : best)));
  }
  taken.push(...apartFrom(fitting, taken, { ...terms, max: terms.max - taken.length }));
  const packed = apartFrom(fitting, [], terms);
  return (packed.length > taken.length ? packed : taken).sort((a, b) => a.at - b.at);
}

/** The first of `ranked` that keep a lesson length from one another and from those `taken`. */
function apartFrom(ranked: Time[], taken: Time[], terms: Terms): Time[] {
  const picked: Time[] = [];
  for (const time of ranked) {
    if (picked.length >= terms.max) break;
    if (isApart(time, taken, terms.lesson) && isApart(time, picked, terms.lesson)) picked.push(time);
  }
  return picked;
}

function isApart(time: Time, others: Time[], lesson: number): boolean {
  return others.every((other) => Math.abs(other.at - time.at) >= lesson);
}

function byDay(sorted: Time[]): Time[][] {
  const days = new Map<LocalDate, Time[]>();
  for (const time of sorted) {
    const day = days.get(time.date);
    if (day) day.push(time);
    else days.set(time.date, [time]);
  }
  return [...days.values()];
}

/** Each time goes to whoever is preferred, else to the first who has not had an even share of the offers yet, so Sam, Sam, Priya of two. */
function shared(picked: Time[], max: number, prefer?: string): Start[] {
  const able = new Set(picked.flatMap((time) => time.starts.map((start) => start.instructorId)));
  const share = Math.ceil(max / Math.max(able.size, 1));
  const given = new Map<string, number>();
  return picked.map((time) => {
    const preferred = time.starts.find((one) => one.instructorId === prefer);
    const start = preferred ?? time.starts.find((one) => (given.get(one.instructorId) ?? 0) < share) ?? time.starts[0]!;
    given.set(start.instructorId, (given.get(start.instructorId) ?? 0) + 1);
    return start;
  });
}
