import { pickOffers } from '../src/domain/offers';
import { parsePolicy } from '../src/domain/policy';
import { type Diary, freeStarts, type Search } from '../src/domain/slots';
import { addDays, instantOf, mondayOf } from '../src/domain/time';

/** `npx tsx bench/slots.ts`: the slot search of a big school. Promise: under 3 ms for 20 instructors over 30 days. */
const zone = 'Australia/Sydney';
const today = '2026-11-24';
const hours = [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, from: '08:00', to: '18:00' }));

function diary(n: number, share: number): Diary {
  const busy = [];
  for (let day = 0; day < 30; day++) {
    for (let lesson = 0; lesson < 8; lesson++) {
      if ((n * 7 + day * 3 + lesson * 5) % 10 >= share * 10) continue;
      const startsAt = instantOf(addDays(today, day), '08:00', zone) + lesson * 75 * 60_000;
      busy.push({ startsAt, endsAt: startsAt + 60 * 60_000 });
    }
  }
  const bookedMinutesByWeek = new Map([[mondayOf(today), 600]]);
  return {
    id: `instructor-${n}`,
    name: `I${n}`,
    workingHours: hours,
    busy,
    timeOff: [],
    maxMinutesPerWeek: 3600,
    bookedMinutesByWeek,
  };
}

function measure(label: string, work: () => unknown): void {
  for (let i = 0; i < 50; i++) work();
  const took = Array.from({ length: 300 }, () => {
    const from = performance.now();
    work();
    return performance.now() - from;
  }).sort((a, b) => a - b);
  console.log(`${label}: median ${took[150]!.toFixed(2)} ms, p99 ${took[297]!.toFixed(2)} ms`);
}

for (const share of [0, 0.5]) {
  const search: Search = {
    instructors: Array.from({ length: 20 }, (_, n) => diary(n, share)),
    zone,
    policy: parsePolicy({}),
    lessonMinutes: 60,
    to: addDays(today, 29),
    now: instantOf(today, '07:00', zone),
  };
  const starts = freeStarts(search);
  const wanted = { days: [addDays(today, 4)], window: { from: '12:00', to: '17:00' } };
  measure(`20 instructors, 30 days, ${share * 100} % booked, ${starts.length} free starts`, () => freeStarts(search));
  measure('  pickOffers, a named afternoon', () => pickOffers(starts, wanted, { zone }));
  measure('  pickOffers, nothing wanted', () => pickOffers(starts, {}, { zone }));
}
