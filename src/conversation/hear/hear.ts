import type { Heard, Listening, Understood } from '../../../flows/heard';
import { type Place, stateName } from '../place';
import { understand } from '../understand';
import { hearInstructor } from './instructor';
import { numbersIn } from './numbers';
import { aboutPeople, type Named, peopleIn, saysNothing, strangerIn } from './people';
import { lengthIn, seriesIn, untilIn } from './series';
import { dropToBook, manyToDrop } from './several-lessons';
import { onlyToDrop, shorterList } from './shorter';

/**
 * What a text means where the conversation stands: as it is understood anywhere, and beyond that what depends on the place
 * (several of what was numbered, how long a series is) and on the people of the phone (for whom, whose lesson).
 */
export function hear(text: string, place: Place, listening: Listening): Understood {
  if (listening.role !== 'student') return hearInstructor(text, place, listening);
  const answer = answerIn(text, place, listening);
  if (answer) return { readings: [answer], also: [], why: ['an answer to what was asked'] };
  const asked = stateName(place.value) === 'book.who';
  const named = listening.people ? peopleIn(text, listening.people, asked) : null;
  if (named) return ofPeople(text, named, place, listening);
  const plain = ofSeveral(text, listening);
  if (!GIVES_UP.has(plain.readings[0].intent) || !listening.people) return plain;
  const stranger = strangerIn(text, listening.people, listening.instructors);
  return stranger ? ofPeople(text, stranger, place, listening) : plain;
}

const GIVES_UP = new Set<Heard['intent']>(['cancel', 'reschedule']);

/** Several of what was numbered, or how many of a series. */
function answerIn(text: string, { value, memory }: Place, listening: Listening): Heard | null {
  const state = stateName(value);
  if (state === 'several.count') return lengthIn(text, listening);
  if (state === 'drops.confirm') return onlyToDrop(text, listening);
  const shorter = state === 'several.confirm' ? shorterList(text, memory.list, listening) : null;
  if (shorter) return { intent: 'choose_option', option: shorter[0]!, options: shorter };
  const count =
    state === 'change.which' ? memory.lessonChoices.length : state === 'several.confirm' ? memory.list.length : 0;
  // A number that the list has not is no time of day either.
  const only = state === 'several.confirm' && /^(?:\d{1,2}|[\s,&+]|and)+$/i.test(text) ? 99 : count;
  const options = count > 0 ? numbersIn(text, only) : null;
  if (!options || (options.length === 1 && state === 'change.which')) return null;
  return { intent: 'choose_option', option: options[0]!, options };
}

/** The rest is understood as if nobody had been named, and is then said of them. */
function ofPeople(text: string, named: Named, place: Place, listening: Listening): Understood {
  const state = stateName(place.value);
  const plain = ofSeveral(text, listening);
  const asksName = listening.asked.kind === 'name';
  // Their own name, when a name was asked, is an answer and nothing more.
  if (asksName && !/\b(?:for|my|our)\b/i.test(text)) return plain;
  if (eachHasTheirOwn(named, listening))
    return {
      readings: [{ intent: 'unknown' }],
      also: [],
      why: [...plain.why, 'several people, each with a time of their own'],
    };
  const rest = saysNothing(named.rest) ? null : ofSeveral(named.rest, listening);
  const [first] = rest?.readings ?? [];
  const alone: Heard = { intent: 'book' };
  if (!first || (first.intent === 'unknown' && (asksName || state === 'book.who')))
    return { readings: [aboutPeople(alone, named)], also: [], why: [...plain.why, 'for somebody'] };
  if (first.intent === 'unknown' || first.intent === 'give_name') return plain;
  // "yes for leo" is no YES to what was asked of another; it is asked again for Leo.
  if (first.intent === 'confirm_yes') return { readings: [aboutPeople(alone, named)], also: [], why: plain.why };
  const [best, ...others] = rest!.readings.map((heard) => aboutPeople(heard, named));
  return { readings: [best!, ...others], also: rest!.also, why: [...rest!.why, 'for somebody'] };
}

/** "tues 4pm for my son jack and wed 4pm for my daughter amy": one of them would get the other's time, so it is asked again. */
function eachHasTheirOwn({ said, rest }: Named, listening: Listening): boolean {
  const other = said.length === 1 && listening.people ? peopleIn(rest, listening.people, false) : null;
  if (!other || other.said[0] === said[0]) return false;
  const { dates, alternatives, several } = understand(other.rest, listening).readings[0];
  return several === true || (dates?.length ?? 0) > 1 || (alternatives?.length ?? 0) > 1;
}

function ofSeveral(text: string, listening: Listening): Understood {
  const moved = dropToBook(text, listening);
  if (moved) return { ...moved, why: [...moved.why, 'one lesson for another'] };
  const end = untilIn(text, listening);
  const understood = understand(end?.rest ?? text, listening);
  const [best, ...others] = understood.readings.map((heard) => {
    const series = seriesIn(heard, text);
    return end && series.recurring ? { ...series, until: end.until } : series;
  });
  const many = manyToDrop(text, best!, listening);
  if (many) return { readings: [many], also: understood.also, why: [...understood.why, 'several of their lessons'] };
  return { ...understood, readings: [best!, ...others] };
}
