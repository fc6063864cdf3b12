import { gapsOf } from '../../src/domain/day-plan';
import type { Diary } from '../../src/domain/slots';
import { instantOf, localTimeOf } from '../../src/domain/time';

const zone = 'Australia/Sydney';
const DAY = '2026-11-25';
const at = (time: string, date = DAY) => instantOf(date, time, zone);
const span = (from: string, to: string) => ({ startsAt: at(from), endsAt: at(to) });
const diary = (more: Partial<Diary> = {}): Diary => ({
  ...{ id: 'sam', name: 'Sam', busy: [], timeOff: [], maxMinutesPerWeek: 3600, bookedMinutesByWeek: new Map() },
  workingHours: [{ weekday: 3, from: '08:00', to: '18:00' }],
  ...more,
});
const rules = {
  zone,
  bufferMinutes: 15,
  shortestMinutes: 60,
  closed: new Set<string>(),
  now: at('08:00', '2026-11-24'),
};
const gaps = (one: Diary, more: Partial<typeof rules> = {}) =>
  gapsOf(one, at('00:00'), at('00:00', '2026-11-26'), { ...rules, ...more }).map(
    (gap) => `${localTimeOf(gap.startsAt, zone)}-${localTimeOf(gap.endsAt, zone)}`,
  );

describe('the gaps of a day', () => {
  it('are the working hours when nothing is booked, and lie away from lessons by the buffer', () => {
    expect(gaps(diary())).toEqual(['08:00-18:00']);
    expect(gaps(diary({ busy: [span('10:00', '11:00')] }))).toEqual(['08:00-09:45', '11:15-18:00']);
  });

  it('keep time off and lunch free, and touching hours as one', () => {
    expect(gaps(diary({ timeOff: [span('14:00', '24:00')] }))).toEqual(['08:00-14:00']);
    const hours = [
      { weekday: 3, from: '12:00', to: '17:00' },
      { weekday: 3, from: '08:00', to: '12:00' },
    ];
    expect(gaps(diary({ workingHours: hours }))).toEqual(['08:00-17:00']);
    expect(gaps(diary({ workingHours: [hours[1]!, { weekday: 3, from: '13:00', to: '17:00' }] }))).toEqual([
      '08:00-12:00',
      '13:00-17:00',
    ]);
  });

  it('are none where no lesson has room, on closed days, and in the past', () => {
    expect(gaps(diary({ busy: [span('09:00', '17:30')] }))).toEqual([]);
    expect(gaps(diary(), { closed: new Set([DAY]) })).toEqual([]);
    expect(gaps(diary(), { now: at('15:30') })).toEqual(['15:30-18:00']);
  });
});
