import { has, leftover, type Reading } from '../reading';
import { isKnown } from '../text/spell';
import { words } from '../text/words';
import { type Unit, wordOf } from '../units/unit';

const RELATIONS = new Set(words.relations);
const NOT_NAMES = new Set([
  'just',
  'not',
  'after',
  'looking',
  'here',
  'keen',
  'the',
  'a',
  'an',
  'for',
  'so',
  'running',
  'late',
  'going',
  'on',
  'at',
  'in',
  'good',
  'free',
  'sick',
  'new',
  'learning',
  'trying',
  'wondering',
  'booked',
  'happy',
  'still',
  'already',
  'stuck',
  'me',
  'my',
  'ok',
  'okay',
  'fine',
  'sorry',
  'busy',
  'confused',
  'lost',
  'working',
  'interested',
  'ready',
  'unable',
  'about',
  'now',
  'there',
  'away',
  'available',
]);

/** The name given: "im liam", "its May Chen", "mia here", or the whole text when a name was asked. */
export function nameGiven(reading: Reading, asked: boolean): string | undefined {
  const lead = reading.found.filter((one) => one.label === 'nameIs').sort((a, b) => b.to - a.to || a.from - b.from);
  for (const one of lead) {
    const strong = one.to - one.from >= 2;
    if (!asked && !strong) continue;
    const name = nameFrom(reading, one.to);
    if (name !== undefined && (strong || asked)) return name;
  }
  if (!asked) return undefined;
  let start = 0;
  while (
    start < reading.units.length &&
    ['hi', 'hello', 'hey', 'sure', 'okay', 'yes', 'oh', 'yeah', 'hiya', 'yes_maybe', 'um', 'umm', 'thanks'].includes(
      wordOf(reading.units[start]),
    ) &&
    rawOf(reading, start) !== 'ty'
  )
    start += 1;
  const name = nameFrom(reading, start);
  if (name === undefined) return undefined;
  const count = name.split(' ').length;
  const rest = leftover(reading).length;
  return rest <= count + 2 || hasEnd(reading, start + count) ? name : undefined;
}

function rawOf(reading: Reading, at: number): string {
  return reading.tokens[reading.units[at]?.from ?? -1]?.raw.toLowerCase() ?? '';
}

function hasEnd(reading: Reading, at: number): boolean {
  const unit = reading.units[at - 1];
  return unit !== undefined && reading.tokens[unit.to - 1]?.stop !== '';
}

/** Up to four words from here that can be a name, as they were written, with capitals. */
export function nameFrom(reading: Reading, start: number): string | undefined {
  const parts: string[] = [];
  for (let i = start; i < reading.units.length && parts.length < 4; i++) {
    const unit = reading.units[i] as Unit;
    const raws = reading.tokens.slice(unit.from, unit.to).map((token) => token.raw);
    const raw = raws.join('');
    if (!/^[\p{L}\p{M}'’-]+$/u.test(raw) && raw !== '-') break;
    const plain = raw.toLowerCase();
    const capital = /^\p{Lu}/u.test(raw);
    const strange = unit.kind === 'word' && raw !== '-' && parts.length > 0 && !capital && isKnown(plain);
    if (strange && !(PARTICLES.has(plain) && allName(reading, i))) break;
    if (
      unit.kind === 'word' &&
      parts.length === 0 &&
      (NOT_NAMES.has(plain) || (STOPS.has(plain) && reading.units.length > 1))
    )
      return undefined;
    if (unit.kind !== 'word' && parts.length > 0 && unit.kind !== 'person' && !capital) break;
    if (['here', 'and', 'thanks', 'please', 'from', 'can', 'for'].includes(plain)) break;
    const relation = wordOf(reading.units[i + 1]);
    const stopped = (reading.tokens[unit.to - 1]?.stop ?? '') !== '';
    if (parts.length === 0 && !stopped && RELATIONS.has(relation) && i + 2 < reading.units.length)
      return nameFrom(reading, i + 2);
    if (raw === '-') {
      parts.push('-');
      continue;
    }
    parts.push(capital ? raw : raw.charAt(0).toUpperCase() + raw.slice(1));
    if (reading.tokens[unit.to - 1]?.stop !== '') break;
  }
  const name = parts.join(' ').replaceAll(' - ', '-').replace(/ -$/, '');
  return name === '' ? undefined : name;
}

/** "nguyen van an", "maria del carmen": from here to the end of the text there is nothing but parts of a name. */
function allName(reading: Reading, start: number): boolean {
  const rest = reading.units.slice(start).map((_, i) => rawOf(reading, start + i));
  return rest.length < 4 && rest.every((word) => PARTICLES.has(word) || !isKnown(word));
}

const PARTICLES = new Set(words.particles);

const STOPS = new Set(
  'i can could what when who why how do does is are will would want need my the a an in on no yes not help call text book cancel price'.split(
    ' ',
  ),
);

/** "for my brother leo", "for my son": who the lesson is for. */
export function learnerNamed(reading: Reading): string | undefined {
  const lead = has(reading, 'forLearner');
  const own = reading.units.findIndex(
    (unit, i) =>
      RELATIONS.has(wordOf(unit)) &&
      wordOf(reading.units[i - 1]) === 'my' &&
      ['book', 'get', 'is', 'for', 'can', 'wants', 'needs', 'have', 'put', 'fit', 'squeeze', 'slot', 'pop'].includes(
        wordOf(reading.units[i - 2]),
      ),
  );
  const at = lead !== undefined && RELATIONS.has(wordOf(reading.units[lead.to])) ? lead.to : own;
  if (at < 0) return undefined;
  const called = calledAfter(reading, at);
  if (called !== undefined) return called;
  const relation = wordOf(reading.units[at]);
  const next = reading.units[at + 1];
  const raw = next === undefined ? '' : (reading.tokens[next.from]?.raw ?? '');
  const named = next?.kind === 'word' && (/^\p{Lu}/u.test(raw) || !isKnown(wordOf(next)));
  return named && reading.tokens[next.from - 1]?.stop !== '?' ? raw.toLowerCase() : relation;
}

/** "my sister ..., shes called Bea", "his name is Leo": the name that a later statement gives. */
function calledAfter(reading: Reading, relation: number): string | undefined {
  const { units, tokens } = reading;
  for (let i = relation + 1; i < units.length - 1; i++) {
    const [word, before] = [wordOf(units[i]), wordOf(units[i - 1])];
    const lead = word === 'called' || word === 'named' || ((word === 'is' || word === 's') && before === 'name');
    const named = units[i + 1];
    if (!lead || named?.kind !== 'word') continue;
    return tokens[named.from]?.raw.toLowerCase();
  }
  return undefined;
}
