import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { playInCore } from '../support/core/play';

const FOLDER = join(__dirname, '../dialogues');
const dialogues = (folder: string) => readdirSync(join(FOLDER, folder)).filter((name) => name.endsWith('.txt'));

describe('dialogues through the pure core', () => {
  for (const file of dialogues('core'))
    it(file.replace('.txt', '').replaceAll('-', ' '), () => playInCore(join(FOLDER, 'core', file)));
});

/** What the started program answers, the school in memory answers word for word: neither drifts from the other. */
describe('dialogues of the started program through the pure core', () => {
  for (const file of dialogues('.'))
    it(file.replace('.txt', '').replaceAll('-', ' '), () => playInCore(join(FOLDER, file)));
});
