import type { Heard, Understood } from '../../flows/heard';
import { MENU } from '../../flows/machines';
import { mergeRequest, saysWhen } from '../../flows/request';
import type { Offer } from '../../flows/vocabulary';
import { localDateOf, localTimeOf } from '../domain/time';
import { type Place, stateName } from './place';

/** What has to be looked up before a step can be decided. */
export type Attention = {
  /** The request as it stands with what was just heard; null when the text is about something else. */
  request: Heard | null;
  /** Ask the diary for it. */
  search: boolean;
  /** Leave out what was shown before. */
  more: boolean;
  /** The slot that was chosen or is to be confirmed. */
  slot: Offer | null;
};

const NOTHING: Attention = { request: null, search: false, more: false, slot: null };

/** Which request, search and slot the words concern, given where the conversation stands. Pure. */
export function attentionTo(place: Place, understood: Understood, zone: string): Attention {
  const heard = understood.readings[0];
  const { memory } = place;
  const state = stateName(place.value);
  switch (heard.intent) {
    case 'book':
    case 'availability':
      return { ...NOTHING, request: mergeRequest(baseOf(place, zone), heard), search: true };
    case 'give_name':
      return { ...NOTHING, request: memory.request, search: true };
    case 'more':
      return { ...NOTHING, request: memory.request, search: memory.request !== null, more: true };
    case 'confirm_yes':
    case 'choose_option':
      if (state === 'menu') return { ...NOTHING, search: MENU[(heard.option ?? 0) - 1] === 'book' };
      if (state === 'book.which') return choiceOf(place, heard);
      if (state === 'book.offer')
        return { ...NOTHING, request: memory.request, search: true, slot: offerOf(place, heard) };
      if (state === 'book.confirm') return { ...NOTHING, request: memory.request, search: true, slot: memory.slot };
      return NOTHING;
    default:
      return NOTHING;
  }
}

/** When a slot is about to be confirmed, what is said amends that slot ("maybe 11 instead"). */
function baseOf({ value, memory }: Place, zone: string): Heard | null {
  if (stateName(value) !== 'book.confirm' || !memory.slot) return memory.request;
  const { date, dates, range, weekdays, alternatives, time, times, window, asap, ...rest } = memory.request ?? {
    intent: 'book' as const,
  };
  void [date, dates, range, weekdays, alternatives, time, times, window, asap];
  return { ...rest, date: localDateOf(memory.slot.startsAt, zone), time: localTimeOf(memory.slot.startsAt, zone) };
}

function choiceOf({ memory }: Place, heard: Heard): Attention {
  const choice = memory.choices[(heard.option ?? 0) - 1];
  return choice ? { ...NOTHING, request: mergeRequest(memory.request, choice), search: true } : NOTHING;
}

/** The numbered offer; a bare YES means the only one. */
function offerOf({ memory }: Place, heard: Heard): Offer | null {
  if (heard.intent === 'confirm_yes') return memory.offers.length === 1 ? (memory.offers[0] ?? null) : null;
  return memory.offers[(heard.option ?? 0) - 1] ?? null;
}

/** Nothing was said of when, nor of anything that narrows the choice. */
export const isOpen = (request: Heard | null) =>
  request === null || (!saysWhen(request) && request.instructor === undefined);
