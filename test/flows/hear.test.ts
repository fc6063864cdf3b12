import type { Heard, Listening } from '../../flows/heard';
import { NOTHING_REMEMBERED } from '../../flows/vocabulary';
import { hear } from '../../src/conversation/hear/hear';
import { countIn, numbersIn } from '../../src/conversation/hear/numbers';
import { askedIn, atRest, type Place } from '../../src/conversation/place';

const zone = 'Australia/Sydney';
const heardAt = (place: Place, text: string, learners: string[] = [], holder: string | null = 'Mia Chen'): Heard => {
  const listening: Listening = {
    role: 'student',
    asked: askedIn(place, zone, false),
    now: Date.parse('2026-11-23T10:00:00+11:00'),
    zone,
    state: 'NSW',
    instructors: ['Sam', 'Priya'],
    lessonTypes: ['60 min lesson', '90 min lesson', 'Test package'],
    people: { holder, learners },
  };
  return hear(text, place, listening).readings[0];
};
const rest = atRest('student');
const state = (value: unknown, memory = {}): Place => ({
  ...rest,
  value,
  memory: { ...NOTHING_REMEMBERED, ...memory },
});

describe('several of what was numbered', () => {
  test.each([
    ['1 and 3', 3, [1, 3]],
    ['1,2', 3, [1, 2]],
    ['just 1 & 3 pls', 3, [1, 3]],
    ['yes 1 and 2', 3, [1, 2]],
    ['one and three', 3, [1, 3]],
    ['1-3', 4, [1, 2, 3]],
    ['both', 2, [1, 2]],
    ['book both of them', 2, [1, 2]],
    ['all', 4, [1, 2, 3, 4]],
    ['all of them please', 3, [1, 2, 3]],
    ['the first two', 3, [1, 2]],
    ['last 2', 3, [2, 3]],
    ['all but 2', 3, [1, 3]],
    ['all except the first', 3, [2, 3]],
    ['the second and the third', 3, [2, 3]],
    ['2', 3, [2]],
    // Nothing of that, or more than that.
    ['both', 3, null],
    ['the first two', 1, null],
    ['1 and 4', 3, null],
    ['all but 1', 1, null],
    ['yes', 3, null],
    ['tues and thurs', 3, null],
    ['4pm', 5, null],
    ['all good', 3, null],
    ['', 3, null],
  ])('"%s" of %s', (text, count, expected) => {
    expect(numbersIn(text, count)).toEqual(expected);
  });
});

describe('how long a series is', () => {
  test.each([
    ['5', 5],
    ['five weeks', 5],
    ['for 6 weeks pls', 6],
    ['about 4', 4],
    ['10 lessons', 10],
    ['0', null],
    ['4pm', null],
    ['dunno', null],
    ['tues', null],
  ])('"%s" is %s', (text, expected) => {
    expect(countIn(text)).toBe(expected);
  });

  test.each([
    ['until christmas', { until: '2026-12-25' }],
    ['till end of january', { until: '2027-01-31' }],
    ['4 weeks', { occurrences: 4 }],
  ])('asked for how long, "%s"', (text, fields) => {
    expect(heardAt(state({ several: 'count' }), text)).toEqual({ intent: 'book', recurring: true, ...fields });
  });

  test.each([
    ['every tues 4pm until 15 dec', { weekdays: [2], time: '16:00', recurring: true, until: '2026-12-15' }],
    ['every second tues 4pm for 6 weeks', { recurring: true, everyWeeks: 2, occurrences: 3 }],
    ['every tues 4pm, 6 lessons', { weekdays: [2], recurring: true, occurrences: 6 }],
    ['same time every week for 4 weeks', { recurring: true, occurrences: 4, sameTime: true }],
  ])('in one text, "%s"', (text, fields) => {
    expect(heardAt(rest, text)).toMatchObject({ intent: 'book', ...fields });
  });
});

describe('for whom a lesson is, and whose it is', () => {
  test.each([
    ['book sat 10am for my brother leo', { intent: 'book', learner: 'leo', time: '10:00' }],
    ['its for my daughter Ella', { intent: 'book', learner: 'Ella' }],
    ['a lesson for my son on friday 3pm', { intent: 'book', learner: 'son', time: '15:00' }],
    ['can my daughter ella have a lesson fri 3pm', { intent: 'book', learner: 'ella', time: '15:00' }],
    ['book max sat 10am', { intent: 'book', learner: 'max', time: '10:00' }],
    ['book mia and max sat 10 and 11', { intent: 'book', learners: ['mia', 'max'], several: true }],
    ['book max and zoe sat 10am', { intent: 'book', learners: ['max', 'zoe'], time: '10:00' }],
    ['drop maxs lesson', { intent: 'cancel', lessonRef: { student: 'max' } }],
    ["move max's lesson to friday", { intent: 'reschedule', lessonRef: { student: 'max' } }],
    ['when is maxs next lesson', { intent: 'list_lessons' }],
    ['fri 3pm for me', { intent: 'book', learner: 'me', time: '15:00' }],
    ['yes for max', { intent: 'book', learner: 'max' }],
  ])('"%s"', (text, expected) => {
    expect(heardAt(rest, text, ['Max'])).toMatchObject(expected);
  });

  test.each([
    ['thanks, mia', 'thanks'],
    ['book sat 10am with max', 'book'],
    ['yes please, mia', 'confirm_yes'],
    ['my brother drives me there, book sat 10am', 'book'],
  ])('a name may be a signature or an instructor: "%s"', (text, intent) => {
    const heard = heardAt(rest, text, []);
    expect([heard.intent, heard.learner]).toEqual([intent, undefined]);
  });

  it('asked for a name, an answer is the name of who texts, and "for my daughter Ella" is not', () => {
    const place = state({ register: 'name' });
    expect(heardAt(place, 'Ella', [], null)).toEqual({ intent: 'give_name', name: 'Ella' });
    expect(heardAt(place, 'its for my daughter Ella', [], null)).toEqual({ intent: 'book', learner: 'Ella' });
    expect(heardAt(place, 'its for my son, Will Parker', [], null)).toEqual({ intent: 'book', learner: 'Will Parker' });
    expect(heardAt(place, 'my daughters name is Ella', [], null)).toEqual({ intent: 'book', learner: 'Ella' });
    expect(heardAt(place, 'My son is called Hamish', [], null)).toEqual({ intent: 'book', learner: 'Hamish' });
  });

  it('asked who, a name or "me" answers', () => {
    const place = state({ book: 'who' }, { choices: [{ intent: 'book' }, { intent: 'book' }] });
    expect(heardAt(place, 'max', ['Max'])).toMatchObject({ intent: 'book', learner: 'max' });
    expect(heardAt(place, 'me', ['Max'])).toMatchObject({ intent: 'book', learner: 'me' });
    expect(heardAt(place, 'mia', ['Max'])).toMatchObject({ intent: 'book', learner: 'me' });
  });
});

describe('several lessons to be dropped', () => {
  test.each([
    ['drop all my lessons', { which: 'all' }],
    ['cancel everything', { which: 'all' }],
    ['drop the tues ones', { which: 'all', weekdays: [2] }],
    ['cancel all the tuesday and thursday lessons', { which: 'all', weekdays: [2, 4] }],
  ])('"%s"', (text, lessonRef) => {
    expect(heardAt(rest, text)).toMatchObject({ intent: 'cancel', lessonRef });
  });

  test.each([['dont drop all of them'], ['drop my tuesday lesson'], ['drop 8 dec']])('"%s" is not all', (text) => {
    expect(heardAt(rest, text).lessonRef?.which).not.toBe('all');
  });
});
