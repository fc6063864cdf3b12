import { transition } from 'xstate';
import type { Heard, Understood } from '../../flows/heard';
import { MENU, machines } from '../../flows/machines';
import type { Command, EventKind, Facts, FlowEvent, Said } from '../../flows/vocabulary';
import { namesInWords } from '../../flows/wording';
import { momentLabel } from '../domain/labels';
import { type Instant, MINUTE } from '../domain/time';
import { backToParked, COMMITTING, isForgotten, isTooOld, mayHaveCrossed, replaces, restFor } from './asking';
import { ASKS_LEARNER, atRest, choicesIn, type Place, stateName } from './place';
import { asksForPerson, complains, isPlainYes, isUsableName, letsGo, likesAnother } from './plain';
import { isLateYes, sayingOfTheList } from './waitlist-words';

/** What a step decided. `asks` is the state whose question closes the reply; null when nothing is asked. */
export type Step = { place: Place; said: Said[]; asks: string | null; commands: Command[] };

/** To these a text means nothing unless something was asked. */
export const ANSWERS = new Set(['confirm_yes', 'confirm_no', 'choose_option', 'more']);
const COMMITS = new Set(['confirm_yes', 'choose_option']);
/** Answers and codes mean nothing from a phone that nothing was ever asked: it is welcomed. */
const NEEDS_A_QUESTION = new Set(['confirm_yes', 'confirm_no', 'choose_option', 'give_otp', 'resend_code']);
/** "the 2pm one": a lesson may be chosen by words instead of its number. */
const AS_WORDS = new Set(['book', 'availability']);
/** Where only the numbers that were given mean anything. */
const NUMBERED = /\.which$|^book\.who$|^several\.confirm$/;
/** After these nothing that was asked before is asked again. */
const ENDS_ALL = new Set<Command['kind']>(['hold_lesson', 'book_lesson', 'book_list', 'hand_off', 'opt_out']);
/** Answered in passing when they come along with something else ("yes, and how much is it?"). */
const IN_PASSING = new Set(['price', 'list_lessons', 'how_to_pay', 'human', 'pickup', 'running_late']);

/** A text is taken from `place` to the next: pure, the same facts always give the same step. */
export function stepOfText(place: Place, understood: Understood, facts: Facts, now: Instant): Step {
  const forgotten = isForgotten(place, facts.school.policy, now);
  const stood = forgotten ? atRest(place.role) : place;
  let from = stood;
  const heard = understood.readings[0];
  // What is said beside a name ("im zoe, thurs 3pm") is no part of it.
  const words = understood.also.length > 0 ? (heard.name ?? facts.words) : facts.words;
  const readings = understood.readings.filter((reading) => reading.intent === heard.intent);
  const said: Said[] = [];
  const commands: Command[] = [];
  // An answer to what was asked hours ago is none: nothing is done, and nothing else is guessed from it.
  if (forgotten && ANSWERS.has(heard.intent))
    return asking(
      facts,
      place,
      { place: from, said: [{ key: 'forgotten', values: {} }], asks: null, commands: [] },
      now,
    );
  const stranger = strangerNamed(heard, facts);
  if (stranger && facts.student) said.push(stranger);
  const numbered = stateName(from.value) === 'menu' && heard.intent === 'choose_option';
  const inHand = COMMITS.has(heard.intent) && /^(book|rebook|move|drop)\b/.test(stateName(from.value));
  const before = inHand ? understood.also.find((more) => more.intent === 'pickup' && more.place) : undefined;
  if (before) {
    // "yes, pick me up from the station": the place belongs to what the YES is about to book.
    const first = take(from, { type: 'pickup', heard: before, readings: [before], facts, now });
    from = first.place;
    said.push(...first.said);
    commands.push(...first.commands);
  }
  const type = typeOf(from, heard, facts, now, words);
  let step = take(numbered ? { ...from, value: 'idle' } : from, {
    type,
    heard,
    readings,
    facts,
    now,
  });
  const named = understood.also.find((more) => more.intent === 'give_name');
  // A first text that says who writes is not asked for the name again.
  if (
    named &&
    !facts.student &&
    stateName(step.place.value) === 'register.name' &&
    isUsableName(named, named.name ?? '')
  ) {
    // Nothing was asked for beside the name, so nothing was looked for.
    const known: Facts = { ...facts, search: facts.search ?? { kind: 'open' } };
    const next = take(step.place, { type: 'give_name', heard: named, readings: [named], facts: known, now });
    step = { ...next, said: [...step.said, ...next.said], commands: [...step.commands, ...next.commands] };
  }
  const inPassing = understood.also.filter((more) => IN_PASSING.has(more.intent) && more !== before);
  for (const more of inPassing) {
    // A question beside an answer goes to the office; it does not silence the line as AGENT does.
    const passing = more.intent === 'human' ? 'question' : more.intent;
    const known = introduced(step, facts);
    const next = take(step.place, { type: passing, heard: more, readings: [more], facts: known, now });
    step = { ...next, said: [...step.said, ...next.said], commands: [...step.commands, ...next.commands] };
  }
  step = { ...step, commands: [...commands, ...step.commands, ...askedAgain(from, step, now)] };
  const back = step.commands.some((one) => ENDS_ALL.has(one.kind)) ? step.place : backToParked(from, step.place);
  const after = stranger && !facts.student ? [stranger] : [];
  return asking(facts, stood, { ...step, place: back, said: [...said, ...step.said, ...after] }, now);
}

const NAMES_WHO = new Set<Heard['intent']>(['book', 'availability', 'reschedule', 'waitlist']);

/** Somebody whom the school does not have was asked for: said, with who there is, rather than left out in silence. */
function strangerNamed(heard: Heard, facts: Facts): Said | null {
  if (heard.unknownInstructor === undefined || !NAMES_WHO.has(heard.intent)) return null;
  const values = { name: heard.unknownInstructor, instructors: namesInWords(facts) };
  return { key: 'no_such_instructor', values };
}

/** An offer that is left for something else is asked again when that is done, while it lasts. */
function askedAgain(from: Place, step: Step, now: Instant): Command[] {
  const { offer } = from.memory;
  const left =
    stateName(from.value) === 'waitlist.offered' && !['waitlist.offered', 'idle'].includes(stateName(step.place.value));
  const ended = step.commands.some((one) => one.kind === 'end_offer' || one.kind === 'leave_waitlist');
  if (!left || ended || !offer || offer.expiresAt - now < MINUTE) return [];
  return [{ kind: 'ask_offer_again', offerId: offer.id, expiresAt: offer.expiresAt }];
}

/** Who has just said their name is no stranger to what they say besides. */
function introduced({ commands }: Step, facts: Facts): Facts {
  const named = commands.find((command) => command.kind === 'register_student');
  return named ? { ...facts, student: { id: '', name: named.name, phone: '' } } : facts;
}

/** Something that happened without a text; the question that stands is left as it is. */
export function stepOfEvent(place: Place, kind: EventKind, facts: Facts, now: Instant): Step {
  const heard: Heard = { intent: 'unknown' };
  const event: FlowEvent = { type: kind, heard, readings: [heard], facts, now };
  const from = restFor(place, kind, facts, now);
  const taken = take(from, event, false);
  const asked = !['idle', stateName(from.value)].includes(stateName(taken.place.value));
  // What was left stays as it was when nothing was asked after all.
  const step = from !== place && !asked ? { ...taken, place } : { ...taken, place: backToParked(from, taken.place) };
  const { memory: kept } = step.place;
  // Whatever stood before: a YES that came before ours went out was meant for something else.
  const memory = asked ? { ...kept, askedAt: now, replaced: true } : kept;
  return { ...step, place: { ...step.place, memory }, asks: null };
}

function take(place: Place, event: FlowEvent, orUnknown = true): Step {
  const machine = machines[place.role];
  const snapshot = machine.resolveState({ value: place.value as never, context: place.memory });
  if (!snapshot.can(event)) {
    const nothing = { place, said: [], asks: null, commands: [] };
    return orUnknown && event.type !== 'unknown' ? take(place, { ...event, type: 'unknown' }) : nothing;
  }
  const [next, actions] = transition(machine as typeof machines.student, snapshot as never, event);
  const said: Said[] = [];
  const commands: Command[] = [];
  // The library does not narrow `params` by `type`; the vocabulary declares only these two with an effect.
  for (const action of actions as { type: string; params: unknown }[]) {
    if (action.type === 'say') said.push(action.params as Said);
    if (action.type === 'command') commands.push(action.params as Command);
  }
  return { place: { role: place.role, value: next.value, memory: next.context }, said, asks: null, commands };
}

/** What a complaint may sound like to one who looks for bookings. */
const MAY_COMPLAIN = new Set<Heard['intent']>(['human', 'unknown', 'price', 'confirm_no', 'thanks', 'list_lessons']);

/** What was told to cost something if it is done. */
const costsMoney = (state: string, { memory }: Place) => /^(drop|move|change)/.test(state) && memory.toldCents > 0;

/** A menu's number stands for the words beside it; an answer to a question that has grown old commits nothing. */
function typeOf(place: Place, heard: Heard, facts: Facts, now: Instant, nameIn: string): FlowEvent['type'] {
  const state = stateName(place.value);
  if (state === 'idle' && place.role === 'student' && !facts.student && NEEDS_A_QUESTION.has(heard.intent))
    return 'greeting';
  if (place.role === 'student' && facts.student && MAY_COMPLAIN.has(heard.intent) && complains(facts.words))
    return 'human';
  if (heard.intent === 'human' && !asksForPerson(facts.words)) return 'question';
  if (state === 'register.name' && NEEDS_A_QUESTION.has(heard.intent)) return 'bad_name';
  const namesOne = heard.intent === 'give_name' && (state === 'register.name' || ASKS_LEARNER.test(state));
  if (namesOne && !isUsableName(heard, nameIn)) return 'bad_name';
  const ofTheList =
    place.role === 'student' && facts.student ? sayingOfTheList(heard, facts.words, facts.wishes.length) : null;
  if (ofTheList) return ofTheList;
  if (isLateYes(place, heard, facts.school.policy, now)) return 'late_yes';
  if (heard.intent === 'confirm_yes' && COMMITTING.test(state)) {
    const at = (place.memory.slot ?? facts.meant[0])?.startsAt;
    const moment = at === undefined ? null : momentLabel(at, facts.school.zone);
    const known =
      !heard.unsure && isPlainYes(facts.words, { toDrop: state.startsWith('drop'), costs: costsMoney(state, place) });
    const plain = known && !likesAnother(facts.words, moment);
    if (!plain || facts.crossed || mayHaveCrossed(place, now)) return 'unsure_yes';
  }
  if (state === 'book.offer' && heard.intent === 'confirm_no' && letsGo(facts.words)) return 'never_mind';
  if (state === 'menu' && heard.intent === 'choose_option') return MENU[(heard.option ?? 0) - 1] ?? 'unknown';
  if (state === 'change.which' && AS_WORDS.has(heard.intent) && facts.meant.length > 0) return 'choose_option';
  const chosen = heard.options ?? [heard.option ?? 0];
  const beyond = chosen.some((n) => n < 1 || n > choicesIn(place));
  if (heard.intent === 'choose_option' && NUMBERED.test(state) && beyond) return 'unknown';
  const old = isTooOld(place, facts.school.policy, now);
  if (old && COMMITS.has(heard.intent) && /\.(offer|confirm)$/.test(state)) return 'stale_answer';
  return heard.intent;
}

/** At rest nothing is asked unless nothing was said; a stop is never answered. */
function asking(facts: Facts, from: Place, step: Step, now: Instant): Step {
  if (step.commands.some((command) => command.kind === 'opt_out')) return { ...step, said: [], asks: null };
  const state = stateName(step.place.value);
  const lost = step.said.some(({ key }) => key === 'not_understood' || key === 'forgotten');
  const silent = state === 'idle' && (step.said.length > 0 || step.commands.length > 0) && !lost;
  const handedOff = step.commands.some((command) => command.kind === 'hand_off');
  const replaced = replaces(from, step.place, facts, now);
  const place = { ...step.place, memory: { ...step.place.memory, replaced } };
  // Instructors and the owner are asked only what they have begun.
  const theirs = state === 'idle' && step.place.role !== 'student';
  if (silent || handedOff || theirs) return { ...step, place };
  return { ...step, asks: state, place: { ...place, memory: { ...place.memory, askedAt: now } } };
}
