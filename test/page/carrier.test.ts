import { prepareSimulator } from '../../src/simulator/schema';
import { heardByCarrier, isOptedOut } from '../../src/simulator/twilio/opt-outs';
import { type FreshDatabase, freshDatabase } from '../support/database';
import { browserModule } from './browser-module';

type Would = { kind: 'block' | 'pass'; words: string } | null;
const { carrierWould } = browserModule<{ carrierWould(text: string, optedOut: boolean): Would }>('carrier');
const SCHOOL = '+61491570006';
const WORDS =
  'stop stopall unsubscribe end quit revoke optout cancel start yes unstop help info change drop book'.split(' ');

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await prepareSimulator(database.db);
});
afterAll(() => database.drop());

test.each(WORDS)('what the page says of "%s" is what the carrier does', async (word) => {
  const phone = `+6149157${String(1000 + WORDS.indexOf(word))}`;
  const promised = carrierWould(` ${word} `, false);

  const heard = await heardByCarrier(database.db, SCHOOL, phone, ` ${word} `);

  expect(promised?.kind === 'block').toBe(await isOptedOut(database.db, SCHOOL, phone));
  expect(promised !== null).toBe((heard?.answer ?? null) !== null);
});

test('a phone that has opted out is told which words bring it back', async () => {
  for (const word of WORDS) {
    const phone = `+6149158${String(1000 + WORDS.indexOf(word))}`;
    await heardByCarrier(database.db, SCHOOL, phone, 'STOP');
    const promised = carrierWould(word, true);

    await heardByCarrier(database.db, SCHOOL, phone, word);

    const back = promised?.kind === 'pass' && promised.words.includes('opts this phone in again');
    expect([word, back]).toEqual([word, !(await isOptedOut(database.db, SCHOOL, phone))]);
  }
});

test('CANCEL is told apart from the words that only opt out, and a sentence is no carrier word', () => {
  expect(carrierWould('CANCEL', false)?.words).toContain('text CHANGE');
  expect(carrierWould('stop', false)?.words).not.toContain('CHANGE');
  expect(carrierWould('cancel my lesson', false)).toBeNull();
  expect(carrierWould('yes', false)).toBeNull();
});
