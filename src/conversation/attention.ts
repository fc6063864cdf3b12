import type { Heard, Understood } from '../../flows/heard';
import { MENU } from '../../flows/machines';
import { whoIs } from '../../flows/people';
import { mergeRequest, saysWhen } from '../../flows/request';
import type { Facts, LessonFact, Memory, Offer, PickupFact } from '../../flows/vocabulary';
import { wishOf } from '../../flows/wish';
import type { Instant } from '../domain/time';
import { anyTime, baseOf, isFresh, sameTime } from './base';
import { lessonsMeant, moveRequest, pickedByWords } from './meant';
import { pickupAsked } from './pickup';
import { ASKS_LEARNER, type Place, stateName } from './place';

/** What has to be looked up before a step can be decided. */
export type Attention = {
  /** The request as it stands with what was just heard; null when the text is about something else. */
  request: Heard | null;
  /** Ask the diary for it. */
  search: boolean;
  /** Leave out what was shown before. */
  more: boolean;
  /** Nothing was said of when, and it need not be: any times are offered. */
  anyTimes?: boolean;
  /** The slot that was chosen or is to be confirmed. */
  slot: Offer | null;
  /** Whose slot is being amended: with the same one where they can. */
  prefer?: string;
  /** It is a wish for the waitlist: whether it could ever be met is to be known. */
  wish: boolean;
  /** The several that were listed and are now to be booked, or some of them. */
  list: Offer[];
  /** The lessons that may be meant when one is to be moved or dropped. */
  meant: LessonFact[];
  /** Where to be picked up for the lesson that is being booked. */
  inHand?: string | null;
  /** Where a text asks to be picked up, and for which lessons. */
  pickup?: Omit<PickupFact, 'clash'>;
};

export const NOTHING: Attention = {
  request: null,
  search: false,
  more: false,
  slot: null,
  list: [],
  wish: false,
  meant: [],
};

type Who = Pick<Facts, 'student' | 'learners'>;

/** Which request, search, slot and lesson the words concern, given where the conversation stands. Pure. */
export function attentionTo(
  place: Place,
  understood: Understood,
  lessons: LessonFact[],
  people: Who,
  zone: string,
  now: Instant,
): Attention {
  const heard = understood.readings[0];
  const state = stateName(place.value);
  if (heard.intent === 'waitlist' || state === 'waitlist.when') {
    const wish = attentionToWish(place, understood.readings);
    if (wish) return wish;
  }
  const changes = isChange(state) || heard.intent === 'reschedule' || heard.intent === 'cancel';
  const about = changes
    ? toChange(place, state, understood, lessons, zone, now)
    : toBooking(place, state, sameTime(heard, lessons, zone), understood.also, people, zone, now);
  const pickup = pickupAsked(place, state, understood, lessons, zone, now);
  return { ...about, inHand: place.memory.pickup, ...(pickup && { pickup }) };
}

/** A wish to be told of a slot, or what was said when asked which days to watch. */
function attentionToWish({ memory, value }: Place, readings: Heard[]): Attention | null {
  const { intent } = readings[0]!;
  if (intent !== 'waitlist' && intent !== 'book' && intent !== 'availability') return null;
  const same = readings.filter((one) => one.intent === intent);
  const before = stateName(value) === 'idle' ? null : memory.request;
  return { ...NOTHING, request: wishOf(before, same), search: true, wish: true };
}

const CHANGES = new Set<Heard['intent']>(['reschedule', 'cancel', 'book', 'availability']);
const isChange = (state: string) => /^(move|drops?|change)\./.test(state);

function toBooking(
  place: Place,
  state: string,
  heard: Heard,
  also: Heard[],
  people: Who,
  zone: string,
  now: Instant,
): Attention {
  const { memory } = place;
  switch (heard.intent) {
    case 'book':
      return { ...asked(mergeRequest(baseOf(place, zone, now), heard)), ...amended(place) };
    case 'availability':
      return { ...asked(mergeRequest(anyTime(baseOf(place, zone, now), heard), heard)), anyTimes: true };
    case 'give_name': {
      // "im zoe, can i get thurs 3pm": the wish beside the name is one like any other.
      const beside = also.find((one) => one.intent === 'book');
      const kept = beside ? mergeRequest(memory.request, beside) : memory.request;
      const request = ASKS_LEARNER.test(state) ? forLearner(place, heard.name) : kept;
      return { ...NOTHING, request, search: true, wish: memory.waits };
    }
    case 'confirm_no':
      return state === 'book.offer' ? { ...NOTHING, request: memory.request, search: true } : NOTHING;
    case 'more':
      return { ...NOTHING, request: memory.request, search: memory.request !== null, more: true };
    case 'confirm_yes':
    case 'choose_option':
      if (state === 'menu') return { ...NOTHING, search: MENU[(heard.option ?? 0) - 1] === 'book' };
      if (state === 'book.which' || state === 'book.who') return choiceOf(place, heard);
      if (state === 'several.confirm')
        return { ...NOTHING, request: memory.request, search: true, list: listIn(place, heard) };
      if (state === 'book.offer')
        return { ...NOTHING, request: narrowed(memory, heard), search: true, slot: offerFor(place, heard, people) };
      if (state === 'waitlist.ask') return { ...NOTHING, request: memory.request };
      if (state === 'idle' && heard.intent === 'confirm_yes') return toWhatWasMentioned(memory, now);
      if (['book.confirm', 'rebook', 'waitlist.offered'].includes(state))
        return { ...NOTHING, request: memory.request, search: true, slot: memory.slot };
      return NOTHING;
    default:
      return NOTHING;
  }
}

const asked = (request: Heard): Attention => ({ ...NOTHING, request, search: true });

/** What is in hand is amended; who is asked for a day a second time is shown some. */
function amended({ value, memory }: Place): Pick<Attention, 'prefer' | 'anyTimes'> {
  const state = stateName(value);
  if (state === 'book.when') return { anyTimes: true };
  return state === 'book.confirm' && memory.slot ? { prefer: memory.slot.instructorId } : {};
}

/** "arvo only, with priya": what an offer was chosen by holds for what is said next. */
const narrowed = ({ request }: Memory, heard: Heard): Heard | null =>
  request && heard.intent === 'choose_option' ? mergeRequest(request, heard) : request;

/** A lesson is to be moved or dropped: the one in hand, the one chosen, or those that the words fit. */
function toChange(
  place: Place,
  state: string,
  understood: Understood,
  lessons: LessonFact[],
  zone: string,
  now: Instant,
): Attention {
  const { memory } = place;
  const heard = understood.readings[0];
  if (state === 'change.which' && (heard.intent === 'book' || heard.intent === 'availability')) {
    const meant = pickedByWords(lessons, memory.lessonChoices, understood.readings, zone, now);
    const [one] = meant;
    if (!one || meant.length > 1) return { ...NOTHING, meant, request: mergeRequest(null, heard) };
    return { ...NOTHING, meant, request: requestKept(one, memory, zone), search: memory.purpose === 'move' };
  }
  const refs = understood.readings.flatMap((one) =>
    one.intent === heard.intent && one.lessonRef ? [one.lessonRef] : [],
  );
  const chosen = chosenIn(memory, state, heard);
  // Only words that change a lesson point at another one; "when is my next lesson" leaves the one in hand.
  const points = heard.lessonRef !== undefined && CHANGES.has(heard.intent);
  const choosing = state !== 'change.which' || heard.intent === 'choose_option';
  const inHand = isChange(state) && choosing && !points;
  const meant = lessonsMeant(lessons, inHand ? [] : refs, zone, now).filter(
    (one) => !inHand || chosen.includes(one.id),
  );
  const known = { ...NOTHING, meant };
  const [lesson] = meant;
  if (heard.intent === 'cancel' || !lesson || meant.length > 1) return known;
  const answersMove = state.startsWith('move.');
  switch (heard.intent) {
    case 'reschedule':
    case 'book':
    case 'availability':
      return { ...known, request: moveRequest(lesson, answersMove ? memory.request : null, heard, zone), search: true };
    case 'more':
      return answersMove ? { ...known, request: memory.request, search: true, more: true } : known;
    case 'choose_option':
    case 'confirm_yes':
      if (state === 'change.which')
        return { ...known, request: requestKept(lesson, memory, zone), search: memory.purpose === 'move' };
      if (state === 'move.offer')
        return { ...known, request: memory.request, search: true, slot: offerOf(place, heard) };
      if (state === 'move.confirm') return { ...known, request: memory.request, search: true, slot: memory.slot };
      return known;
    default:
      return known;
  }
}

/** Where the lesson is to move by what was said before it was asked which one. */
const requestKept = (lesson: LessonFact, { request }: Memory, zone: string) =>
  moveRequest(lesson, null, request ?? { intent: 'reschedule' }, zone);

/** At rest a YES may mean the offer that has ended, or the slot that was said to be free just before. */
function toWhatWasMentioned(memory: Memory, now: Instant): Attention {
  if (memory.offer) return { ...NOTHING, request: memory.offer.wish, search: true, slot: memory.offer.slot };
  if (!memory.slot || !isFresh(memory, now)) return NOTHING;
  return { ...NOTHING, request: memory.request, search: true, slot: memory.slot };
}

/** The ids of the lessons in hand: chosen by number, or kept; none when it is open which. */
function chosenIn(memory: Memory, state: string, heard: Heard): string[] {
  if (state === 'change.which')
    // One lesson moves at a time.
    return (memory.purpose === 'drop' && heard.options ? heard.options : [heard.option ?? 0]).flatMap(
      (n) => memory.lessonChoices[n - 1]?.id ?? [],
    );
  if (state === 'drops.confirm') return memory.lessonIds;
  return memory.lessonId === null ? [] : [memory.lessonId];
}

const forLearner = ({ memory }: Place, said: string | undefined): Heard | null =>
  said === undefined ? null : { ...(memory.request ?? { intent: 'book' }), learner: said };

/** All that were listed, or the numbered ones. */
function listIn({ memory }: Place, heard: Heard): Offer[] {
  if (heard.intent === 'confirm_yes') return memory.list;
  const numbers = heard.options ?? [heard.option ?? 0];
  return memory.list.filter((_, at) => numbers.includes(at + 1));
}

function choiceOf({ memory }: Place, heard: Heard): Attention {
  const choice = memory.choices[(heard.option ?? 0) - 1];
  return choice ? { ...NOTHING, request: mergeRequest(memory.request, choice), search: true } : NOTHING;
}

/** "2 for leo": the offer, for somebody else than it was made for. */
function offerFor(place: Place, heard: Heard, people: Who): Offer | null {
  const offer = offerOf(place, heard);
  if (!offer || heard.learner === undefined) return offer;
  const { learner: _, ...rest } = offer;
  const who = whoIs(heard.learner, { ...people, holderLearns: true });
  return who.kind === 'learner' ? { ...rest, learner: who.learner } : rest;
}

/** The numbered offer; a bare YES means the only one. */
function offerOf({ memory }: Place, heard: Heard): Offer | null {
  if (heard.intent === 'confirm_yes') return memory.offers.length === 1 ? (memory.offers[0] ?? null) : null;
  return memory.offers[(heard.option ?? 0) - 1] ?? null;
}

/** Nothing was said of when, nor of anything that narrows the choice. */
export const isOpen = (request: Heard | null) =>
  request === null || (!saysWhen(request) && request.instructor === undefined);
