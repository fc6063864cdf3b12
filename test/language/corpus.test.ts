import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import learned from '../../flows/words/en.weights.json';
import { fromRecord, type OutsideRecord, toRecord } from '../../src/conversation/surface';
import { understand } from '../../src/conversation/understand';
import { labelled } from './corpus';
import { learnFrom } from './learn';

/** Read exactly right, of every hundred: of the sets learned from, and of those never learned from. */
const FLOORS = { corpus: 0.93, 'held-out': 0.95 };

describe.each(Object.entries(FLOORS))('the whole records of %s', (name, floor) => {
  const folder = join(__dirname, name);
  test.each(readdirSync(folder).filter((file) => file.endsWith('.jsonl')))('%s', (file) => {
    const path = join(folder, file);
    const records = readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as OutsideRecord);

    const answers = records.map((record) => {
      const { text, listening } = fromRecord(record);
      return JSON.stringify(toRecord(understand(text, listening), record));
    });

    const rate = ['--set', path, '--at-least', String(floor), '--fails', '9'];
    const report = execFileSync('node', [join(__dirname, 'score.mjs'), ...rate], {
      input: answers.join('\n'),
      encoding: 'utf8',
    });
    expect(report).toMatch(/everything right/);
  });
});

test('a third and more of the texts ask for nothing or for a person', () => {
  const texts = labelled().filter(({ tuned }) => !tuned);

  const asksNothing = texts.filter(({ accepts }) => accepts.includes('unknown') || accepts[0] === 'human');

  expect(texts.length).toBeGreaterThan(600);
  expect(asksNothing.length / texts.length).toBeGreaterThan(1 / 3);
});

test('the weights are what the corpus teaches: after a change of either, run npm run learn', () => {
  expect(learnFrom(labelled())).toEqual(learned);
});
