import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { playDialogue } from './support/dialogue';

describe('dialogues through the started program', () => {
  const folder = join(__dirname, 'dialogues');
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.txt'))) {
    it(file.replace('.txt', '').replaceAll('-', ' '), () => playDialogue(join(folder, file)));
  }
});
