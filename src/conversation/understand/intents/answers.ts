import type { Asked, Heard } from '../../../../flows/heard';
import { firstDay } from '../../dates/day';
import { digitsOf } from '../fields/digits';
import { durationSaid } from '../fields/duration';
import { lengthNamed } from '../fields/length-named';
import { amending } from '../fields/student';
import { shiftOf } from '../fields/wanting';
import { corrected } from '../merge/correct';
import { nameGiven } from '../names/name';
import { has, hasUnits, leftover, type Reading } from '../reading';
import { wordOf } from '../units/unit';
import { chosen, optionSaid } from './offered';
import { yesNo } from './yes-no';

/** What a text answers, given what we asked; undefined when it is no answer and must be read as any other text. */
export function answer(reading: Reading): Heard[] | undefined {
  const { asked } = reading.listening;
  switch (asked.kind) {
    case 'idle':
      return undefined;
    case 'code':
      return code(reading);
    case 'name':
      return name(reading);
    case 'duration':
      return durationSaid(reading);
    case 'confirm':
      return confirm(reading, asked);
    case 'slots':
      return chosen(reading, asked);
    case 'choice':
      return choice(reading, asked.options);
    case 'when':
    case 'time':
    case 'moveWhen':
      return undefined;
  }
}

const QUESTIONS = ['price', 'howToPay', 'human', 'waitlist', 'practical', 'late', 'help', 'move', 'stop', 'list'];

/** The number of an option, and we offered none. */
const LIST_NUMBER = /^\W*(?:option|number)?\s*[1-3]\s*[.!)]*\s*$/i;

function confirm(reading: Reading, asked: Extract<Asked, { kind: 'confirm' }>): Heard[] | undefined {
  if (LIST_NUMBER.test(reading.text)) return [{ intent: 'unknown' }];
  if (isHalfMeant(reading)) return amended(reading);
  const plain = yesNo(reading);
  const slotted =
    corrected(reading).some((unit) => ['day', 'time', 'person', 'duration'].includes(unit.kind) && !unit.not) ||
    Object.keys(lengthNamed(reading)).length > 0;
  const excluded = reading.units.some(
    (unit) => unit.not && (unit.kind === 'day' || unit.kind === 'time' || unit.kind === 'person'),
  );
  const cancels = has(reading, 'cancel') !== undefined && has(reading, 'cancelNot') === undefined;
  if (
    plain === undefined ||
    (!slotted && plain.yes === false && QUESTIONS.some((label) => has(reading, label)) && leftover(reading).length > 3)
  ) {
    if (!slotted && !excluded) return undefined;
    if (cancels || has(reading, 'late') || has(reading, 'waitlist') || has(reading, 'price')) return undefined;
    if (has(reading, 'aside') || (has(reading, 'notLate') && has(reading, 'availability'))) return undefined;
    if (asks(reading) && has(reading, 'but') === undefined) return undefined;
    return amended(reading);
  }
  if (!slotted) return [plain];
  if (
    plain.yes === true &&
    (has(reading, 'but') === undefined || has(reading, 'noWorries') !== undefined) &&
    repeats(reading, asked)
  )
    return [plain];
  return amended(reading);
}

/** What changes in the proposal; a refusal that names nothing else is a no. */
function amended(reading: Reading): Heard[] {
  const readings = amending(reading);
  const empty = readings.every((heard) => Object.keys(heard).length === 1);
  return empty ? [{ intent: 'confirm_no', yes: false }] : readings;
}

/** "no i meant pm". */
function isHalfMeant(reading: Reading): boolean {
  return Math.abs(shiftOf(reading)?.shiftMinutes ?? 0) === 12 * 60;
}

/** "is that with sam?" asks, "can it be sat?" changes. */
function asks(reading: Reading): boolean {
  return (
    reading.text.includes('?') &&
    ['is', 'does', 'what', 'whats', 'who', 'where', 'how', 'why'].includes(wordOf(reading.units[0])) &&
    wordOf(reading.units[1]) !== 'about'
  );
}

/** A yes that says the proposed day or time again changes nothing. */
function repeats(reading: Reading, asked: Extract<Asked, { kind: 'confirm' }>): boolean {
  if (asked.at === undefined) return true;
  const [day, time] = asked.at.split('T');
  return reading.units.every((unit) => {
    if (unit.not) return true;
    if (unit.kind === 'day')
      return unit.orToday === day || unit.meanings.some((meaning) => firstDay(meaning) === day || 'range' in meaning);
    if (unit.kind === 'time')
      return unit.form !== 'clock' || unit.meanings.some((meaning) => 'time' in meaning && meaning.time === time);
    return unit.kind !== 'person' || asked.instructor === undefined || asked.instructor.toLowerCase() === unit.name;
  });
}

function choice(reading: Reading, options: number): Heard[] | undefined {
  const picked = optionSaid(reading, options);
  if (picked.length > 0) return picked.map((option) => ({ intent: 'choose_option', option }));
  const plain = yesNo(reading);
  return plain === undefined || hasUnits(reading, 'day', 'time') ? undefined : [plain];
}

function code(reading: Reading): Heard[] | undefined {
  if (has(reading, 'resend') !== undefined && !digitsOf(reading)) return [{ intent: 'resend_code' }];
  const otp = digitsOf(reading);
  return otp === undefined ? undefined : [{ intent: 'give_otp', otp }];
}

function name(reading: Reading): Heard[] | undefined {
  for (const label of ['stop', 'human', 'menu'])
    if (has(reading, label) !== undefined && nameGiven(reading, false) === undefined) return undefined;
  const given = nameGiven(reading, true);
  if (given === undefined || isOrder(reading)) return undefined;
  return [{ intent: 'give_name', name: given }];
}

/** "nah", "no thanks", "resched": every word belongs to something one says to us, so it is nobody's name. */
function isOrder(reading: Reading): boolean {
  const days = reading.units.filter((unit) => unit.kind === 'day' || unit.kind === 'time');
  if (days.some((unit) => unit === reading.units[0] && unit.kind === 'day' && unit.form !== 'span'))
    return leftover(reading).length === 0;
  const [first] = reading.found.filter((one) => one.from === 0 && ORDERS.has(one.label));
  const lead = has(reading, 'nameIs');
  return first !== undefined && lead === undefined && leftover(reading).length === 0;
}

const ORDERS = new Set(
  'no yes strongNo yeahNah nahYeah noWorries hold cancel keep move book bookStrong price list help human more availability asap late waitlist paid howToPay resend thanks greeting notLate who pickup cannot undecided aside chatter question'.split(
    ' ',
  ),
);
