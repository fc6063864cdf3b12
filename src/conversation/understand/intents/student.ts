import type { Heard } from '../../../../flows/heard';
import { has, hasUnits, leftover, type Reading, said } from '../reading';
import { wordOf } from '../units/unit';
import { answer, digitsOf } from './answers';
import { moving, pointing, wanting } from './build';
import { lateMinutes } from './late';
import { nameGiven } from './name';
import { yesNo } from './yes-no';

const OPEN_QUESTIONS = new Set(['when', 'time', 'moveWhen', 'confirm', 'slots', 'duration']);

/** What a student's text asks for, all readings, best first. */
export function student(reading: Reading): Heard[] {
  return urgent(reading) ?? answer(reading) ?? asked(reading) ?? small(reading) ?? [{ intent: 'unknown' }];
}

/** What goes before any answer to our question. */
function urgent(reading: Reading): Heard[] | undefined {
  if (has(reading, 'stop') !== undefined) return [{ intent: 'stop' }];
  if (has(reading, 'start') !== undefined) return [{ intent: 'start' }];
  if (has(reading, 'menu') !== undefined) return [{ intent: 'menu' }];
  if (reading.tokens.length === 0 || isForeign(reading) || CODE.test(reading.text)) return nothing(reading);
  return undefined;
}

/** Markup, queries and orders to a machine are nobody's lesson. */
const CODE =
  /<\/?(?:script|img|iframe|html|a)\b|\b(?:select|insert|delete|update|drop)\b[^.]{0,60}\b(?:from|into|table|where)\b.*[=;*]|drop table|system prompt|pretend (?:to be|you)|you are now|\{\{|\$\{|'\s*or\s*'|ignore (?:all |any |the )?(?:previous|prior|above)/i;

function nothing(reading: Reading): Heard[] {
  return /^[\s?]*\?[\s?]*$/.test(reading.text) ? [{ intent: 'help' }] : [{ intent: 'unknown' }];
}

/** Most of its letters are of another script. */
function isForeign(reading: Reading): boolean {
  const letters = reading.text.match(/\p{L}/gu) ?? [];
  const latin = letters.filter((letter) => /\p{Script=Latin}/u.test(letter)).length;
  return letters.length > 0 && latin < letters.length / 2 && reading.listening.asked.kind !== 'name';
}

function asked(reading: Reading): Heard[] | undefined {
  const open = OPEN_QUESTIONS.has(reading.listening.asked.kind);
  const on = (label: string) => has(reading, label) !== undefined;
  const slotted = hasUnits(reading, 'day', 'time');
  if (on('human')) return [{ intent: 'human' }];
  if (on('waitlist')) return wanting(reading, 'waitlist');
  if (on('late') && !on('notLate') && !(on('move') && !on('notMove')) && isLate(reading)) return [late(reading)];
  if (on('resend') && (/\bcode\b/i.test(reading.text) || on('resend')) && !slotted) return [{ intent: 'resend_code' }];
  if (on('howToPay')) return [{ intent: 'how_to_pay' }];
  if (on('price') && !(on('paid') && !reading.text.includes('?'))) return priced(reading);
  if (on('paid')) return [{ intent: 'paid' }];
  if (
    hasUnits(reading, 'masked') &&
    reading.units.some((unit) => unit.kind === 'masked' && unit.what === 'price') &&
    reading.text.includes('?') &&
    !slotted
  )
    return priced(reading);
  if (on('again') && !on('move') && reading.listening.asked.kind !== 'moveWhen') return wanting(reading, 'book');
  if (on('move') && !on('notMove')) return moving(reading, reading.listening.asked.kind === 'moveWhen');
  if (reading.listening.asked.kind === 'moveWhen' && (slotted || hasUnits(reading, 'person', 'duration')))
    return moving(reading, true);
  if (on('cancel') && !on('cancelNot')) return cancelling(reading);
  if (on('cannot') && !open) return cannot(reading);
  if (on('who') && !on('bookStrong')) return [{ intent: 'who' }];
  if (on('list') && !bookFirst(reading) && !on('cannot')) return wanting(reading, 'list_lessons').map(asList);
  if (on('help') && !slotted) return [{ intent: 'help' }];
  return booking(reading, open);
}

/** "can i book ... my usual time" books; "do i have a lesson" asks. */
function bookFirst(reading: Reading): boolean {
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
const REMARK = new Set(['is', 'did', 'was', 'were', 'had']);

function booking(reading: Reading, open: boolean): Heard[] | undefined {
  const on = (label: string) => has(reading, label) !== undefined;
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
  ]).length;
  if (on('pickup') && !on('bookStrong') && open && !slotted) return [pickup(reading)];
  if (on('pickup') && !on('bookStrong') && !open && !hasUnits(reading, 'time')) return [pickup(reading)];
  if (reading.units.every((unit) => unit.kind === 'masked' && unit.what === 'link')) return undefined;
  const question = QUESTION.has(wordOf(reading.units[0])) || reading.text.includes('?');
  if (on('practical') && !on('bookStrong') && (question || !slotted)) return [{ intent: 'human' }];
  if ((!open || REMARK.has(wordOf(reading.units[0]))) && on('chatter') && !on('bookStrong') && !on('availability'))
    return undefined;
  const dated = hasUnits(reading, 'day') && reading.units.some((unit) => unit.kind === 'time' && unit.form === 'clock');
  const wants = on('bookStrong') || (on('book') && (slotted || named || strange === 0));
  const terse = (slotted || named) && (open ? strange < 6 : strange === 0 || (strange <= 2 && (on('book') || dated)));
  const plainly =
    open && slotted && !reading.text.includes('?') && on('availability') && wordOf(reading.units[0]) === 'im';
  if (open && on('asap') && !reading.text.includes('?') && strange < 3) return wanting(reading, 'book');
  const first = has(reading, 'availability');
  const day = reading.units.findIndex((unit) => unit.kind === 'day');
  const afterwards = open && first !== undefined && day >= 0 && day < first.from;
  if (
    on('availability') &&
    !afterwards &&
    !plainly &&
    !(on('bookStrong') && !reading.text.includes('?')) &&
    (strange < 4 || slotted)
  )
    return wanting(reading, 'availability');
  if (on('asap') && strange < 3) return wanting(reading, 'book');
  if (wants && (slotted || named || strange < (on('bookStrong') ? 3 : 1))) return wanting(reading, 'book');
  if (question && !slotted && !hasUnits(reading, 'duration')) return undefined;
  if (terse && (slotted || open || hasUnits(reading, 'duration'))) return wanting(reading, 'book');
  if (hasUnits(reading, 'number') && digitsOf(reading) !== undefined && strange === 0)
    return [{ intent: 'give_otp', otp: digitsOf(reading) ?? '' }];
  return undefined;
}

/** A list names what days it is about; a lesson it names is one there is. */
function asList(heard: Heard): Heard {
  const { asap: _asap, durationMinutes: _minutes, ...rest } = heard;
  return rest;
}

function isLate(reading: Reading): boolean {
  const minutes = lateMinutes(reading);
  const words = reading.units.map(wordOf);
  if (words.includes('if') || (words[0] === 'can' && words[1] === 'i')) return false;
  return minutes !== undefined || !hasUnits(reading, 'day') || words.includes('late') || words.includes('running');
}

function late(reading: Reading): Heard {
  const minutes = lateMinutes(reading);
  const [ref] = pointing(
    reading,
    'running_late',
    reading.units.filter(
      (unit) =>
        (unit.kind === 'time' && !(unit.bare && Number(reading.tokens[unit.to - 1]?.text) === minutes)) ||
        unit.kind === 'person',
    ),
  );
  return {
    intent: 'running_late',
    ...(minutes === undefined ? {} : { lateMinutes: minutes }),
    ...(ref?.lessonRef === undefined ? {} : { lessonRef: ref.lessonRef }),
  };
}

function priced(reading: Reading): Heard[] {
  const duration = reading.units.find((unit) => unit.kind === 'duration');
  return [{ intent: 'price', ...(duration?.kind === 'duration' ? { durationMinutes: duration.minutes } : {}) }];
}

/** "cancel tues" drops; "cancel tues, can i do wed" moves. */
function cancelling(reading: Reading): Heard[] {
  const moved = moving(reading, false);
  const wanted = moved[0];
  const instead = reading.units.some((unit) => ['instead', 'rebook'].includes(wordOf(unit)));
  if (
    wanted?.lessonRef !== undefined &&
    (wanted.date ?? wanted.time ?? wanted.window) !== undefined &&
    (instead || reading.text.includes('?') || has(reading, 'but'))
  )
    return moved;
  return pointing(reading, 'cancel');
}

/** "cant make sat" may drop or move, and with another day in it moves. */
function cannot(reading: Reading): Heard[] | undefined {
  const moved = moving(reading, false);
  const [first] = moved;
  if (
    first !== undefined &&
    first.lessonRef !== undefined &&
    (first.date ?? first.dates ?? first.time ?? first.window) !== undefined
  )
    return moved;
  const dropped = pointing(reading, 'cancel');
  return dropped.flatMap((heard): Heard[] => [heard, { ...heard, intent: 'reschedule' }]).slice(0, 4);
}

function pickup(reading: Reading): Heard {
  const at = has(reading, 'pickup');
  const note = said(reading, at?.to ?? 0, reading.units.length);
  return { intent: 'pickup', ...(note === '' ? {} : { note }) };
}

/** Greetings, thanks, a bare yes or no, a name given unasked. */
function small(reading: Reading): Heard[] | undefined {
  const name = nameGiven(reading, false);
  const strange = leftover(reading).length;
  const plain = yesNo(reading);
  if (
    name !== undefined &&
    has(reading, 'nameIs') !== undefined &&
    /name|call me|this is|^im |i'm /i.test(reading.text)
  )
    return [{ intent: 'give_name', name }];
  if (has(reading, 'more') !== undefined && strange === 0) return [{ intent: 'more' }];
  if (has(reading, 'thanks') !== undefined && strange < 3 && !reading.text.includes('?')) return [{ intent: 'thanks' }];
  if (has(reading, 'chatter') !== undefined) return undefined;
  if (plain !== undefined && strange < 4 && reading.tokens.length < 9) return [plain];
  if (has(reading, 'greeting') !== undefined && strange < 2 && !hasUnits(reading, 'day', 'time', 'person'))
    return [{ intent: 'greeting' }];
  return undefined;
}
