import type { Reading } from '../reading';
import { isKnown } from '../text/spell';
import { words } from '../text/words';
import { wordOf } from '../units/unit';
import { nameFrom } from './name';

const OF_ANYTHING = new Set(words.selfLeads);
const AFTER_A_NAME = new Set(words.afterName);

/**
 * Who texts, when they say so beside a first request: "hi its jess, need a lesson", "my name is tom nguyen. ...", "I'm Priya
 * and ...". Nobody asked, so only where it can hardly be anything else: "im flexible" and "its urgent" name nobody.
 */
export function introduced(reading: Reading): string | undefined {
  for (const lead of reading.found.filter((one) => one.label === 'nameIs')) {
    const name = nameFrom(reading, lead.to);
    const first = reading.units[lead.to];
    const token = first && reading.tokens[first.from];
    if (name === undefined || !token || first.kind === 'day' || first.kind === 'time') continue;
    const end = lead.to + name.split(/[ -]/).length;
    const stopped = (reading.tokens[(reading.units[end - 1]?.to ?? 0) - 1]?.stop ?? '') !== '';
    const next = reading.units[end];
    if (next !== undefined && !stopped && !AFTER_A_NAME.has(wordOf(next))) continue;
    const capital = /^\p{Lu}\p{Ll}/u.test(token.raw);
    const strange = token.text === token.raw.toLowerCase() && !isKnown(token.text);
    if (capital || (strange && !OF_ANYTHING.has(wordOf(reading.units[lead.from])))) return name;
  }
  return undefined;
}
