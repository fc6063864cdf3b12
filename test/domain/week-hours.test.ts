import { parsePolicy } from '../../src/domain/policy';
import { freeStarts, whyNot } from '../../src/domain/slots';
import { instantOf, localTimeOf, MINUTE } from '../../src/domain/time';
import { isOverCap, weekMinutes } from '../../src/domain/week-hours';

const zone = 'Australia/Sydney';
const at = (time: string, date: string) => instantOf(date, time, zone);
const hour = (time: string, date = '2026-11-25', suburb = 'Manly') => {
  const startsAt = at(time, date);
  return { startsAt, endsAt: startsAt + 60 * MINUTE, suburb };
};
const roads = [{ between: ['Manly', 'Penrith'], minutes: 75 }];
const plain = parsePolicy({ travel: roads });
const withRoads = parsePolicy({ travel: roads, weeklyHours: { countTravel: true } });

describe("an instructor's week", () => {
  const week = [hour('09:00'), hour('12:00', '2026-11-25', 'Penrith'), hour('09:00', '2026-11-29')];

  it('is the lessons from Monday to Sunday, by the wall clock of the school', () => {
    expect(weekMinutes([...week, hour('09:00', '2026-11-30')], at('08:00', '2026-11-24'), plain, zone)).toBe(180);
    expect(weekMinutes([hour('23:30', '2026-11-29')], at('00:00', '2026-11-30'), plain, zone)).toBe(0);
  });

  it('counts the way between two lessons of a day where the school wants it, never more than the gap', () => {
    expect(weekMinutes(week, at('08:00', '2026-11-24'), withRoads, zone)).toBe(180 + 75);
    expect(weekMinutes([hour('09:00'), hour('10:05')], at('08:00', '2026-11-24'), withRoads, zone)).toBe(120 + 5);
  });

  it('is full when one more lesson would go over', () => {
    expect(isOverCap(hour('14:00'), week, 240, plain, zone)).toBe(false);
    expect(isOverCap(hour('14:00'), week, 239, plain, zone)).toBe(true);
    expect(isOverCap(hour('14:00'), week, 240, withRoads, zone)).toBe(true);
  });

  it('offers what is left of it, and says that it is full', () => {
    const diary = {
      ...{ id: 'sam', name: 'Sam', timeOff: [], bookedMinutesByWeek: new Map(), maxMinutesPerWeek: 200 },
      workingHours: [{ weekday: 3, from: '08:00', to: '18:00' }],
      busy: [hour('12:00', '2026-11-25', 'Penrith')],
    };
    const search = {
      ...{ instructors: [diary], zone, policy: withRoads, lessonMinutes: 60, going: { suburb: 'Manly' } },
      now: at('08:00', '2026-11-24'),
    };
    const full = { ...search, instructors: [{ ...diary, maxMinutesPerWeek: 194 }] };
    const on = (one: typeof search) =>
      freeStarts({ ...one, from: '2026-11-25', to: '2026-11-25' }).map((start) => localTimeOf(start.startsAt, zone));
    // An hour, an hour, and 75 minutes between them.
    expect(on(search)).toContain('09:00');
    expect(on(full)).toEqual([]);
    expect(whyNot(full, 'sam', at('09:00', '2026-11-25'))).toBe('weekly_cap');
  });
});
