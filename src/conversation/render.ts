import type copyType from '../../flows/copy/en.json';
import copy from '../../flows/copy/en.json';
import { hoursInWords, spansInWords } from '../../flows/instructor/off-wording';
import { allInWords, type Form, lessonsInWords, listInWords, listPriceInWords } from '../../flows/list-wording';
import { nameOf } from '../../flows/people';
import type { AskKey, Facts, LessonType, Memory, Offer, Said, Values } from '../../flows/vocabulary';
import {
  forInWords,
  lessonInWords,
  momentInWords,
  offerInWords,
  priceInWords,
  requestInWords,
  typeInWords,
  typesInWords,
} from '../../flows/wording';
import { clockLabel, dayLabel, durationLabel } from '../domain/labels';
import { fitTexts, segmentsOf, splitTexts, toGsm7 } from '../domain/texts';

type Because = keyof (typeof copyType)['because'];

/** The reply as it is sent: what was said, then what is asked; plain GSM-7 and at most two segments. Empty = no reply. */
export function render(said: Said[], asks: string | null, memory: Memory, facts: Facts): string {
  const parts = said.map((one) => fill(copy.say[one.key], one.values, facts));
  const asked = (form: Form) =>
    asks ? [fill(copy.ask[asks as AskKey], askValues(asks, memory, facts, form), facts)] : [];
  const whole = (form: Form, from = 0) => toGsm7(joined([...parts.slice(from), ...asked(form)]));
  if (!asks || !/^(several|drops)\.confirm$/.test(asks)) return fitTexts(whole('lines'));
  // What is to be confirmed is told whole: as the pattern that it follows, or without what was to be said before it.
  const ways = [
    whole('lines'),
    whole('pattern'),
    ...parts.flatMap((_, at) => [whole('lines', at + 1), whole('pattern', at + 1)]),
  ];
  return ways.find((text) => segmentsOf(text).segments <= 2) ?? fitTexts(whole('pattern', parts.length));
}

/** A diary is long: what an instructor or the owner is answered comes in up to three texts, divided at line ends. */
const MOST_TEXTS = 3;

/** The reply as the texts that are sent. A student's is one. */
export function renderTexts(said: Said[], asks: string | null, memory: Memory, facts: Facts): string[] {
  if (facts.role === 'student') return [render(said, asks, memory, facts)].filter(Boolean);
  const parts = said.map((one) => fill(copy.say[one.key], one.values, facts));
  const question = asks ? [fill(copy.ask[asks as AskKey], askValues(asks, memory, facts, 'lines'), facts)] : [];
  return inTexts(joined([...parts, ...question]), question.length);
}

/** One sentence by its key, for texts that are no reply. */
export function renderSaid(said: Said): string {
  return fitTexts(toGsm7(fill(copy.say[said.key], said.values, null)));
}

/** The same of what may be long. */
export function renderSaidLong(said: Said): string[] {
  return inTexts(fill(copy.say[said.key], said.values, null), 0);
}

function inTexts(text: string, kept: number): string[] {
  const more = (count: number) => copy.day.more.replace('{count}', String(count));
  return text === '' ? [] : splitTexts(toGsm7(text), MOST_TEXTS, kept, more);
}

function askValues(state: string, memory: Memory, facts: Facts, form: Form): Values {
  switch (state) {
    case 'change.which':
      return {
        lessons: memory.lessonChoices.map((choice, at) => `${at + 1} ${choice.words}`).join('\n'),
        numbers: numbers(memory.lessonChoices.length),
      };
    case 'pickup.scope':
      return { place: memory.pickup ?? '', lesson: lessonInHand(memory, facts) };
    case 'move.when':
      return { lesson: lessonOf(facts) };
    case 'move.confirm':
      return {
        lesson: lessonOf(facts),
        slot: memory.slot ? offerInWords(memory.slot, facts) : '',
        price: priceInWords(facts, 'move'),
      };
    case 'drop.confirm':
      return { lesson: lessonOf(facts), price: priceInWords(facts, 'drop') };
    case 'move.offer':
      return offerValues(memory, facts, (type) => durationLabel(type.durationMinutes));
    case 'off.confirm':
    case 'away.confirm':
      return { span: spansInWords(memory.off, facts) };
    case 'hours.confirm':
      return { hours: hoursInWords(memory.week ?? []) };
    case 'assign.which':
      return {
        students: memory.students.map((one, at) => `${at + 1} ${one.name}`).join('\n'),
        numbers: numbers(memory.students.length),
      };
    case 'assign.when':
      return { name: memory.students[0]?.name ?? '' };
    case 'assign.confirm':
      return { name: memory.students[0]?.name ?? '', slot: memory.slot ? offerInWords(memory.slot, facts) : '' };
    case 'waive.confirm':
      return memory.waive?.words ?? {};
    case 'assign.offer':
    case 'book.offer':
      return offerValues(memory, facts, typeInWords);
    case 'waitlist.which':
      return {
        wishes: memory.wishes.map((wish, at) => `${at + 1} ${wish.words}`).join('\n'),
        count: memory.wishes.length + 1,
      };
    case 'waitlist.offered':
    case 'rebook':
    case 'book.confirm':
      return { slot: memory.slot ? offerInWords(memory.slot, facts) : '' };
    case 'several.confirm':
      return listValues(memory.list, facts, form);
    case 'several.count':
      return { days: facts.school.policy.bookAheadDays };
    case 'book.who':
      return {
        people: memory.choices.map(({ learner = '' }, at) => `${at + 1} ${nameOf(learner, facts)}`).join('\n'),
        numbers: numbers(memory.choices.length),
      };
    case 'drops.confirm':
      return {
        count: facts.meant.length,
        lessons: lessonsInWords(facts.meant, facts, form),
        price: listPriceInWords(facts.costs),
      };
    case 'book.length':
      return { types: typesInWords(facts) };
    case 'book.which':
      return {
        choices: memory.choices.map((choice, at) => `${at + 1} ${requestInWords(choice)}`).join('\n'),
        numbers: numbers(memory.choices.length),
      };
    default:
      return {};
  }
}

/** A list that follows no pattern has its lines only. */
function listValues(list: Offer[], facts: Facts, form: Form): Values {
  const words = listInWords(list, facts, form);
  const told = words === null ? 'lines' : form;
  return { list: words ?? listInWords(list, facts, 'lines') ?? '', all: allInWords(list, told) };
}

const lessonOf = (facts: Facts) => (facts.meant[0] ? lessonInWords(facts.meant[0], facts) : 'your lesson');

/** The lesson that a question of ours is about, by its day and time. */
function lessonInHand({ lessonId }: Memory, facts: Facts): string {
  const lesson = facts.lessons.find((one) => one.id === lessonId);
  return lesson ? momentInWords(lesson.startsAt, facts) : 'your lesson';
}

/** The day stands in the heading when all offers share it, else in each line. */
function offerValues({ offers }: Memory, facts: Facts, lengthOf: (type: LessonType) => string): Values {
  const { zone } = facts.school;
  const days = new Set(offers.map((offer) => dayLabel(offer.startsAt, zone)));
  const type = facts.lessonTypes.find((one) => one.id === offers[0]?.lessonTypeId);
  const length = (type ? lengthOf(type) : '') + forInWords(offers[0]?.learner?.name);
  const line = (at: number) => {
    const offer = offers[at]!;
    const day = days.size > 1 ? `${dayLabel(offer.startsAt, zone)}, ` : '';
    return `${at + 1} ${day}${clockLabel(offer.startsAt, zone)} ${offer.instructor}`;
  };
  return {
    header: days.size === 1 ? `${[...days][0]}, ${length}` : length,
    offers: offers.map((_, at) => line(at)).join('\n'),
    numbers: numbers(offers.length),
  };
}

const numbers = (count: number) => (count > 1 ? `1-${count}` : '1');

function fill(pattern: string, values: Values, facts: Facts | null): string {
  const filled = pattern
    .replace(/\{([\w.]+)\}/g, (whole, name: string) => String(values[name] ?? whole))
    .replace(/\{day\.(\w+)\}/g, dayFilled)
    .replace(/\{day\.(\w+):([^{}]*)\}/g, dayFilled);
  if (!facts) return filled;
  const priced = filled.replace(
    /\{price\.(\w+)(?::([^}]*))?\}/g,
    (_, key: keyof (typeof copyType)['price'], amounts = '') => withAmounts(copy.price[key], amounts),
  );
  // A value may itself name a reason of the copy.
  const reasoned = priced.replace(
    /\{(clash|clashes)\.(\w+):([^}]*)\}/g,
    (_, group: 'clash', reason: keyof (typeof copyType)['clash'], dates: string) =>
      copy[group][reason].replace('{dates}', dates),
  );
  return reasoned
    .replace(/\{because\.(\w+)\}/g, (_, reason: Because) => copy.because[reason])
    .replaceAll('{notice}', String(facts.school.policy.minimumNoticeMinutes / 60))
    .replaceAll('{days}', String(facts.school.policy.bookAheadDays));
}

const dayFilled = (_: string, key: string, values: string | number) =>
  withAmounts(copy.day[key as keyof (typeof copyType)['day']], typeof values === 'string' ? values : '');

/** `charge=$55;kept=$20` into the words. */
function withAmounts(pattern: string, amounts: string): string {
  const values = new Map(amounts.split(';').map((pair) => pair.split('=') as [string, string]));
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => values.get(name) ?? whole);
}

function joined(parts: string[]): string {
  // A list begins a line of its own, and so does what follows it.
  const onNewLine = (text: string, part: string) => text.includes('\n') || /^1 /.test(part);
  return parts
    .filter(Boolean)
    .reduce((text, part) => (text ? text + (onNewLine(text, part) ? '\n' : ' ') + part : part), '');
}
