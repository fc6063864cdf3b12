import { delayedStarts, roomAfter } from '../../src/domain/running-late';

const NINE = Date.parse('2026-11-28T09:00:00+11:00');
const MINUTE = 60_000;
const ROADS = { travel: [], bufferMinutes: 15 };

/** Lessons of an hour that begin so many minutes after nine. */
const lessons = (...starts: number[]) =>
  starts.map((start) => ({ startsAt: NINE + start * MINUTE, endsAt: NINE + (start + 60) * MINUTE }));
const minutesAfterNine = (late: number, day: ReturnType<typeof lessons>, now = NINE, roads = ROADS) =>
  delayedStarts(day, late, roads, now).map(({ expectedAt }) => (expectedAt - NINE) / MINUTE);

describe('an instructor who is late', () => {
  it('begins the first lesson so much later, and the next only once that has had its whole length and the way is driven', () => {
    expect(minutesAfterNine(20, lessons(0, 75, 150))).toEqual([20, 95, 170]);
  });

  it('catches up where the day has room', () => {
    expect(minutesAfterNine(20, lessons(0, 90, 165))).toEqual([20, 95, 170]);
    expect(minutesAfterNine(20, lessons(0, 95, 170))).toEqual([20]);
  });

  it('keeps the driving time of the table where it is longer than the buffer', () => {
    const day = [
      { ...lessons(0)[0]!, suburb: 'Manly' },
      { ...lessons(100)[0]!, suburb: 'Penrith' },
    ];
    const roads = { bufferMinutes: 15, travel: [{ between: ['Manly', 'Penrith'] as [string, string], minutes: 60 }] };
    expect(minutesAfterNine(10, day, NINE, roads as never)).toEqual([10, 130]);
  });

  it('is expected so much from now on when that time has passed already', () => {
    expect(minutesAfterNine(15, lessons(0), NINE + 12 * MINUTE)).toEqual([15]);
    expect(minutesAfterNine(5, lessons(0), NINE + 12 * MINUTE)).toEqual([17]);
  });

  it('leaves a late student the room there is before the next lesson and the way to it', () => {
    const [first, next] = lessons(0, 80);
    expect(roomAfter(first!, next, 5, ROADS)).toBe(NINE + 65 * MINUTE);
    expect(roomAfter(first!, next, 6, ROADS)).toBeNull();
    expect(roomAfter(first!, undefined, 30, ROADS)).toBe(NINE + 90 * MINUTE);
  });

  it('delays nobody by nothing', () => {
    expect(minutesAfterNine(0, lessons(0, 75))).toEqual([]);
  });
});
