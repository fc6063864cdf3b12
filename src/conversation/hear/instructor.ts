import type { Heard, Listening, Understood } from '../../../flows/heard';
import { localDateOf } from '../../domain/time';
import { choicesIn, type Place, stateName } from '../place';
import { understand } from '../understand';
import { hoursIn } from './hours';
import { numbersIn } from './numbers';

const ORDER = /^\W*(?:off|back|sick|start|done|book)\b/i;
const ANSWERS = new Set<Heard['intent']>(['confirm_yes', 'confirm_no', 'choose_option']);

const CANNOT =
  /\b(?:sick|crook|unwell|im ill|i'm ill|ill today|(?:car|clutch|engine|gearbox|battery)\b.*\b(?:broke|broken|dead|died|gone|flat)|broke(?:n)? down|breakdown|flat battery|no car|car accident|family emergency|cant make it|can't make it|cant come|can't come|cancel all)\b/i;
const MAY_BE_AWAY = new Set<Heard['intent']>([
  'block_time',
  'unknown',
  'schedule_today',
  'schedule_day',
  'cancel_lesson',
  'human',
  'question' as never,
]);

/** What an instructor's or the owner's text means where their conversation stands: numbers and names of what was listed, else as anywhere. */
export function hearInstructor(text: string, place: Place, listening: Listening): Understood {
  const chosen = chosenIn(text, place);
  if (chosen) return { readings: [chosen], also: [], why: ['an answer to what was asked'] };
  const week = listening.role === 'instructor' ? hoursIn(text) : null;
  if (week) return { readings: [{ intent: 'hours', week }], also: [], why: ["the week's working hours"] };
  if (listening.role === 'instructor' && CANNOT.test(text) && !text.includes('?')) {
    const away = awayIn(understand(text, { ...listening, asked: { kind: 'idle' } }), listening);
    if (away) return away;
  }
  // An order is no answer, nor is anything but yes or no one to time off that is to be confirmed.
  const anew = () => understand(text, { ...listening, asked: { kind: 'idle' } });
  if (ORDER.test(text)) return anew();
  const understood = understand(text, listening);
  const answers = ANSWERS.has(understood.readings[0].intent);
  return /^(off|away|hours)\./.test(stateName(place.value)) && !answers ? anew() : understood;
}

/** Ill or without a car, on the day that was said or today; a student of that name who is ill is another matter. */
function awayIn(understood: Understood, { now, zone }: Listening): Understood | null {
  const [heard] = understood.readings;
  const { lessonRef } = heard;
  if (!MAY_BE_AWAY.has(heard.intent) || lessonRef?.student !== undefined || lessonRef?.time !== undefined) return null;
  const date = heard.date ?? lessonRef?.date ?? localDateOf(now, zone);
  const { intent: _, lessonRef: _ref, ...rest } = heard;
  const away: Heard =
    heard.intent === 'block_time' && heard.range ? { ...rest, intent: 'block_time' } : { intent: 'block_time', date };
  const hours = heard.intent === 'block_time' && heard.window ? { window: heard.window } : {};
  return { ...understood, readings: [{ ...away, ...hours, cannotCome: true }] };
}

function chosenIn(text: string, place: Place): Heard | null {
  if (!/\.(which|choose)$/.test(stateName(place.value))) return null;
  const numbers = numbersIn(text, Math.max(choicesIn(place), 9));
  if (numbers?.length === 1) return { intent: 'choose_option', option: numbers[0]! };
  const said = text.trim().toLowerCase();
  const named = place.memory.students.flatMap(({ name }, at) =>
    said !== '' && name.toLowerCase().split(' ').concat(name.toLowerCase()).includes(said) ? [at + 1] : [],
  );
  return named.length === 1 ? { intent: 'choose_option', option: named[0]! } : null;
}
