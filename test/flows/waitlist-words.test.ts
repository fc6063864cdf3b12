import type { Heard } from '../../flows/heard';
import { wishInWords, wishOf } from '../../flows/wish';
import { aboutTheList, sayingOfTheList } from '../../src/conversation/waitlist-words';

const heard = (more: Partial<Heard> = {}): Heard => ({ intent: 'unknown', ...more });

describe('what is said of the waitlist itself', () => {
  test.each([
    'NOLIST',
    'no list',
    'leave list',
    'leave the waitlist please',
    'take me off the list',
    'can you take me off the waiting list',
    'remove me from the wait list',
    "don't need the waitlist anymore",
    'forget the waitlist',
    'cancel my waitlist spot',
    'pls drop me off the list',
  ])('"%s" leaves it', (words) => {
    expect(aboutTheList(heard(), words)).toBe('leave_waitlist');
  });

  test.each(['am i on the list', 'am I still on the waitlist?', 'waitlist', 'list', 'my list', 'whats on my list'])(
    '"%s" asks what is on it',
    (words) => {
      expect(aboutTheList(heard(), words)).toBe('my_waitlist');
    },
  );

  test.each([
    'put me on the waitlist',
    'can i go on the waiting list',
    'dont take me off the list',
    'listen i cant make it',
    'lessons',
    'the list of prices',
    'what lessons are on offer this list is long',
  ])('"%s" does neither', (words) => {
    expect(aboutTheList(heard(), words)).toBeNull();
  });

  test('a price list is another matter', () => {
    expect(aboutTheList(heard({ intent: 'price' }), 'can i get off the price list')).toBeNull();
  });

  test('with a day in it, it is a wish', () => {
    expect(aboutTheList(heard({ intent: 'waitlist', date: '2026-11-28' }), 'am i on the waitlist for sat')).toBeNull();
  });

  test('on none of ours, "the list" is that of our texts, LIST is that of the lessons, and WAITLIST asks to join', () => {
    const stop = heard({ intent: 'stop' });
    expect(sayingOfTheList(stop, 'take me off the list', 0)).toBeNull();
    expect(sayingOfTheList(stop, 'take me off the list', 1)).toBe('leave_waitlist');
    expect(sayingOfTheList(stop, 'take me off the waiting list', 0)).toBe('leave_waitlist');
    expect(sayingOfTheList(heard({ intent: 'list_lessons' }), 'list', 0)).toBeNull();
    expect(sayingOfTheList(heard({ intent: 'waitlist' }), 'WAITLIST', 0)).toBeNull();
    expect(sayingOfTheList(heard({ intent: 'waitlist' }), 'WAITLIST', 2)).toBe('my_waitlist');
  });
});

describe('a wish in words', () => {
  const people = { instructors: [{ id: '1', name: 'Sam', phone: '' }] };
  test.each<[Partial<Heard>, string]>([
    [{}, 'any time'],
    [
      { date: '2026-11-28', window: { from: '07:00', to: '12:00' }, instructor: 'sam' },
      'Sat 28 Nov, 7:00am-12:00pm with Sam',
    ],
    [{ dates: ['2026-11-28', '2026-11-30'], durationMinutes: 90 }, 'Sat 28 Nov or Mon 30 Nov, 90 min'],
    [{ range: { from: '2026-11-30', to: '2026-12-06' }, excludeWeekdays: [3] }, 'Mon 30 Nov to Sun 6 Dec, not Wed'],
    [{ weekdays: [2, 4], times: ['15:00', '16:00'] }, 'any Tue or Thu, 3:00pm or 4:00pm'],
    [{ excludeInstructor: 'sam', lessonType: 'Test package' }, 'any time, Test package not with Sam'],
    [
      { alternatives: [{ date: '2026-11-27', time: '15:00' }, { date: '2026-11-28' }] },
      'Fri 27 Nov, 3:00pm or Sat 28 Nov',
    ],
    [{ instructor: 'kim', learner: 'leo' }, 'any time with kim for Leo'],
  ])('%j: %s', (wish, words) => {
    expect(wishInWords(heard(wish), people)).toBe(words);
  });

  test('a day that can be read in two ways waits for both, and what was said of when before is replaced', () => {
    const before = heard({ date: '2026-11-24', time: '09:00', instructor: 'sam' });
    const readings = [heard({ date: '2026-12-04' }), heard({ date: '2026-11-27' })];
    expect(wishInWords(wishOf(before, readings), people)).toBe('Fri 4 Dec or Fri 27 Nov with Sam');
    expect(wishInWords(wishOf(before, [heard()]), people)).toBe('Tue 24 Nov, 9:00am with Sam');
  });
});
