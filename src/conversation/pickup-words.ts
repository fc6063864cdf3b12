import type { Heard, Listening } from '../../flows/heard';
import words from '../../flows/words/closer.en.json';
import { understand } from './understand';

const any = (patterns: string[]) => `(?:${patterns.join('|')})`;
const CUE = new RegExp(
  `\\b${any(words.pickMeUp)}(?: ${any(words.placeIs)})?(?:(?: *[:=-]? *\\b${any(words.leads)}\\b| *:)+ *| +(?=${any(words.beside)} ))(?<place>.+)$`,
  'iu',
);
const OWN = new RegExp(`\\b${any(words.own)}\\b`, 'iu');
const THERE_FIRST = new RegExp(words.thereFirst, 'iu');
const ASKED = new RegExp(`\\b${any(words.askedBefore)}\\b`, 'iu');
const ALWAYS = new RegExp(`[,. ]*\\b${any(words.always)}\\b`, 'iu');
const ONCE = new RegExp(`[,. ]*\\b${any(words.once)}\\b`, 'iu');
const TIME = '(?:at )?\\d{1,2}(?:[:.]\\d\\d)? ?(?:am|pm)';
const DAY = new RegExp(
  `[,. ]*\\b(?:on |this |next |for )*(?:${any(words.days)}(?: ${TIME})?|${TIME})(?:'?s)?(?: lesson)?(?=[\\s,.!?]|$)`,
  'iu',
);
const TRAILING = new RegExp(`(?:[,. ]+|^)(?:${any(words.trailing)})[.! ]*$`, 'iu');
const NOT_A_PLACE = new Set(words.notAPlace);

/** "pick me up from work for my 3pm lesson": of a lesson there is, though a time is named as in a booking. */
export function isOnlyPickup(text: string, place: string): boolean {
  return CUE.exec(text.trim())?.index === 0 && OWN.test(text.replace(place, ''));
}

/** Where a student asks to be picked up, for which lesson or for good; null when the words name no place, or only ask. */
export function placeIn(text: string, listening: Listening): Pick<Heard, 'place' | 'placeFor' | 'lessonRef'> | null {
  const plain = text.replace(/\s+/g, ' ').trim();
  const found = THERE_FIRST.exec(plain) ?? CUE.exec(plain);
  if (!found || ASKED.test(plain.slice(0, found.index))) return null;
  const place = cleaned(found.groups!.place!);
  if (place.length < 2 || !/\p{L}{2}/u.test(place) || NOT_A_PLACE.has(place.toLowerCase())) return null;
  const rest = plain.replace(place, ' ');
  const placeFor = ALWAYS.test(rest) ? 'always' : ONCE.test(rest) ? 'once' : undefined;
  const lessonRef = placeFor === 'always' ? undefined : lessonNamed(rest, listening);
  return { place, ...(placeFor && { placeFor }), ...(lessonRef && { lessonRef }) };
}

/** Without what was said of when, how often, and please. */
function cleaned(said: string): string {
  let place = said.replace(ALWAYS, ' ').replace(ONCE, ' ').replace(DAY, ' ').replace(/\s+/g, ' ').trim();
  for (let before = ''; before !== place; ) {
    before = place;
    place = place.replace(TRAILING, '').replace(/[\s,.!?]+$/, '');
  }
  return place.slice(0, 80).trim();
}

/** The day or time is read as in any other sentence about a lesson. */
function lessonNamed(rest: string, listening: Listening) {
  const when = DAY.exec(rest)?.[0];
  if (!when) return undefined;
  const sentence = `drop my ${when.replace(/^[,. ]*(?:on |for )?|lesson/giu, '')} lesson`;
  return understand(sentence, { ...listening, asked: { kind: 'idle' } }).readings[0].lessonRef;
}
