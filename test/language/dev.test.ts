import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromRecord, type OutsideRecord, toRecord } from '../../src/conversation/surface';
import { understand } from '../../src/conversation/understand';

const SET = join(__dirname, 'dev.jsonl');

test('at least 97 in 100 of the sample texts are read exactly right', () => {
  const records = readFileSync(SET, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as OutsideRecord);

  const answers = records.map((record) => {
    const { text, listening } = fromRecord(record);
    return JSON.stringify(toRecord(understand(text, listening), record));
  });

  const report = execFileSync(
    'node',
    [join(__dirname, 'score.mjs'), '--set', SET, '--at-least', '0.97', '--fails', '9'],
    { input: answers.join('\n'), encoding: 'utf8' },
  );
  expect(report).toMatch(/everything right/);
});
