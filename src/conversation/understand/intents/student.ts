import type { Heard } from '../../../../flows/heard';
import { lateMinutes } from '../fields/late';
import { asksToMove, moving } from '../fields/moving';
import { pointing } from '../fields/pointing';
import { lateBy, listing, priced } from '../fields/student';
import { wanting } from '../fields/wanting';
import { nameGiven } from '../names/name';
import { has, hasUnits, labelsOf, leftover, type Reading } from '../reading';
import { wordOf } from '../units/unit';
import { answer } from './answers';
import { bookFirst, booking } from './booking';
import { yesNo } from './yes-no';

const OPEN_QUESTIONS = new Set(['when', 'time', 'moveWhen', 'confirm', 'slots', 'duration']);

/** What a student's text asks for, all readings, best first. */
export function student(reading: Reading): Heard[] {
  return (
    urgent(reading) ?? musing(reading) ?? answer(reading) ?? asked(reading) ?? small(reading) ?? [{ intent: 'unknown' }]
  );
}

/** What goes before any answer to our question. */
function urgent(reading: Reading): Heard[] | undefined {
  if (has(reading, 'stop') !== undefined) return [{ intent: 'stop' }];
  if (has(reading, 'start') !== undefined) return [{ intent: 'start' }];
  if (has(reading, 'menu') !== undefined) return [{ intent: 'menu' }];
  if (reading.tokens.length === 0 || isForeign(reading) || CODE.test(reading.text)) return nothing(reading);
  return undefined;
}

/** "1 sec", "please dont cancel", "not sure when my roster comes out": nothing to do yet, though days and numbers are named. */
function musing(reading: Reading): Heard[] | undefined {
  const heard = labelsOf(reading);
  const { kind } = reading.listening.asked;
  if (
    heard.has('hold') &&
    !heard.has('no') &&
    kind !== 'code' &&
    leftover(reading).length < 2 &&
    !hasUnits(reading, 'day')
  )
    return nothing(reading);
  const aside = has(reading, 'aside');
  const books = reading.found.some((one) => one.label === 'bookStrong' && one.from >= (aside?.to ?? 0));
  if (books || asksToMove(reading)) return undefined;
  if (heard.has('keep') || heard.has('testMoved')) return nothing(reading);
  return (aside !== undefined || heard.has('undecided')) && !heard.has('cannot') && !heard.has('late')
    ? nothing(reading)
    : undefined;
}

/** Markup, queries and orders to a machine are nobody's lesson. */
const CODE =
  /<\/?(?:script|img|iframe|html|a)\b|\b(?:select|insert|delete|update|drop)\b[^.]{0,60}\b(?:from|into|table|where)\b.*[=;*]|drop table|system prompt|pretend (?:to be|you)|you are now|\{\{|\$\{|'\s*or\s*'|ignore (?:all |any |the )?(?:previous|prior|above)/i;

function nothing(reading: Reading): Heard[] {
  return /^[\s?]*\?[\s?]*$/.test(reading.text) ? [{ intent: 'help' }] : [{ intent: 'unknown' }];
}

const PLAIN = /^[\x00-\x7f]*$/;

/** Most of its letters are of another script. */
function isForeign(reading: Reading): boolean {
  if (PLAIN.test(reading.text)) return false;
  const letters = reading.text.match(/\p{L}/gu) ?? [];
  const latin = letters.filter((letter) => /\p{Script=Latin}/u.test(letter)).length;
  return letters.length > 0 && latin < letters.length / 2 && reading.listening.asked.kind !== 'name';
}

function asked(reading: Reading): Heard[] | undefined {
  const open = OPEN_QUESTIONS.has(reading.listening.asked.kind);
  const heard = labelsOf(reading);
  const slotted = hasUnits(reading, 'day', 'time');
  if (heard.has('human')) return [{ intent: 'human' }];
  if (heard.has('waitlist')) return wanting(reading, 'waitlist');
  if (
    heard.has('late') &&
    (!heard.has('notLate') || hasUnits(reading, 'duration')) &&
    !asksToMove(reading) &&
    isLate(reading)
  )
    return lateBy(reading);
  if (heard.has('resend') && (/\bcode\b/i.test(reading.text) || heard.has('resend')) && !slotted)
    return [{ intent: 'resend_code' }];
  if (heard.has('howToPay')) return [{ intent: 'how_to_pay' }];
  if (heard.has('price') && !(heard.has('paid') && !reading.text.includes('?'))) return priced(reading);
  if (heard.has('paid')) return [{ intent: 'paid' }];
  if (
    hasUnits(reading, 'masked') &&
    reading.units.some((unit) => unit.kind === 'masked' && unit.what === 'price') &&
    reading.text.includes('?') &&
    !slotted
  )
    return priced(reading);
  const moves = asksToMove(reading);
  if (heard.has('again') && !moves && reading.listening.asked.kind !== 'moveWhen') return wanting(reading, 'book');
  if (moves) return moving(reading, reading.listening.asked.kind === 'moveWhen');
  if (reading.listening.asked.kind === 'moveWhen' && (slotted || hasUnits(reading, 'person', 'duration')))
    return moving(reading, true);
  if (heard.has('cancel') && !heard.has('cancelNot') && pointsAtLesson(reading)) return cancelling(reading);
  if (heard.has('cannot') && !open) return cannot(reading);
  if (heard.has('who') && !heard.has('bookStrong') && !listsFirst(reading)) return [{ intent: 'who' }];
  if (heard.has('list') && !bookFirst(reading) && !heard.has('cannot')) return listing(reading);
  if (heard.has('help') && !slotted) return [{ intent: 'help' }];
  return booking(reading, open);
}

/** "whens my next lesson and who is it with": the list says both. */
function listsFirst(reading: Reading): boolean {
  const [list, who] = [has(reading, 'list'), has(reading, 'who')];
  return list !== undefined && who !== undefined && list.to <= who.from;
}

function isLate(reading: Reading): boolean {
  const minutes = lateMinutes(reading);
  const words = reading.units.map(wordOf);
  if (words.includes('if') || (words[0] === 'can' && words[1] === 'i')) return false;
  return minutes !== undefined || !hasUnits(reading, 'day') || words.includes('late') || words.includes('running');
}

/** "cancel culture is so 2020" drops no lesson. */
function pointsAtLesson(reading: Reading): boolean {
  const strange = leftover(reading);
  const other = reading.units.some(
    (unit, i) => wordOf(unit) === 'my' && strange.includes(wordOf(reading.units[i + 1])),
  );
  return (
    hasUnits(reading, 'day', 'time', 'person') ||
    (strange.length < 2 && !other) ||
    reading.units.some((unit) => OURS.has(wordOf(unit)))
  );
}

const OURS = new Set(
  'lesson lessons booking bookings appointment drive session class it me the everything all'.split(' '),
);

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
  if (plain?.yes === false && has(reading, 'noThanks') !== undefined) return [plain];
  if (has(reading, 'thanks') !== undefined && strange < 3 && !reading.text.includes('?')) return [{ intent: 'thanks' }];
  if (has(reading, 'chatter') !== undefined) return undefined;
  if (plain !== undefined && strange < 4 && reading.tokens.length < 9) return [plain];
  if (has(reading, 'greeting') !== undefined && strange < 2 && !hasUnits(reading, 'day', 'time', 'person'))
    return [{ intent: 'greeting' }];
  return undefined;
}
