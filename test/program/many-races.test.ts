import type { Ended } from '../support/races/ended';
import { play, type Race } from '../support/races/race';
import * as races from '../support/races/races';

/** `npm run races` plays 1,000 of each. */
const ROUNDS = Number(process.env.ROUNDS ?? 200);
const LONG = 60_000 + 1000 * ROUNDS;
/** Of those that differ only in what is booked. */
const FEWER = Math.ceil(ROUNDS / 4);
/** So many show every way in which a race can end. */
const ENOUGH = 50;

/** Each at the same moment, on a real database, each round in a school of its own. */
describe(`${ROUNDS} times at the same moment`, () => {
  /** `outcomeOf` names what became of a round, or throws; each of `ways` comes about, else it was no race. */
  async function expectOf(
    race: Race,
    cents: number,
    ways: string[],
    outcomeOf: (round: Ended) => string,
    rounds = ROUNDS,
  ) {
    const outcomes: Record<string, number> = {};
    for (const round of await play(race, rounds, cents)) {
      expect(round.orphans).toEqual([]);
      const outcome = outcomeOf(round);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
    if (ROUNDS > 200) process.stderr.write(`${race.name}: ${JSON.stringify(outcomes)}\n`);
    if (rounds >= ENOUGH) expect(Object.keys(outcomes)).toEqual(expect.arrayContaining(ways));
  }

  const taken = (slot: string) => new RegExp(`^Sorry, ${slot}, 60 min with Kim: that is taken\\.[\\s\\S]*\\n1 `);

  it(
    'two move to one time: one has it, the other keeps the old time and is told',
    () =>
      expectOf(races.moveAgainstMove, 0, ['Zoe', 'Tom'], ({ answers, lessons }) => {
        const zoeWon = lessons.includes('Zoe Fri 14:00');
        expect(lessons).toEqual(zoeWon ? ['Zoe Fri 14:00', 'Tom Sat 11:00'] : ['Zoe Sat 09:00', 'Tom Fri 14:00']);
        expect(answers[zoeWon ? 0 : 1]).toMatch(/^Moved: it is now Fri 27 Nov, 2:00pm/);
        expect(answers[zoeWon ? 1 : 0]).toMatch(taken('Fri 27 Nov, 2:00pm'));
        return zoeWon ? 'Zoe' : 'Tom';
      }),
    LONG,
  );

  it(
    'a move against a drop of the same lesson, while its time is booked: one lesson, whoever was first',
    () =>
      expectOf(
        races.moveAgainstDrop,
        0,
        ['moved, then booked by Tom', 'moved, Tom was told', 'as it was, Tom was told'],
        ({ answers: [zoe = '', tom = ''], lessons }) => {
          const moved = zoe.startsWith('Moved');
          // The drop is asked before it is done; a YES that came before that question went out is no answer to it.
          expect(zoe).toMatch(/Drop .*Reply YES to drop it/);
          if (!moved) expect(zoe).toMatch(/Just to be sure: you mean this one\? Drop .*Reply YES to drop it/);
          const tomHasIt = lessons.includes('Tom Sat 09:00');
          expect(lessons).toEqual([moved ? 'Zoe Fri 14:00' : 'Zoe Sat 09:00', ...(tomHasIt ? ['Tom Sat 09:00'] : [])]);
          expect(tom).toMatch(tomHasIt ? /^Booked: Sat 28 Nov, 9:00am/ : /^Sorry, Sat 28 Nov, 9:00am.*that is taken/);
          return `${moved ? 'moved' : 'as it was'}, ${tomHasIt ? 'then booked by Tom' : 'Tom was told'}`;
        },
      ),
    LONG,
  );

  it(
    'a YES against the end of a hold: who says it has the time, whichever was first, and the other is told',
    () =>
      expectOf(races.yesAgainstHoldEnd, 2000, ['held'], ({ answers: [zoe, tom], lessons, deposits }) => {
        expect(lessons).toEqual(['Tom Sat 09:00 held']);
        expect(deposits).toEqual(['Zoe failed 2000', 'Tom pending 2000']);
        expect(zoe).toMatch(/^Your hold on Sat 28 Nov, 9:00am[^\n]* has ended[^\n]*$/);
        expect(tom).toMatch(/^Held until/);
        return 'held';
      }),
    LONG,
  );

  it(
    'money against the end of its hold: booked or ended, never both',
    () =>
      expectOf(races.moneyAgainstHoldEnd, 2000, ['paid first', 'ended first, then back'], ({ answers, lessons }) => {
        expect(lessons).toEqual(['Zoe Sat 09:00']);
        expect(answers[0]).toMatch(/Got your \$20, thanks Zoe\. Booked: Sat 28 Nov, 9:00am/);
        return answers[0]!.includes('has ended') ? 'ended first, then back' : 'paid first';
      }),
    LONG,
  );

  it(
    'two lists that share a time: one has all of it, the other is told which went',
    () =>
      expectOf(races.listAgainstList, 0, ['Zoe', 'Tom'], ({ answers: [zoe, tom], lessons }) => {
        const zoeWon = lessons.includes('Zoe Fri 16:00');
        expect(lessons).toEqual(zoeWon ? ['Zoe Thu 16:00', 'Zoe Fri 16:00'] : ['Tom Fri 16:00', 'Tom Sat 16:00']);
        expect(zoeWon ? zoe : tom).toMatch(/^Booked/);
        expect(zoeWon ? tom : zoe).toMatch(/Fri 27 Nov.*taken/);
        return zoeWon ? 'Zoe' : 'Tom';
      }),
    LONG,
  );

  it(
    'a YES to a list against a YES to one of its slots: one has all, the other nothing and is told',
    () =>
      expectOf(
        races.listAgainstOne,
        2000,
        ['the list', 'the one'],
        ({ answers: [zoe, tom], lessons, deposits }) => {
          const list = lessons.length === 2;
          expect(lessons).toEqual(list ? ['Zoe Tue 16:00 held', 'Zoe Thu 16:00 held'] : ['Tom Thu 16:00 held']);
          expect(deposits).toEqual(list ? ['Zoe pending 2000', 'Zoe pending 2000'] : ['Tom pending 2000']);
          expect(zoe).toMatch(
            list
              ? /^Held until .*: 2 lessons\. Pay \$40 /
              : /Thu 26 Nov is taken\.[\s\S]*1 Tue 24 Nov, 4:00pm[\s\S]*Reply YES/,
          );
          expect(tom).toMatch(list ? /^Sorry, Thu 26 Nov, 4:00pm.* is taken\./ : /^Held until .*Pay \$20 /);
          return list ? 'the list' : 'the one';
        },
        FEWER,
      ),
    LONG,
  );

  it(
    'a payment of a list against the end of its holds: each lesson is paid or given up, no cent is lost',
    () =>
      expectOf(
        races.listMoneyAgainstHoldEnd,
        2000,
        ['3 paid'],
        ({ lessons, deposits, creditCents }) => {
          const paid = deposits.filter((one) => one === 'Zoe confirmed 2000').length;
          expect(deposits).toHaveLength(3);
          expect(deposits.filter((one) => one === 'Zoe failed 2000')).toHaveLength(3 - paid);
          expect(lessons).toHaveLength(paid);
          expect(paid * 2000 + creditCents).toBe(6000);
          return `${paid} paid`;
        },
        FEWER,
      ),
    LONG,
  );

  it(
    'two YES to a slot that opened: one has it, the other is told and waits on',
    () =>
      expectOf(races.twoWaitlistYes, 0, ['Zoe', 'Tom'], ({ answers: [zoe, tom], lessons, wishes }) => {
        const zoeWon = lessons[0] === 'Zoe Sat 09:00';
        expect(lessons).toEqual([zoeWon ? 'Zoe Sat 09:00' : 'Tom Sat 09:00']);
        expect(zoeWon ? zoe : tom).toMatch(/^Booked: Sat 28 Nov, 9:00am/);
        expect(zoeWon ? tom : zoe).toMatch(taken('Sat 28 Nov, 9:00am'));
        expect(wishes).toEqual(zoeWon ? ['Zoe met', 'Tom waiting'] : ['Zoe waiting', 'Tom met']);
        return zoeWon ? 'Zoe' : 'Tom';
      }),
    LONG,
  );

  it(
    'a YES to an opened slot against somebody who books it: one has it, the other is told',
    () =>
      expectOf(
        races.waitlistYesAgainstBooking,
        0,
        ['Zoe', 'Tom'],
        ({ answers: [zoe, tom], lessons, wishes, offers }) => {
          const zoeWon = lessons[0] === 'Zoe Sat 09:00';
          expect(lessons).toEqual([zoeWon ? 'Zoe Sat 09:00' : 'Tom Sat 09:00']);
          expect(zoeWon ? zoe : tom).toMatch(/^Booked: Sat 28 Nov, 9:00am/);
          expect(zoeWon ? tom : zoe).toMatch(taken('Sat 28 Nov, 9:00am'));
          expect([wishes, offers]).toEqual(zoeWon ? [['Zoe met'], ['taken']] : [['Zoe waiting'], ['gone']]);
          return zoeWon ? 'Zoe' : 'Tom';
        },
        FEWER,
      ),
    LONG,
  );
});
