import { chanceOf, live, simulateYear, storyOf, violations } from './year';

/** `npm run test:long` asks for 100,000. */
const LESSONS = Number(process.env.LESSONS ?? 10_000);

test(`in a year of ${LESSONS} lessons in five zones no reminder is early, late, in quiet hours, of a lesson that has moved or gone, or twice`, () => {
  const { sent, wrong } = simulateYear(LESSONS, 20261124);
  expect(wrong.slice(0, 5)).toEqual([]);
  // Most lessons are booked long before, so there is something to be right about.
  expect(sent).toBeGreaterThan(0.9 * LESSONS);
}, 600_000);

test('the checker sees each kind of wrong reminder', () => {
  const chance = chanceOf(7);
  const stories = Array.from({ length: 300 }, (_, id) => storyOf(id, chance));
  const sent = stories.map((story) => [story, live(story, chance)] as const).filter(([, texts]) => texts.length > 0);
  const [story, [text]] = sent[0]!;
  const wrong = (change: object) => violations(story, [{ ...text!, ...change }]).join('\n');
  expect(wrong({})).toBe('');
  expect(wrong({ at: text!.startsAt + 1 })).toContain('after the start');
  expect(wrong({ at: text!.at - 6 * 60_000 })).toContain('outside its window');
  expect(wrong({ at: text!.at + 6 * 60_000 })).toContain('outside its window');
  expect(wrong({ startsAt: text!.startsAt + 1 })).toContain('moved or gone');
  expect(wrong({ bookedAt: text!.startsAt })).toContain('inside the lead time');
  expect(violations(story, [text!, text!]).join()).toContain('twice');
  expect(wrong({ at: text!.at + 12 * 3_600_000 })).toContain('quiet hours');
});
