import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { conversationMap } from '../../src/conversation/map';

it('the conversation map in docs is the one of the machines; `npm run map` writes it', () => {
  expect(readFileSync(join(__dirname, '../../docs/conversation.md'), 'utf8')).toBe(conversationMap());
});
