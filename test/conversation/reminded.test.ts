import { atRest } from '../../src/conversation/place';
import { aboutReminded, answerToReminder } from '../../src/conversation/reminded';
import { understand } from '../../src/conversation/understand';

const NOW = Date.parse('2026-11-27T15:00:00+11:00');
const LESSON = Date.parse('2026-11-28T15:00:00+11:00');
const ZONE = 'Australia/Sydney';
const heard = (text: string) =>
  understand(text, {
    ...{ role: 'student', asked: { kind: 'idle' }, now: NOW, zone: ZONE, instructors: ['Sam'], lessonTypes: [] },
  });
const means = (text: string) => answerToReminder(text, heard(text));

test.each([
  'ok',
  'OK!',
  'yes',
  'yep',
  '\ud83d\udc4d',
  'sounds good',
  'ok thanks',
  'see you then',
  'c u then',
  'will be there',
  'yes coming',
  'got it',
  'confirmed',
])('"%s" says that they are coming', (text) => expect(means(text)).toBe('coming'));

test.each(['cant', "can't", 'no', 'nah', "sorry can't", 'not coming', "can't make it", "i won't be there"])(
  '"%s" leads to another time or a drop of the lesson reminded of',
  (text) => {
    expect(means(text)).toBe('not_coming');
    expect(aboutReminded(heard(text), 'not_coming', LESSON, ZONE).readings).toEqual([
      { intent: 'reschedule', lessonRef: { date: '2026-11-28', time: '15:00' } },
    ]);
  },
);

test.each(['sat 4pm', 'how much is it', 'yes but can we do 4pm', 'thanks', 'where do i pay', 'hi'])(
  '"%s" is about something else',
  (text) => expect(means(text)).toBeNull(),
);

test('a wish to change that names no lesson is about the one reminded of; one that names another stays', () => {
  const change = aboutReminded(heard('cancel my lesson please'), null, LESSON, ZONE);
  expect(change.readings[0]).toMatchObject({ intent: 'cancel', lessonRef: { date: '2026-11-28', time: '15:00' } });
  const other = heard('cancel my tuesday lesson');
  expect(aboutReminded(other, null, LESSON, ZONE)).toEqual(other);
  expect(atRest('student').value).toBe('idle');
});
