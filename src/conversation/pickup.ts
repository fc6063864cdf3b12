import type { Heard, Understood } from '../../flows/heard';
import type { LessonFact, PickupFact } from '../../flows/vocabulary';
import type { Instant } from '../domain/time';
import { lessonsMeant } from './meant';
import { type Place, stateName } from './place';

/** What the numbers of `ask.pickup.scope` stand for. */
const SCOPES = ['once', 'always'] as const;

/** Where a text asks to be picked up, and for which lessons; undefined when it names no place and answers no such question. */
export function pickupAsked(
  place: Place,
  state: string,
  understood: Understood,
  lessons: LessonFact[],
  zone: string,
  now: Instant,
): Omit<PickupFact, 'clash'> | undefined {
  const [heard] = understood.readings;
  const open = lessonsMeant(lessons, [], zone, now);
  if (state === 'pickup.scope' && heard.intent === 'choose_option') {
    const mode = SCOPES[(heard.option ?? 0) - 1];
    if (!mode || !place.memory.pickup) return undefined;
    return { place: place.memory.pickup, mode, lessons: mode === 'always' ? open : chosen(open, place) };
  }
  const said = [heard, ...understood.also].find((one) => one.intent === 'pickup' && one.place);
  return said ? { place: said.place!, ...scopeOf(place, said, open, zone, now) } : undefined;
}

/** As it was said; a lesson in hand is the one that is meant; with no lesson ahead it can only be from now on. */
function scopeOf(
  { value, memory }: Place,
  said: Heard,
  open: LessonFact[],
  zone: string,
  now: Instant,
): Pick<PickupFact, 'mode' | 'lessons'> {
  if (said.placeFor === 'always' || open.length === 0) return { mode: 'always', lessons: open };
  const inHand = /^(move|drop)\./.test(stateName(value)) ? open.filter((one) => one.id === memory.lessonId) : [];
  if (inHand.length > 0) return { mode: 'once', lessons: inHand };
  const named = said.lessonRef ? lessonsMeant(open, [said.lessonRef], zone, now) : [];
  if (named.length > 0) return { mode: 'once', lessons: named };
  return { mode: said.placeFor === 'once' ? 'once' : 'ask', lessons: open.slice(0, 1) };
}

const chosen = (open: LessonFact[], { memory }: Place) => open.filter((one) => one.id === memory.lessonId);
