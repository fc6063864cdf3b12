import { instantOf } from '../../src/domain/time';
import { backFrom, spansOf } from '../../src/domain/time-off';
import { byHours, changedHours } from '../../src/domain/working-hours';

const zone = 'Australia/Sydney';
const at = (date: string, time = '00:00') => instantOf(date, time, zone);
const now = at('2026-11-24', '10:00');

describe('time off', () => {
  it('is whole days from midnight to midnight, also across the clock change, or hours of each day', () => {
    expect(spansOf({ days: [{ from: '2027-04-03', to: '2027-04-05' }] }, zone, now)).toEqual([
      { startsAt: at('2027-04-03'), endsAt: at('2027-04-06') },
    ]);
    const window = { from: '12:00', to: '13:00' };
    expect(spansOf({ days: [{ from: '2026-11-25', to: '2026-11-26' }], window }, zone, now)).toEqual([
      { startsAt: at('2026-11-25', '12:00'), endsAt: at('2026-11-25', '13:00') },
      { startsAt: at('2026-11-26', '12:00'), endsAt: at('2026-11-26', '13:00') },
    ]);
  });

  it('begins now at the soonest, and is none when it is past', () => {
    expect(spansOf({ days: [{ from: '2026-11-24', to: '2026-11-24' }] }, zone, now)[0]!.startsAt).toBe(now);
    const window = { from: '08:00', to: '09:00' };
    expect(spansOf({ days: [{ from: '2026-11-24', to: '2026-11-24' }], window }, zone, now)).toEqual([]);
  });

  it('keeps what is left of it on both sides when some is worked after all', () => {
    const off = [{ startsAt: at('2026-12-24'), endsAt: at('2027-01-03') }];
    const back = [{ startsAt: at('2026-12-31'), endsAt: at('2027-01-01') }];
    expect(backFrom(off, back)).toEqual({
      left: [
        { startsAt: at('2026-12-24'), endsAt: at('2026-12-31') },
        { startsAt: at('2027-01-01'), endsAt: at('2027-01-03') },
      ],
      freed: back,
    });
    expect(backFrom(off, [{ startsAt: at('2026-12-01'), endsAt: at('2026-12-02') }])).toEqual({ left: off, freed: [] });
  });
});

describe('working hours', () => {
  const week = [1, 2, 3].map((weekday) => ({ weekday, from: '08:00', to: '18:00' }));
  const hours = [{ from: '09:00', to: '12:00' }];

  it('change on the days that are named and stay on the others', () => {
    const after = changedHours(week, [{ kind: 'set', weekdays: [2, 6], hours }]);
    expect(byHours(after)).toEqual([
      { weekdays: [1], hours: [{ from: '08:00', to: '18:00' }] },
      { weekdays: [2], hours },
      { weekdays: [3], hours: [{ from: '08:00', to: '18:00' }] },
      { weekdays: [6], hours },
    ]);
    expect(changedHours(week, [{ kind: 'set', weekdays: [1, 2, 3], hours: [] }])).toEqual([]);
  });

  it('have a break cut out of them, on every working day when none is named', () => {
    const lunch = [{ from: '12:00', to: '13:00' }];
    expect(byHours(changedHours(week, [{ kind: 'break', weekdays: [], hours: lunch }]))).toEqual([
      {
        weekdays: [1, 2, 3],
        hours: [
          { from: '08:00', to: '12:00' },
          { from: '13:00', to: '18:00' },
        ],
      },
    ]);
  });
});
