import type { Heard } from '../../../flows/heard';
import { introduced } from './names/introduced';
import { type Reading, read } from './reading';
import { wordOf } from './units/unit';

const ANSWERS = new Set<Heard['intent']>(['confirm_yes', 'confirm_no', 'choose_option', 'give_otp', 'give_name']);
const SMALL = new Set<Heard['intent']>([
  'unknown',
  'thanks',
  'greeting',
  'confirm_yes',
  'confirm_no',
  'choose_option',
  'book',
  'reschedule',
]);
const JOINTS = new Set([
  'and',
  'also',
  'btw',
  'but',
  'what',
  'whats',
  'where',
  'wheres',
  'how',
  'who',
  'whos',
  'do',
  'does',
]);

/** What an answer says besides: "yes, and whats the address?" asks something too. Beside a request only who texts. */
export function alsoSaid(reading: Reading, first: Heard, readFor: (reading: Reading) => Heard[]): Heard[] {
  if (reading.listening.role === 'student' && reading.listening.asked.kind === 'idle' && !ANSWERS.has(first.intent)) {
    const name = introduced(reading);
    return name === undefined ? [] : [{ intent: 'give_name', name }];
  }
  if (!ANSWERS.has(first.intent)) return [];
  const at = reading.units.findIndex(
    (unit, i) =>
      i > 0 &&
      (JOINTS.has(wordOf(unit)) ||
        reading.tokens[unit.from - 1]?.stop === ',' ||
        reading.tokens[unit.from - 1]?.stop === '.'),
  );
  const unit = reading.units[at];
  if (unit === undefined) return [];
  const rest = reading.tokens
    .slice(unit.from)
    .map((token) => token.raw + token.stop)
    .join(' ')
    .replace(/^(and|also|btw|but)\s+/i, '');
  const [heard] = readFor(read(rest, { ...reading.listening, asked: { kind: 'idle' } }));
  if (heard === undefined) return [];
  if (!SMALL.has(heard.intent) || (first.intent === 'give_name' && heard.intent === 'book')) return [heard];
  return rest.includes('?') && heard.intent === 'unknown' ? [{ intent: 'unknown', note: rest }] : [];
}
