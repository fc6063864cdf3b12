import { type FreshDatabase, freshDatabase } from '../support/database';
import { listYesAgainstYes, paymentAgainstTheEnd, RACE_STARTS } from '../support/races/lists';
import { quietWorld } from '../support/world';

describe('a list in a race', () => {
  const rounds = Number(process.env.RACE_ROUNDS ?? 20);
  let database: FreshDatabase;
  jest.setTimeout(60_000 + rounds * 5_000);
  beforeEach(async () => {
    database = await freshDatabase();
  });
  afterEach(() => database.drop());

  it('a YES to a list against a YES to one of its slots: one has all, the other nothing and is told', async () => {
    const quiet = quietWorld(database.db, RACE_STARTS);
    const won = { list: 0, one: 0 };
    for (let round = 0; round < rounds; round += 1) won[await listYesAgainstYes(quiet, round)] += 1;
    expect(won.list + won.one).toBe(rounds);
  });

  it('a payment of a list against the end of its holds: each lesson is paid or given up, no cent is lost', async () => {
    const quiet = quietWorld(database.db, RACE_STARTS);
    for (let round = 0; round < rounds / 4; round += 1) await paymentAgainstTheEnd(quiet, round);
  });
});
