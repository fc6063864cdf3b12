import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cluesOf } from '../../src/conversation/understand/weigh/clues';
import { type Lesson, learn } from '../../src/conversation/understand/weigh/learn';
import type { Learned } from '../../src/conversation/understand/weigh/weigh';
import { type Labelled, labelled, readByRule } from './corpus';

/** What the rules were tuned on cannot teach how far to trust them, so there their guess is left out. */
export function learnFrom(
  texts: readonly Labelled[],
  done?: ReadonlyMap<Labelled, ReturnType<typeof readByRule>>,
): Learned {
  const read = texts.map((text) => ({ ...text, ...(done?.get(text) ?? readByRule(text)) }));
  const words = seenTwice(
    read.map(({ reading }) => reading.units.flatMap((unit) => (unit.kind === 'word' ? [unit.token.text] : []))),
  );
  const known = new Set(words);
  const knows = (word: string) => known.has(word);
  const lessons = read.flatMap(({ reading, guess, accepts, tuned }): Lesson[] => {
    const alone = { clues: cluesOf(reading, null, knows), accepts, counts: 0.5 };
    return tuned ? [alone] : [{ clues: cluesOf(reading, guess as never, knows), accepts, counts: 1 }, alone];
  });
  return learn(lessons, words);
}

function seenTwice(texts: readonly string[][]): string[] {
  const seen = new Map<string, number>();
  for (const words of texts) for (const word of new Set(words)) seen.set(word, (seen.get(word) ?? 0) + 1);
  return [...seen]
    .filter(([, times]) => times >= 2)
    .map(([word]) => word)
    .sort();
}

if (require.main === module) {
  const texts = labelled();
  const learned = learnFrom(texts);
  const path = join(__dirname, '../../flows/words/en.weights.json');
  writeFileSync(path, `${JSON.stringify(learned, null, 1)}\n`);
  process.stdout.write(`${texts.length} texts, ${learned.weights.length} clues, ${learned.intents.length} intents\n`);
}
