import type { Asked, Heard } from '../../flows/heard';
import { closer } from '../../src/conversation/closer';
import { understand } from '../../src/conversation/understand';

const now = Date.parse('2026-11-24T10:00:00+11:00');
const hears = (text: string, asked: Asked = { kind: 'idle' }) => {
  const listening = {
    role: 'student' as const,
    asked,
    now,
    zone: 'Australia/Sydney',
    state: 'NSW',
    instructors: ['Sam', 'Priya Shah'],
    lessonTypes: ['60 min lesson', '90 min lesson', 'Test package'],
  };
  return closer(text, understand(text, listening), listening);
};

describe('where to be picked up', () => {
  const PLACES: [text: string, place: string, more?: Partial<Heard>][] = [
    ['pick me up from the station', 'the station'],
    ['can you pick me up from the station?', 'the station'],
    ['Pick me up at Manly Wharf please', 'Manly Wharf'],
    ['pickup is 9 wattle ave manly', '9 wattle ave manly'],
    ['my pickup is 9 Wattle Ave, Manly.', '9 Wattle Ave, Manly'],
    ['pick up: 12/4 High St', '12/4 High St'],
    ['pick-up address is 4 high st', '4 high st'],
    ['my address is 9 wattle ave', '9 wattle ave'],
    ['i live at 3 smith st brookvale', '3 smith st brookvale'],
    ['change my pickup to 4 high st manly', '4 high st manly'],
    ['pick me up from home instead thanks', 'home'],
    ['collect me from school pls', 'school'],
    ['ill be at school, pick me up there', 'school'],
    ['pick me up outside the library', 'outside the library'],
    ['always pick me up from work', 'work', { placeFor: 'always' }],
    ['pick me up from the station from now on', 'the station', { placeFor: 'always' }],
    ['pickup is 9 wattle ave for all my lessons', '9 wattle ave', { placeFor: 'always' }],
    ["pick me up from gran's just this once", "gran's", { placeFor: 'once' }],
    ['pick me up from work for my next lesson', 'work', { placeFor: 'once' }],
    ['pick me up from work thursday', 'work', { lessonRef: { date: '2026-11-26' } }],
    ['on sat pick me up from the gym', 'the gym', { lessonRef: { date: '2026-11-28' } }],
    ['pick me up from work for my 3pm lesson', 'work', { lessonRef: { time: '15:00' } }],
  ];
  it.each(PLACES)('%s', (text, place, more = {}) => {
    expect(hears(text).readings[0]).toEqual({ intent: 'pickup', place, ...more });
  });

  it.each([
    'where do you pick me up',
    'wheres the pickup',
    'where do we meet',
    'do you pick up from home?',
    'can you pick me up',
    'what time do you pick me up from school',
  ])('%s: asks only', (text) => {
    expect(hears(text).readings[0]!.place).toBeUndefined();
    expect(hears(text).also.filter((one) => one.place)).toEqual([]);
  });

  it('stands beside a YES and beside a booking', () => {
    const yes = hears('yes, pick me up from the station', {
      kind: 'confirm',
      at: '2026-11-27T15:00',
      instructor: 'Sam',
    });
    expect(yes.readings[0]).toMatchObject({ intent: 'confirm_yes' });
    expect(yes.also).toEqual([{ intent: 'pickup', place: 'the station' }]);
  });
});

describe('an instructor that the school does not have', () => {
  it.each([
    ['friday 3pm with dave', 'book', 'Dave'],
    ['lesson with dave', 'book', 'Dave'],
    ['book sat 10am w michelle', 'book', 'Michelle'],
    ['is dave free friday', 'availability', 'Dave'],
    ['what have you got friday with Dave', 'availability', 'Dave'],
  ])('%s', (text, intent, unknownInstructor) => {
    expect(hears(text).readings[0]).toMatchObject({ intent, unknownInstructor });
  });

  it.each([
    'friday 3pm with sam',
    'friday 3pm with priya',
    'lesson with priya shah fri 3pm',
    'with anyone',
    'is anyone free tomorrow',
    'lesson with my mum in the car fri 3pm',
    'can you do friday 3pm',
    'is it free if i drop',
    'friday 3pm with a female instructor',
    'is saturday available',
    'fri 3pm with the same instructor',
    'will you take cash',
    'lesson fri 3pm with the test package',
  ])('%s: nobody strange', (text) => {
    expect(hears(text).readings[0]!.unknownInstructor).toBeUndefined();
  });
});

it('the next lesson, and the hours done, are asked for as such', () => {
  expect(hears('when is my next lesson').readings[0]).toMatchObject({ lessonRef: { which: 'next' } });
  expect(hears('lessons').readings[0]).toEqual({ intent: 'list_lessons' });
  expect(hears('how many hours have i done').readings[0]).toEqual({ intent: 'hours' });
  expect(hears('how many lessons have i had').readings[0]).toEqual({ intent: 'hours' });
});
