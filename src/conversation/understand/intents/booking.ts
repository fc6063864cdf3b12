import type { Heard } from '../../../../flows/heard';
import { digitsOf } from '../fields/digits';
import { pickedUp } from '../fields/pickup';
import { wanting } from '../fields/wanting';
import { has, hasUnits, labelsOf, leftover, type Reading } from '../reading';
import { words } from '../text/words';
import { wordOf } from '../units/unit';

/** "can i book ... my usual time" books; "do i have a lesson" asks. */
export function bookFirst(reading: Reading): boolean {
  const book = has(reading, 'bookStrong');
  const list = has(reading, 'list');
  return book !== undefined && list !== undefined && book.from < list.from;
}

const QUESTION = new Set([
  'what',
  'whats',
  'where',
  'wheres',
  'who',
  'whos',
  'how',
  'why',
  'is',
  'do',
  'does',
  'will',
  'should',
]);
const REMARK = new Set('is did was were had what whats who how when why where'.split(' '));
/** "my car broke down on tuesday" is about somebody or something else. */
const ABOUT = new Set('my the our his her their this that he she they'.split(' '));

/** A lesson wanted, or free times asked for: there must be evidence of it, more when we asked nothing. */
export function booking(reading: Reading, open: boolean): Heard[] | undefined {
  const heard = labelsOf(reading);
  const slotted = hasUnits(reading, 'day', 'time');
  const named = hasUnits(reading, 'person', 'duration');
  const strange = leftover(reading, [
    'book',
    'bookStrong',
    'availability',
    'asap',
    'again',
    'correct',
    'cannot',
    'pickup',
    'yes',
    'no',
    'greeting',
    'thanks',
    'forLearner',
    'question',
    'nameIs',
    'practical',
    'asks',
  ]).filter((word) => !PEOPLE.has(word)).length;
  if (heard.has('pickup') && !heard.has('bookStrong') && open && !slotted) return [pickedUp(reading)];
  if (heard.has('pickup') && !heard.has('bookStrong') && !open && !hasUnits(reading, 'time'))
    return [pickedUp(reading)];
  if (reading.units.every((unit) => unit.kind === 'masked' && unit.what === 'link')) return undefined;
  const question = QUESTION.has(wordOf(reading.units[0])) || reading.text.includes('?');
  if (heard.has('practical') && !heard.has('bookStrong') && (question || !slotted)) return [{ intent: 'human' }];
  if (
    open &&
    strange > 1 &&
    ABOUT.has(wordOf(reading.units[0])) &&
    !heard.has('yes') &&
    !heard.has('book') &&
    !heard.has('availability')
  )
    return undefined;
  if (
    (!open || REMARK.has(wordOf(reading.units[0]))) &&
    heard.has('chatter') &&
    !heard.has('bookStrong') &&
    !heard.has('availability')
  )
    return undefined;
  if (!open && !heard.has('bookStrong') && !heard.has('availability') && owes(reading)) return undefined;
  const dated = hasUnits(reading, 'day') && reading.units.some((unit) => unit.kind === 'time' && unit.form === 'clock');
  const most = open || hasLesson(reading) || heard.has('offers') ? 3 : heard.has('asks') ? 1 : 0;
  const wants =
    heard.has('bookStrong') ||
    (heard.has('book') && (strange === 0 || ((slotted || named) && (open || strange <= most))));
  const terse = (slotted || named) && (open ? strange < 6 : strange === 0 || (strange <= 1 && dated));
  const plainly =
    open && slotted && !reading.text.includes('?') && heard.has('availability') && wordOf(reading.units[0]) === 'im';
  if (open && heard.has('asap') && !reading.text.includes('?') && strange < 3) return wanting(reading, 'book');
  const first = has(reading, 'availability');
  const day = reading.units.findIndex((unit) => unit.kind === 'day');
  const afterwards = open && first !== undefined && day >= 0 && day < first.from;
  if (
    heard.has('availability') &&
    !afterwards &&
    !plainly &&
    !(heard.has('bookStrong') && !reading.text.includes('?')) &&
    (strange < 4 || slotted)
  )
    return wanting(reading, 'availability');
  if (heard.has('asap') && strange < 3) return wanting(reading, 'book');
  if (wants && (slotted || named || strange < (heard.has('bookStrong') ? 3 : 1))) return wanting(reading, 'book');
  if (question && !slotted && !hasUnits(reading, 'duration')) return undefined;
  if (terse && (slotted || open || hasUnits(reading, 'duration'))) return wanting(reading, 'book');
  if (hasUnits(reading, 'number') && digitsOf(reading) !== undefined && strange === 0)
    return [{ intent: 'give_otp', otp: digitsOf(reading) ?? '' }];
  return undefined;
}

/** Who comes along is no strange word: "can she go thurs". */
const PEOPLE = new Set([...words.relations, 'he', 'she', 'they', 'him', 'her', 'them']);

/** "got a job interview monday at 10": what somebody has on is no lesson wanted. */
function owes(reading: Reading): boolean {
  const strange = new Set(leftover(reading));
  return reading.units.some((unit, i) => {
    if (!HAVING.has(wordOf(unit))) return false;
    const after = reading.units.slice(i + 1, i + 4).map(wordOf);
    if (OURS.some((word) => after.includes(word))) return false;
    if (reading.units.slice(i + 1).some((other) => ASKS.has(wordOf(other)))) return false;
    return ARTICLES.has(after[0] ?? '') && (strange.has(after[1] ?? '') || strange.has(after[2] ?? ''));
  });
}

const HAVING = new Set(['got', 'have', 'need', 'want', 'has', 'had', 'my', 'ive']);
const ASKS = new Set(['need', 'want', 'can', 'could', 'any', 'please']);
const ARTICLES = new Set(['a', 'an', 'my', 'the', 'some', 'to']);
const OURS = ['lesson', 'lessons', 'drive', 'session', 'spot', 'slot', 'booking', 'appointment', 'class', 'time'];

function hasLesson(reading: Reading): boolean {
  return reading.units.some((unit) => OURS.includes(wordOf(unit)));
}
