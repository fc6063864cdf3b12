import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Intent } from '../../flows/heard';
import { shortFor } from './support/short';

/** `## intent context role` begins a part; each line is `text => what it means`. */
function rows(): [text: string, intent: Intent, context: string, role: string, meaning: string][] {
  let part = ['book', 'idle', 'student'];
  return readFileSync(join(__dirname, 'fields.txt'), 'utf8')
    .split('\n')
    .flatMap((line): [string, Intent, string, string, string][] => {
      if (line.startsWith('## ')) {
        part = line.slice(3).split(' ');
        return [];
      }
      const [intent = 'book', context = 'idle', role = 'student'] = part;
      const [text, meaning] = line.split(' => ');
      return text === undefined || meaning === undefined ? [] : [[text, intent as Intent, context, role, meaning]];
    });
}

describe('once the intent is known', () => {
  test.each(rows())('"%s" (%s, %s, %s) is %s', (text, intent, context, role, meaning) => {
    expect(shortFor(intent, text, context, role)).toBe(meaning);
  });
});
