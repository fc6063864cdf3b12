import type { Heard, Listening, Understood } from '../../../flows/heard';
import { choicesIn, type Place, stateName } from '../place';
import { understand } from '../understand';
import { numbersIn } from './numbers';

/** What an instructor's or the owner's text means where their conversation stands: numbers and names of what was listed, else as anywhere. */
export function hearInstructor(text: string, place: Place, listening: Listening): Understood {
  const chosen = chosenIn(text, place);
  if (chosen) return { readings: [chosen], also: [], why: ['an answer to what was asked'] };
  return understand(text, listening);
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
