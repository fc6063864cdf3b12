import { parsePolicy } from '../../src/domain/policy';
import { type Diary, freeStarts, whyNot } from '../../src/domain/slots';
import { instantOf, localTimeOf, MINUTE } from '../../src/domain/time';
import { minutesBetween, tooFar } from '../../src/domain/travel';

const zone = 'Australia/Sydney';
const policy = parsePolicy({
  travel: [
    { between: ['Manly', 'Penrith'], minutes: 75 },
    { between: ['Manly Vale', 'Penrith'], minutes: 60 },
    { between: ['Manly', 'Brookvale'], minutes: 10 },
  ],
});
const at = (time: string, date = '2026-11-25') => instantOf(date, time, zone);
const span = (from: string, to: string) => ({ startsAt: at(from), endsAt: at(to) });

describe('the way between two lessons', () => {
  const between = (one: object, other: object) => minutesBetween(policy, one, other);

  it('is what the table says, in either direction, and never less than the buffer', () => {
    expect(between({ suburb: 'Manly' }, { suburb: 'Penrith' })).toBe(75);
    expect(between({ suburb: 'penrith' }, { suburb: 'MANLY' })).toBe(75);
    expect(between({ suburb: 'Manly' }, { suburb: 'Brookvale' })).toBe(15);
  });

  it('is the buffer within one suburb, and where the table or the suburb says nothing', () => {
    expect(between({ suburb: 'Manly' }, { suburb: 'Manly' })).toBe(15);
    expect(between({ suburb: 'Penrith' }, { suburb: 'Brookvale' })).toBe(15);
    expect(between({ suburb: 'Penrith' }, { suburb: 'Dee Why' })).toBe(15);
    expect(between({ suburb: 'Penrith' }, {})).toBe(15);
    expect(minutesBetween(parsePolicy({}), { suburb: 'Manly' }, { suburb: 'Penrith' })).toBe(15);
  });

  it('goes by the suburb that the pick-up names, the longest name first, else by the student', () => {
    expect(between({ pickup: '9 Wattle Ave, Manly', suburb: 'Penrith' }, { suburb: 'Penrith' })).toBe(75);
    expect(between({ pickup: 'manly vale shops' }, { pickup: 'Penrith station' })).toBe(60);
    expect(between({ pickup: 'the station', suburb: 'Manly' }, { suburb: 'Penrith' })).toBe(75);
    expect(between({ pickup: '3 Manlyton Rd' }, { suburb: 'Penrith' })).toBe(15);
  });
});

describe('a diary with lessons far apart', () => {
  const sam: Diary = {
    id: 'Sam',
    name: 'Sam',
    workingHours: [{ weekday: 3, from: '08:00', to: '18:00' }],
    busy: [{ ...span('12:00', '13:00'), suburb: 'Penrith' }],
    timeOff: [],
    maxMinutesPerWeek: 3600,
    bookedMinutesByWeek: new Map(),
  };
  const search = (going: object, closed: string[] = []) => ({
    instructors: [sam],
    zone,
    policy,
    lessonMinutes: 60,
    going,
    closed: new Set(closed),
    from: '2026-11-25',
    to: '2026-11-25',
    now: at('09:00', '2026-11-24'),
  });
  const times = (going: object) => freeStarts(search(going)).map((start) => localTimeOf(start.startsAt, zone));

  it('leaves time to drive before and after, for whom it is far, and only for them', () => {
    const far = times({ suburb: 'Manly' });
    expect(far.filter((time) => time > '09:00' && time < '16:00')).toEqual([
      '09:15',
      '09:30',
      '09:45',
      '14:15',
      '14:30',
      '14:45',
      '15:00',
      '15:15',
      '15:30',
      '15:45',
    ]);
    expect(times({ suburb: 'Penrith' })).toEqual(expect.arrayContaining(['10:45', '13:15']));
    expect(times({})).toEqual(expect.arrayContaining(['10:45', '13:15']));
  });

  it('says that a start is taken exactly where it offers none', () => {
    for (const going of [{ suburb: 'Manly' }, { pickup: 'Manly Vale' }, { suburb: 'Penrith' }, {}]) {
      const free = times(going);
      for (let minute = 8 * 60; minute <= 17 * 60; minute += 15) {
        const startsAt = at('08:00') + (minute - 8 * 60) * MINUTE;
        const expected = free.includes(localTimeOf(startsAt, zone)) ? 'free' : 'taken';
        expect([minute, whyNot(search(going), 'Sam', startsAt)]).toEqual([minute, expected]);
        const slot = { ...going, startsAt, endsAt: startsAt + 60 * MINUTE };
        expect(tooFar(policy, slot, sam.busy) === null).toBe(expected === 'free');
      }
    }
  });

  it('is shut on a day on which the school is closed', () => {
    expect(freeStarts(search({}, ['2026-11-25']))).toEqual([]);
    expect(whyNot(search({}, ['2026-11-25']), undefined, at('10:00'))).toBe('closed');
    expect(whyNot(search({}, ['2026-11-26']), undefined, at('10:00'))).toBe('free');
  });
});
