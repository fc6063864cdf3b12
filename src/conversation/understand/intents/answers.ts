import type { Asked, Heard } from '../../../../flows/heard';
import { firstDay } from '../../dates/day';
import { corrected } from '../merge/correct';
import { has, hasUnits, leftover, type Reading } from '../reading';
import { ORDINALS } from '../text/words';
import { type Unit, wordOf } from '../units/unit';
import { wanting } from './build';
import { nameGiven } from './name';

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
      return duration(reading);
    case 'confirm':
      return confirm(reading, asked);
    case 'slots':
      return slots(reading, asked);
    case 'choice':
      return choice(reading, asked.options);
    case 'when':
    case 'time':
    case 'moveWhen':
      return undefined;
  }
}

/** Yes or no as people say it; the last word of "yeah nah" counts, "no worries" is yes. */
export function yesNo(reading: Reading): Heard | undefined {
  if (has(reading, 'yeahNah') !== undefined) return { intent: 'confirm_no', yes: false };
  if (has(reading, 'nahYeah') !== undefined || has(reading, 'noWorries') !== undefined) return { intent: 'confirm_yes', yes: true };
  const no = has(reading, 'no');
  const yes = has(reading, 'yes');
  if (no !== undefined && (yes === undefined || no.from <= yes.from)) return { intent: 'confirm_no', yes: false };
  return yes === undefined ? undefined : { intent: 'confirm_yes', yes: true };
}

const QUESTIONS = ['price', 'howToPay', 'human', 'waitlist', 'practical', 'late', 'help', 'move', 'stop', 'list'];

function confirm(reading: Reading, asked: Extract<Asked, { kind: 'confirm' }>): Heard[] | undefined {
  const plain = yesNo(reading);
  const slotted = corrected(reading).some((unit) => ['day', 'time', 'person', 'duration'].includes(unit.kind) && !unit.not);
  const excluded = reading.units.some((unit) => unit.not && (unit.kind === 'day' || unit.kind === 'time' || unit.kind === 'person'));
  const cancels = has(reading, 'cancel') !== undefined && has(reading, 'cancelNot') === undefined;
  if (plain === undefined || (!slotted && plain.yes === false && QUESTIONS.some((label) => has(reading, label)) && leftover(reading).length > 3)) {
    if (!slotted && !excluded) return undefined;
    if (cancels || has(reading, 'late') || has(reading, 'waitlist') || has(reading, 'price')) return undefined;
    if (asks(reading) && has(reading, 'but') === undefined) return undefined;
    return amended(reading);
  }
  if (!slotted) return [plain];
  if (plain.yes === true && (has(reading, 'but') === undefined || has(reading, 'noWorries') !== undefined) && repeats(reading, asked)) return [plain];
  return amended(reading);
}

/** What changes in the proposal; a refusal that names nothing else is a no. */
function amended(reading: Reading): Heard[] {
  const readings = wanting(reading, 'book', corrected(reading).filter((unit) => unit.kind !== 'number'));
  const empty = readings.every((heard) => Object.keys(heard).length === 1);
  return empty ? [{ intent: 'confirm_no', yes: false }] : readings;
}

/** "is that with sam?" asks, "can it be sat?" changes. */
function asks(reading: Reading): boolean {
  return reading.text.includes('?') && ['is', 'does', 'what', 'whats', 'who', 'where', 'how', 'why'].includes(wordOf(reading.units[0])) && wordOf(reading.units[1]) !== 'about';
}

/** A yes that says the proposed day or time again changes nothing. */
function repeats(reading: Reading, asked: Extract<Asked, { kind: 'confirm' }>): boolean {
  if (asked.at === undefined) return true;
  const [day, time] = asked.at.split('T');
  return reading.units.every((unit) => {
    if (unit.not) return true;
    if (unit.kind === 'day') return unit.orToday === day || unit.meanings.some((meaning) => firstDay(meaning) === day || 'range' in meaning);
    if (unit.kind === 'time') return unit.form !== 'clock' || unit.meanings.some((meaning) => 'time' in meaning && meaning.time === time);
    return unit.kind !== 'person' || asked.instructor === undefined || asked.instructor.toLowerCase() === unit.name;
  });
}

function slots(reading: Reading, asked: Extract<Asked, { kind: 'slots' }>): Heard[] | undefined {
  const { offered } = asked;
  const picked = optionSaid(reading, offered.length);
  if (picked.length > 0) return picked.map((option) => ({ intent: 'choose_option', option }));
  const more = has(reading, 'more');
  const slotted = hasUnits(reading, 'day', 'time', 'person', 'number');
  const chosen = slotted ? matching(reading, offered) : superlative(reading, offered);
  if (chosen !== undefined) return chosen.map((option) => ({ intent: 'choose_option', option }));
  if (has(reading, 'cancel') !== undefined || has(reading, 'human') !== undefined || has(reading, 'price') !== undefined || has(reading, 'waitlist') !== undefined) return undefined;
  if (hasUnits(reading, 'day', 'time', 'person', 'duration')) return wanting(reading, 'book', promoted(reading));
  if (hasUnits(reading, 'number') && leftover(reading).length === 0) return wanting(reading, 'book', promoted(reading));
  const plain = yesNo(reading);
  if (plain?.yes === false) return [plain];
  if (more !== undefined) return [{ intent: 'more' }];
  if (plain?.yes === true) return offered.length === 1 ? [{ intent: 'choose_option', option: 1 }] : [plain];
  return undefined;
}

function promoted(reading: Reading): Unit[] {
  return corrected(reading).map((unit) => (unit.kind === 'number' && unit.clock !== undefined ? { ...unit.clock, from: unit.from, to: unit.to } : unit));
}

/** "3", "no 3 thanks", "option 2", "second", "#1": numbers of the list, unless a day or time is said. */
function optionSaid(reading: Reading, count: number): number[] {
  const options: number[] = [];
  const words = reading.units.map(wordOf);
  for (const [i, unit] of reading.units.entries()) {
    if (unit.kind === 'day' && unit.form === 'ordinal') {
      const value = ordinalOf(reading, unit);
      if (value !== undefined && value <= count && !words.includes('of')) options.push(value);
      else return [];
    } else if (unit.kind === 'number') {
      const minus = reading.tokens[unit.to]?.text;
      if (unit.value < 1 || unit.value > count || unit.digits.length > 1 && unit.digits.length !== reading.tokens[unit.from]?.text.length || minus === ':') return [];
      if (['not', 'before', 'after'].includes(words[i - 1] ?? '')) continue;
      options.push(unit.value);
    } else if (unit.kind === 'day' || unit.kind === 'duration' || unit.kind === 'masked' || unit.not) {
      if (unit.kind !== 'day') return [];
    } else if (unit.kind === 'time' && unit.form === 'clock') {
      const [meaning] = unit.meanings;
      const number = Number(reading.tokens[unit.to - 1]?.text);
      if (unit.bare && number >= 1 && number <= count && meaning !== undefined && reading.units.every((other) => other.kind !== 'day') && !['at', 'around'].includes(words[i - 1] ?? '')) options.push(number);
      else return [];
    } else if (unit.kind === 'word' && /^[abc]$/i.test(unit.token.raw) && ['option', 'letter'].includes(words[i - 1] ?? '')) {
      options.push('abc'.indexOf(unit.token.raw.toLowerCase()) + 1);
    } else if (unit.kind === 'word' && unit.token.text === 'one') {
      const first = words.filter((word) => word !== '');
      if (first.length === 1 || ['option', 'number', 'slot', 'choice'].includes(words[i - 1] ?? '') || (i === 0 && ['please', 'thanks'].includes(words[1] ?? ''))) options.push(1);
    } else if (unit.kind === 'word' && /^(last|final|bottom)$/.test(unit.token.text) && reading.units.length <= 5) options.push(count);
    else if (unit.kind === 'word' && unit.token.text === 'top' && reading.units.length <= 4) options.push(1);
    else if (unit.kind === 'word' && unit.token.text === 'middle' && count === 3) options.push(2);
    else if (unit.kind === 'word' && ORDINALS.has(unit.token.text) && (ORDINALS.get(unit.token.text) ?? 99) <= count) options.push(ORDINALS.get(unit.token.text) ?? 0);
  }
  const corrections = has(reading, 'correct');
  if (corrections !== undefined && options.length > 1) return options.slice(-1);
  if (options.length > 0 && reading.units.some((unit) => unit.kind === 'day' && unit.form !== 'ordinal')) return [];
  return leftover(reading).length > 3 ? [] : [...new Set(options)];
}

function ordinalOf(reading: Reading, unit: Unit): number | undefined {
  for (const token of reading.tokens.slice(unit.from, unit.to)) {
    if (token.kind === 'number') return Number(token.text);
    const value = ORDINALS.get(token.text);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** "the saturday one", "the 2pm", "with priya": the offered slots that fit all that was said. */
function matching(reading: Reading, offered: readonly { at: string; instructor?: string }[]): number[] | undefined {
  const units = promoted(reading).filter((unit) => !unit.not);
  if (units.some((unit) => unit.kind === 'duration' || unit.kind === 'masked')) return undefined;
  const fits = offered.flatMap((slot, i) => {
    const [day = '', time = ''] = slot.at.split('T');
    const fit = units.every((unit) => {
      if (unit.kind === 'day') return unit.orToday === day || unit.meanings.some((meaning) => ('date' in meaning ? meaning.date === day : 'range' in meaning ? meaning.range.from <= day && day <= meaning.range.to : false));
      if (unit.kind === 'time') return unit.meanings.some((meaning) => ('time' in meaning ? meaning.time === time : unit.form !== 'range' && meaning.window.from <= time && time < meaning.window.to));
      if (unit.kind === 'person') return slot.instructor !== undefined && slot.instructor.toLowerCase().startsWith(unit.name);
      return true;
    });
    return fit ? [i + 1] : [];
  });
  const exact = units.some((unit) => unit.kind === 'time' && unit.form === 'clock') || units.some((unit) => unit.kind === 'person');
  const one = reading.units.some((unit) => ['one', 'option', 'works', 'good', 'fine', 'slot', 'please', 'the', 'ill'].includes(wordOf(unit)));
  if (fits.length === 0) return undefined;
  if (fits.length === 1 && (exact || one || leftover(reading).length === 0)) return fits;
  return fits.length > 1 && one && exact ? fits : undefined;
}

/** "the earliest one", "latest". */
function superlative(reading: Reading, offered: readonly { at: string }[]): number[] | undefined {
  const words = reading.units.map(wordOf);
  if (reading.units.length > 6 || has(reading, 'more') !== undefined) return undefined;
  const order = offered.map((slot, i) => ({ at: slot.at, option: i + 1 })).sort((a, b) => (a.at < b.at ? -1 : 1));
  if (words.includes('one') || words.length <= 3) {
    if (words.includes('earliest') || words.includes('soonest') || (words.includes('earlier') && words.includes('one'))) return order.slice(0, 1).map((slot) => slot.option);
    if (words.includes('latest') || (words.includes('later') && words.includes('one'))) return order.slice(-1).map((slot) => slot.option);
  }
  return undefined;
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

/** Four to eight digits, also said with spaces or hyphens between. */
export function digitsOf(reading: Reading): string | undefined {
  let run = '';
  const runs: string[] = [];
  for (const token of reading.tokens) {
    if (token.kind === 'number') run += token.text;
    else if (token.kind === 'sign' && run !== '') continue;
    else {
      runs.push(run);
      run = '';
    }
  }
  runs.push(run);
  return runs.find((digits) => digits.length >= 4 && digits.length <= 8);
}

function name(reading: Reading): Heard[] | undefined {
  for (const label of ['stop', 'human', 'menu']) if (has(reading, label) !== undefined && nameGiven(reading, false) === undefined) return undefined;
  const given = nameGiven(reading, true);
  if (given === undefined) return undefined;
  return [{ intent: 'give_name', name: given }];
}

function duration(reading: Reading): Heard[] | undefined {
  if (hasUnits(reading, 'duration')) return undefined;
  const hours = /^\s*([1-3])(?:[.]5|\s?½)\b/.exec(reading.text);
  if (hours !== null) return [{ intent: 'book', durationMinutes: Number(hours[1]) * 60 + 30 }];
  const [only] = reading.units.filter((unit) => unit.kind === 'number' || unit.kind === 'time');
  const value = only?.kind === 'number' ? only.value : only === undefined ? Number.NaN : Number(reading.tokens[only.from]?.text);
  if (hasUnits(reading, 'day')) return undefined;
  if (wordOf(reading.units[0]) === 'one' && Number.isNaN(value)) return [{ intent: 'book', durationMinutes: 60 }];
  if (value >= 1 && value <= 3) {
    const half = reading.tokens.some((token, i) => token.text === '.' && reading.tokens[i + 1]?.text === '5') || reading.text.includes('half');
    return [{ intent: 'book', durationMinutes: value * 60 + (half ? 30 : 0) }];
  }
  return value >= 30 && value <= 240 ? [{ intent: 'book', durationMinutes: value }] : undefined;
}
