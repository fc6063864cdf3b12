import type { Heard, Intent, Listening, Understood } from '../../flows/heard';
import words from '../../flows/words/closer.en.json';
import { isOnlyPickup, placeIn } from './pickup-words';
import { isKnown } from './understand/text/spell';

/**
 * What a student's words say beside their intent, looked at once more closely: an instructor that the school does not
 * have, where to be picked up, the next lesson only. Pure; what was understood stays, these are added.
 */
export function closer(text: string, understood: Understood, listening: Listening): Understood {
  if (listening.role !== 'student' || listening.asked.kind === 'name') return understood;
  const [first, ...rest] = understood.readings;
  const stranger = strangerIn(text, first, listening);
  const named = (heard: Heard): Heard => ({ ...heard, ...(stranger && { unknownInstructor: stranger }) });
  const readings: Understood['readings'] = [named(asked(text, first, stranger !== null)), ...rest.map(named)];
  const place = placeIn(text, listening);
  if (!place) return { ...understood, readings };
  const pickup: Heard = { intent: 'pickup', ...place };
  if (GIVES_WAY.has(first.intent) || (first.intent === 'book' && isOnlyPickup(text, place.place!)))
    return { ...understood, readings: [pickup] };
  const also = understood.also.filter((one) => one.intent !== 'pickup' && one.intent !== 'human');
  return { ...understood, readings, also: [...also, pickup] };
}

/** A text of these is about the pick-up when it names a place. */
const GIVES_WAY = new Set<Intent>(['pickup', 'human', 'unknown', 'list_lessons', 'give_name', 'greeting', 'thanks']);

function asked(text: string, heard: Heard, stranger: boolean): Heard {
  const open = heard.intent === 'unknown' || heard.intent === 'human';
  if (says(text, words.hoursDone) && (open || heard.intent === 'list_lessons')) return { intent: 'hours' };
  if (says(text, words.owing) && (open || heard.intent === 'price' || heard.intent === 'list_lessons'))
    return { intent: 'how_to_pay' };
  if (says(text, words.complaint) && (open || heard.intent === 'give_name')) return { intent: 'human' };
  if (says(text, words.where) && open) return { intent: 'pickup' };
  if (heard.intent === 'unknown' && stranger) return { ...heard, intent: 'book' };
  if (heard.intent === 'book' && says(text, words.freeTimes)) return { ...heard, intent: 'availability' };
  if (heard.intent === 'list_lessons' && says(text, words.next)) return { ...heard, lessonRef: { which: 'next' } };
  return heard;
}

const says = (text: string, patterns: string[]) => new RegExp(`\\b(?:${patterns.join('|')})\\b`, 'iu').test(text);

const WITH = new RegExp(`\\b(?:${words.with.join('|')})[/ ]+(\\p{L}[\\p{L}'-]{2,})`, 'iu');
const ASKED_OF = new RegExp(
  `\\b(?:${words.asksOf.join('|')}) (\\p{L}[\\p{L}'-]{2,}) (?:${words.teaches.join('|')})\\b`,
  'iu',
);
const NOT_NAMES = new Set(words.notNames);

/** "with dave", "is dave free": a name that is nobody of the school, as it was written; null when there is none. */
function strangerIn(text: string, heard: Heard, { instructors }: Listening): string | null {
  if (heard.instructor !== undefined || heard.perhapsInstructor) return null;
  const said = (WITH.exec(text) ?? ASKED_OF.exec(text))?.[1];
  const name = said?.toLowerCase() ?? '';
  if (!said || NOT_NAMES.has(name) || isKnown(name) || name === heard.learner?.toLowerCase()) return null;
  if (instructors.some((one) => one.toLowerCase().split(' ').includes(name))) return null;
  return said[0]!.toUpperCase() + said.slice(1);
}
