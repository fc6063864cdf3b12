import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { short } from './support/short';

const FOLDER = join(__dirname, 'tables');

/** `## context role` begins a part; each line is `text => what it means`. */
function rows(file: string): [text: string, context: string, role: string, meaning: string][] {
  let context = 'idle';
  let role = 'student';
  return readFileSync(join(FOLDER, file), 'utf8')
    .split('\n')
    .flatMap((line): [string, string, string, string][] => {
      if (line.startsWith('## ')) {
        [context = 'idle', role = 'student'] = line.slice(3).split(' ');
        return [];
      }
      const [text, meaning] = line.split(' => ');
      return text === undefined || meaning === undefined ? [] : [[text, context, role, meaning]];
    });
}

describe.each(readdirSync(FOLDER))('the texts of %s', (file) => {
  test.each(rows(file))('"%s" (%s, %s) means %s', (text, context, role, meaning) => {
    expect(short(text, context, role)).toBe(meaning);
  });
});

const ASKS_NOTHING = /^(unknown|human|thanks|help|greeting)\b/;

test('of more than 600 texts a third ask for nothing that could be booked', () => {
  const all = readdirSync(FOLDER).flatMap(rows);
  expect(all.length).toBeGreaterThan(600);
  expect(all.filter(([, , , meaning]) => ASKS_NOTHING.test(meaning)).length / all.length).toBeGreaterThan(1 / 3);
});
