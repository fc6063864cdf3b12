import type { Reading } from '../reading';
import { isKnown } from '../text/spell';
import { words } from '../text/words';
import { nameFrom, nameGiven } from './name';

/** A stretch of the text between stops, and of it what can be a name. */
type Candidate = { name: string; score: number };

const LEADS = words.nameLeads.map((lead) => lead.split(' '));
const SKIPPED = new Set(words.nameSkipped.split(' '));
const TAILS = new Set(words.nameTails.split(' '));
/** "Can Yilmaz", "Do Thi Mai": written as a name and nothing else. */
const CAPITALS = /^\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]*){1,3}$/u;
const BREAKS = new Set(['but', 'and', 'so', 'because', 'though']);

/** The name in an answer that is known to give one: "its for my son, Will Parker", "Mohammed but everyone calls me Mo". */
export function nameMeant(reading: Reading): string | undefined {
  let best: Candidate | undefined;
  for (const start of startsOf(reading)) {
    const candidate = candidateAt(reading, start);
    if (candidate !== undefined && candidate.score > (best?.score ?? 0)) best = candidate;
  }
  const plain = reading.text.trim();
  return best?.name ?? (CAPITALS.test(plain) ? plain.replaceAll(/\s+/g, ' ') : nameGiven(reading, true));
}

/** The first unit of every stretch. */
function startsOf({ units, tokens }: Reading): number[] {
  return units.flatMap((unit, i) => {
    const stop = tokens[unit.from - 1]?.stop ?? '';
    return i === 0 || stop !== '' || BREAKS.has(tokens[unit.from - 1]?.text ?? '') ? [i] : [];
  });
}

function candidateAt(reading: Reading, start: number): Candidate | undefined {
  let at = start;
  let led = 0;
  for (;;) {
    const lead = LEADS.find((one) => one.every((word, i) => rawAt(reading, at + i) === word));
    if (lead !== undefined) {
      at += lead.length;
      led = Math.max(led, lead.length > 1 ? 4 : 2);
    } else if (SKIPPED.has(rawAt(reading, at)) && at + 1 < reading.units.length) at += 1;
    else break;
  }
  const name = withoutTail(nameFrom(reading, at));
  if (name === undefined) return undefined;
  if (/^(?:\p{L} ?)+$/u.test(name) && !/\p{L}{2}/u.test(name)) return undefined;
  const raws = name.split(' ').map((_, i) => reading.tokens[reading.units[at + i]?.from ?? -1]?.raw ?? '');
  const capitals = raws.filter((raw) => /^\p{Lu}/u.test(raw)).length;
  const strange = raws.filter((raw) => !isKnown(raw.toLowerCase())).length;
  const last = reading.units[at + raws.length - 1];
  const whole = last === undefined || last.to >= reading.tokens.length || reading.tokens[last.to - 1]?.stop !== '';
  const score = led + capitals * 2 + strange + (raws.length > 1 ? 1 : 0) + (whole ? 1 : 0);
  return capitals + strange === 0 && led < 4 ? undefined : { name, score };
}

/** "Abdul Rahman sir". */
function withoutTail(name: string | undefined): string | undefined {
  const parts = name?.split(' ') ?? [];
  while (parts.length > 1 && TAILS.has(parts.at(-1)?.toLowerCase() ?? '')) parts.pop();
  return parts.length === 0 ? undefined : parts.join(' ');
}

function rawAt(reading: Reading, at: number): string {
  const raw = reading.tokens[reading.units[at]?.from ?? -1]?.raw ?? '';
  return raw.toLowerCase().replaceAll(/['’]/g, '');
}
