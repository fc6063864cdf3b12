import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { playDialogue } from './support/dialogue';

const FOLDER = join(__dirname, 'dialogues');
const filesOf = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => join(folder, name));

const nameOf = (path: string) => path.replace(/.*\//, '').replace('.txt', '').replaceAll('-', ' ');

describe('dialogues through the started program', () => {
  for (const path of filesOf(FOLDER)) it(nameOf(path), () => playDialogue(path));
});

/** These are played in memory too (test/flows), so that the school in memory and the database are held to each other. */
describe('dialogues of the core through the started program', () => {
  const marked = filesOf(join(FOLDER, 'core')).filter((path) =>
    /^# also in the program$/m.test(readFileSync(path, 'utf8')),
  );
  for (const path of marked) it(nameOf(path), () => playDialogue(path));
});
