import type { LocalWindow } from '../../../../flows/heard';
import { CLOSE, OPEN } from '../../dates/school-clock';
import { plus } from '../units/clock';
import type { TimeUnit } from '../units/unit';

/** A phrase about times with its place in the text. */
export type Time = TimeUnit & { from: number; to: number; not?: boolean };

/** "not the morning" is from noon on, "no evenings" until five; of other times nothing is known. */
export function opposite(unit: Time): Time[] {
  if (unit.form !== 'part') return [];
  const [first] = unit.meanings;
  if (first === undefined || !('window' in first)) return [];
  const window =
    first.window.from === OPEN
      ? { from: first.window.to, to: CLOSE }
      : first.window.to === CLOSE
        ? { from: OPEN, to: first.window.from }
        : undefined;
  const { not: _not, ...rest } = unit;
  return window === undefined ? [] : [{ ...rest, form: 'bound', meanings: [{ window }] }];
}

/** A clock time beats a part of the day and takes its half from it; two bounds make a window. */
export function settleTimes(said0: readonly Time[], oneDay: boolean): Time[] {
  const times = oneDay ? withoutWider(said0) : said0;
  const clocks = times.filter((time) => time.form !== 'part');
  const said = times.filter((time) => time.form === 'part');
  const parts = narrowest(said.length > 1 ? said.filter((time) => time.part !== 'any') : said);
  if (clocks.length === 0) return [...parts];
  const part = parts.length === 1 ? windowOf(parts[0]!) : undefined;
  if (part !== undefined && clocks.length === 1) return [narrowed(clocks[0]!, part, parts[0]!)];
  const bounds = clocks.filter((time) => time.form === 'bound');
  if (bounds.length === 2 && clocks.length === 2) {
    const [a, b] = bounds.map(windowOf) as [LocalWindow, LocalWindow];
    const window = { from: a.from > b.from ? a.from : b.from, to: a.to < b.to ? a.to : b.to };
    if (window.from < window.to) return [{ ...bounds[0]!, meanings: [{ window }] }];
  }
  if (parts.length > 0 && clocks.length + parts.length > 2)
    return times.filter((time) => time.form !== 'part' || time.part !== 'any');
  return parts.length > 0 && clocks.length === 1 ? [...times] : clocks;
}

/** "sat morning, maybe 10 or 11", "before 6, like 2": clock times inside a wider phrase are all that is said. */
function withoutWider(times: readonly Time[]): readonly Time[] {
  const clocks = times.filter((time) => time.form === 'clock');
  const inside = ({ from, to }: LocalWindow) =>
    clocks.every(
      ({ meanings: [first] }) => first !== undefined && 'time' in first && from <= first.time && first.time <= to,
    );
  if (clocks.length === 0 || times.length < 3 === times.every((time) => time.form !== 'bound')) return times;
  return times.filter((time) => time.form === 'clock' || time.form === 'range' || !inside(windowOf(time)));
}

/** "morning, but late morning": of two parts of the day the one inside the other counts. */
function narrowest(parts: readonly Time[]): Time[] {
  return parts.filter((part) => !parts.some((other) => other !== part && isWithin(windowOf(other), windowOf(part))));
}

function isWithin(inner: LocalWindow, outer: LocalWindow): boolean {
  const same = inner.from === outer.from && inner.to === outer.to;
  return !same && inner.from >= outer.from && inner.to <= outer.to;
}

function narrowed(clock: Time, part: LocalWindow, said: Time): Time {
  const [first] = clock.meanings;
  if (first === undefined) return clock;
  if ('time' in first) {
    const hour = Number(first.time.slice(0, 2));
    const later = plus(first.time, 12 * 60);
    const evening = said.part === 'evening' || said.part === 'night';
    if (clock.bare && evening && hour >= 7 && hour < 12) return { ...clock, meanings: [{ time: later }] };
    if (clock.bare && said.part === 'morning' && hour >= 17)
      return { ...clock, meanings: [{ time: plus(first.time, -12 * 60) }] };
    return clock;
  }
  if (clock.form !== 'bound') return clock;
  const window = {
    from: first.window.from > part.from ? first.window.from : part.from,
    to: first.window.to < part.to ? first.window.to : part.to,
  };
  return window.from < window.to ? { ...clock, meanings: [{ window }] } : clock;
}

export function windowOf(time: Time): LocalWindow {
  const [first] = time.meanings;
  return first !== undefined && 'window' in first ? first.window : { from: OPEN, to: CLOSE };
}
