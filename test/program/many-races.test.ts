import {
  listAgainstList,
  moneyAgainstHoldEnd,
  moveAgainstDrop,
  moveAgainstMove,
  type Round,
  yesAgainstHoldEnd,
} from '../support/race-rounds';
import { openTurns, type Turns } from '../support/turns';
import { twoWaitlistYes } from '../support/waitlist-round';

/** `npm run races` plays 1,000 of each. */
const ROUNDS = Number(process.env.ROUNDS ?? 20);
const LONG = 3000 * ROUNDS;

/** Each at the same moment, on a real database, each round in a school of its own. */
describe(`${ROUNDS} times at the same moment`, () => {
  let turns: Turns;
  beforeAll(async () => {
    turns = await openTurns('2026-11-23T10:00:00+11:00');
  });
  afterAll(() => turns.close());

  /** Plays the rounds; `outcomeOf` names what became of one, or throws. */
  async function play(round: (turns: Turns) => Promise<Round>, outcomeOf: (round: Round) => string): Promise<void> {
    const outcomes: Record<string, number> = {};
    for (let n = 0; n < ROUNDS; n += 1) {
      const ended = await round(turns);
      expect(ended.orphans).toBe(0);
      const outcome = outcomeOf(ended);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
    if (ROUNDS > 200) process.stderr.write(`${round.name}: ${JSON.stringify(outcomes)}\n`);
  }

  const GONE = /^Sorry, Fri 27 Nov, 2:00pm, 60 min with Kim: that is taken\.[\s\S]*\n1 /;

  it(
    'two move to one time: one has it, the other keeps the old time and is told',
    () =>
      play(moveAgainstMove, ({ answers, lessons }) => {
        const zoeWon = lessons.includes('Zoe Fri 14:00');
        expect(lessons).toEqual(zoeWon ? ['Zoe Fri 14:00', 'Tom Sat 11:00'] : ['Zoe Sat 09:00', 'Tom Fri 14:00']);
        expect(answers[zoeWon ? 0 : 1]).toMatch(/^Moved: it is now Fri 27 Nov, 2:00pm/);
        expect(answers[zoeWon ? 1 : 0]).toMatch(GONE);
        return zoeWon ? 'Zoe' : 'Tom';
      }),
    LONG,
  );

  it(
    'a move against a drop of the same lesson, while its time is booked: one lesson, whoever was first',
    () =>
      play(moveAgainstDrop, ({ answers: [zoe, tom], lessons }) => {
        const moved = zoe.startsWith('Moved');
        // The drop is asked before it is done; a YES that comes after that question is its answer.
        expect(zoe).toMatch(/Drop .*Reply YES to drop it/);
        const dropped = zoe.includes('Dropped: ');
        expect(lessons.filter((one) => one.startsWith('Zoe'))).toHaveLength(dropped ? 0 : 1);
        const tomHasIt = lessons.includes('Tom Sat 09:00');
        expect(tom).toMatch(tomHasIt ? /^Booked: Sat 28 Nov, 9:00am/ : /^Sorry, Sat 28 Nov, 9:00am.*that is taken/);
        if (tomHasIt) expect(lessons).not.toContain('Zoe Sat 09:00');
        return `${moved ? 'moved' : dropped ? 'dropped' : 'as it was'}, ${tomHasIt ? 'then booked by Tom' : 'Tom was told'}`;
      }),
    LONG,
  );

  it(
    'a YES against the end of a hold: the time has one lesson or none, and both are told',
    () =>
      play(yesAgainstHoldEnd, ({ answers: [zoe, tom], lessons }) => {
        const tomHasIt = lessons.includes('Tom Sat 09:00 held');
        expect(lessons).toEqual(tomHasIt ? ['Tom Sat 09:00 held'] : []);
        expect(zoe).toMatch(/^Your hold on Sat 28 Nov, 9:00am.* has ended/);
        expect(tom).toMatch(tomHasIt ? /^Held until/ : /^Sorry, Sat 28 Nov, 9:00am/);
        return tomHasIt ? 'booked' : 'told';
      }),
    LONG,
  );

  it(
    'money against the end of its hold: booked or ended, never both',
    () =>
      play(moneyAgainstHoldEnd, ({ answers: [zoe], lessons }) => {
        expect(lessons).toEqual(['Zoe Sat 09:00']);
        expect(zoe).toMatch(/Got your \$20, thanks Zoe\. Booked: Sat 28 Nov, 9:00am/);
        return zoe.includes('has ended') ? 'ended first, then back' : 'paid first';
      }),
    LONG,
  );

  it(
    'two lists that share a time: one has all of it, the other is told which went',
    () =>
      play(listAgainstList, ({ answers: [zoe, tom], lessons }) => {
        const zoeWon = lessons.includes('Zoe Fri 16:00');
        expect(lessons).toEqual(zoeWon ? ['Zoe Thu 16:00', 'Zoe Fri 16:00'] : ['Tom Fri 16:00', 'Tom Sat 16:00']);
        expect(zoeWon ? zoe : tom).toMatch(/^Booked/);
        expect(zoeWon ? tom : zoe).toMatch(/Fri 27 Nov.*taken/);
        return zoeWon ? 'Zoe' : 'Tom';
      }),
    LONG,
  );

  it(
    'two YES to a slot that opened: one has it, the other waits on',
    async () => {
      const outcomes: Record<string, number> = {};
      for (let n = 0; n < ROUNDS; n += 1) {
        const { answers, lessons, faults } = await twoWaitlistYes(turns);
        expect(faults).toBe(0);
        expect(lessons).toHaveLength(1);
        expect(answers.filter((one) => one.startsWith('Booked'))).toHaveLength(1);
        expect(answers.filter((one) => /that is taken/.test(one))).toHaveLength(1);
        outcomes[lessons[0]!] = (outcomes[lessons[0]!] ?? 0) + 1;
        // Each advances the clock; the week must not run out.
        if (n % 100 === 99) {
          await turns.close();
          turns = await openTurns('2026-11-23T10:00:00+11:00');
        }
      }
      if (ROUNDS > 200) process.stderr.write(`twoWaitlistYes: ${JSON.stringify(outcomes)}\n`);
    },
    LONG,
  );
});
