import fc from 'fast-check';
import { MINUTE } from '../../src/domain/time';
import { happen, PHONES } from '../support/core/happenings';
import * as rules from '../support/core/rules';
import { CoreSchool } from '../support/core/school';
import { demoRows } from '../support/core/seed';

const MONDAY = Date.parse('2026-11-23T10:00:00+11:00');

/** What Mia, who waits for Saturday at nine, is in the middle of. */
const inTheMiddleOf = fc.constantFrom(
  ['thurs 2pm with priya'],
  ['fri 12pm with sam'],
  ['lesson fri arvo'],
  ['lesson fri arvo', '2'],
  ['thurs and fri 4pm'],
  ['wed 2pm with priya', 'yes', 'move my lesson to thurs 2pm'],
  ['wed 2pm with priya', 'yes', 'drop my lesson'],
  ['wed 2pm with priya', 'yes', 'drop my lesson', 'make it fri 2pm'],
  ['thanks'],
  ['menu'],
);

const story = fc.record({
  middle: inTheMiddleOf,
  left: fc.constantFrom(0, 1, 20, 31, 45, 70, 250),
  /** The YES comes before our question has gone out, right after it, or later. */
  answers: fc.constantFrom('on its way', 'at once', 'after a minute', 'late'),
  ours: fc.constantFrom('a slot opens', 'a lesson ends'),
  afterwards: fc.array(fc.constantFrom('yes', 'no', '1', 'lessons'), { maxLength: 3 }),
});

describe('a question of ours in the middle of something', () => {
  it('never takes the YES that was meant for the other, nor gives ours to it', async () => {
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(story, async ({ middle, left, answers, ours, afterwards }) => {
        const school = new CoreSchool(demoRows(MONDAY), MONDAY);
        const { mia, leo } = PHONES;
        for (const words of ['text me if sat 9am with sam opens', 'Mia', ...middle]) await school.text(mia, words);
        await school.advanceTo(school.now + left * MINUTE);
        const before = school.turns.length;
        const opens = async () => {
          if (ours === 'a lesson ends') return happen(school, { kind: 'lesson_finishes', pick: liveOf(school, mia) });
          await school.text(leo, 'drop my lesson');
          await school.text(leo, 'yes');
        };
        if (answers === 'on its way') await school.whileOnItsWay(mia, opens, 'yes');
        else {
          await opens();
          await school.advanceTo(school.now + { 'at once': 0, 'after a minute': MINUTE, late: 20 * MINUTE }[answers]);
          await school.text(mia, 'yes');
        }
        for (const words of afterwards) await school.text(mia, words);
        for (const turn of school.turns.slice(before)) {
          if (turn.cause === 'waitlist_offer' && turn.to === 'waitlist.offered') asked += 1;
          rules.nothingWithoutItsYes(school, turn);
          rules.nothingInBetween(school, turn);
          rules.somethingIsAsked(turn);
        }
        rules.oneLessonABooking(school);
      }),
      { numRuns: 400, seed: Number(process.env.SEED ?? 1) },
    );
    expect(asked).toBeGreaterThan(50);
  });
});

/** Which of the live lessons is of that phone; none when they have none. */
const liveOf = ({ rows }: CoreSchool, phone: string) => {
  const id = rows.students.find((one) => one.phone === phone)?.id;
  const live = rows.lessons.filter((one) => ['pending', 'confirmed', 'in_progress'].includes(one.status));
  const at = live.findIndex((one) => one.studentId === id && one.status === 'confirmed');
  return at < 0 ? live.length : at;
};
