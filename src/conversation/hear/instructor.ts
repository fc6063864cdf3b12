import type { Heard, Listening, Understood } from '../../../flows/heard';
import { choicesIn, type Place, stateName } from '../place';
import { understand } from '../understand';
import { hoursIn } from './hours';
import { numbersIn } from './numbers';

const ORDER = /^\W*(?:off|back|sick|start|done|book)\b/i;
const ANSWERS = new Set<Heard['intent']>(['confirm_yes', 'confirm_no', 'choose_option']);

/** What an instructor's or the owner's text means where their conversation stands: numbers and names of what was listed, else as anywhere. */
export function hearInstructor(text: string, place: Place, listening: Listening): Understood {
  const chosen = chosenIn(text, place);
  if (chosen) return { readings: [chosen], also: [], why: ['an answer to what was asked'] };
  const week = listening.role === 'instructor' ? hoursIn(text) : null;
  if (week) return { readings: [{ intent: 'hours', week }], also: [], why: ["the week's working hours"] };
  // An order is no answer, nor is anything but yes or no one to time off that is to be confirmed.
  const anew = () => understand(text, { ...listening, asked: { kind: 'idle' } });
  if (ORDER.test(text)) return anew();
  const understood = understand(text, listening);
  const answers = ANSWERS.has(understood.readings[0].intent);
  return /^(off|hours)\./.test(stateName(place.value)) && !answers ? anew() : understood;
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
