import type { Asked, Listening } from '../../flows/heard';
import type { LessonFact } from '../../flows/vocabulary';
import { lessonsMeant } from '../../src/conversation/meant';
import { understand } from '../../src/conversation/understand';
import { DAY, HOUR } from '../../src/domain/time';

const NOW = Date.parse('2026-11-23T10:00:00+11:00');
const ZONE = 'Australia/Sydney';
const listening: Listening = {
  ...{ role: 'student', asked: { kind: 'idle' }, now: NOW, zone: ZONE, instructors: ['Sam', 'Priya'] },
  ...{ lessonTypes: ['60 min lesson', '90 min lesson', 'Test package'], lengths: [60, 90, 120] },
};
/** Tuesday, Wednesday and the Thursday week, at 11, 12 and 1. */
const LESSONS = [1, 2, 10].map((days, i) => {
  const startsAt = NOW + days * DAY + (i + 1) * HOUR;
  return {
    id: `${i + 1}`,
    status: 'confirmed',
    instructor: 'Sam Lee',
    startsAt,
    endsAt: startsAt + HOUR,
  } as LessonFact;
});
const meant = (text: string) => {
  const { lessonRef } = understand(text, listening).readings[0];
  return lessonsMeant(LESSONS, lessonRef ? [lessonRef] : [], ZONE, NOW).map((one) => one.id);
};

test.each([
  ['move the 1st one an hour later', ['1']],
  ['cancel the last one', ['3']],
  ['drop the second lesson', ['2']],
  ['drop my 3rd lesson please', ['3']],
  ['cancel the second last one', ['2']],
  ['can you move the first lesson to friday', ['1']],
  ['cancel the last lesson this week', ['2']],
  ['cancel the fifth one', ['1', '2', '3']],
  ['move my lesson to the first one on friday', []],
  ['cancel my lesson', ['1', '2', '3']],
])('"%s" is of those lessons of theirs', (text, ids) => expect(meant(text)).toEqual(ids));

describe('a lesson of 90 minutes is proposed', () => {
  const asked: Asked = { kind: 'confirm', at: '2026-11-26T15:00', instructor: 'Sam', minutes: 90 };
  test.each([
    ['the longer one', { durationMinutes: 120 }],
    ['can i do the longer lesson instead', { durationMinutes: 120 }],
    ['make it the shorter one', { durationMinutes: 60 }],
    ['the test package', { lessonType: 'Test package' }],
    ['make it the test package', { lessonType: 'Test package' }],
    ['a double lesson', { durationMinutes: 120 }],
  ])('"%s" changes that', (text, fields) => {
    expect(understand(text, { ...listening, asked }).readings[0]).toEqual({ intent: 'book', ...fields });
  });
});
