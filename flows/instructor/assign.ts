import { dollars } from '../../src/domain/labels';
import { cleanName } from '../../src/domain/names';
import { holdEndsAt } from '../../src/domain/policy';
import {
  type Action,
  askedBack,
  bookSlot,
  holdingUntil,
  keepOffers,
  keepRequest,
  keepSlot,
  slotGone,
  withoutLength,
} from '../student/book';
import { type Args, command, conversation, forget, remember, type SayKey, say, type Values } from '../vocabulary';
import { askedInWords, momentInWords, refusalInWords, slotInWords } from '../wording';

const who = ({ event }: Args) => ({ name: cleanName(event.facts.assign?.name ?? '') ?? '' });

const keepStudents = remember(({ event }) => ({
  request: event.facts.request,
  students: (event.facts.assign?.candidates ?? []).slice(0, 4).map(({ key, name }) => ({ key, name })),
  unclear: 0,
}));

/** Why, where one moment was asked for. */
const noneFree = say(
  ({ event: { facts } }) => (facts.search?.kind === 'none' && facts.search.because ? 'not_free' : 'none_free'),
  ({ event: { facts } }) => ({ asked: askedInWords(facts), because: refusalInWords(facts) }),
);

/** Where a wish to book for a student leads: who it is, when, one of the offers, or to be confirmed. */
const assigningAfter = (...first: Action[]) =>
  [
    { guard: 'nobodyNamed', target: '#rest', actions: [say('book_whom'), forget] },
    { guard: 'studentUnknown', target: '#rest', actions: [say('no_such_student', who), forget] },
    { guard: 'severalStudents', target: '#assignWhich', actions: [...first, keepStudents] },
    {
      guard: 'noSuchLength',
      target: '#assignWhen',
      actions: [
        keepStudents,
        say('no_such_length', ({ event: { facts } }) => ({
          minutes: facts.search?.kind === 'no_such_length' ? facts.search.minutes : 0,
        })),
        remember(({ event }) => ({ request: withoutLength(event.facts.request) })),
      ],
    },
    { guard: 'nothingSaid', target: '#assignWhen', actions: [...first, keepStudents, keepRequest] },
    { guard: 'exactSlot', target: '#assignConfirm', actions: [...first, keepStudents, keepSlot] },
    { guard: 'refusedOffers', target: '#assignOffer', actions: [...first, keepStudents, ...askedBack] },
    { guard: 'someOffers', target: '#assignOffer', actions: [...first, keepStudents, keepOffers] },
    { target: '#assignWhen', actions: [...first, keepStudents, keepRequest, noneFree] },
  ] as const;

export const assigning = assigningAfter();

const deposit = ({ event }: Args) => event.facts.lessonType?.depositCents ?? 0;

/** The school's notice binds its students; who books for them may do so up to the start. */
const heldUntil = ({ event: { facts, now } }: Args) =>
  holdEndsAt({ ...facts.school.policy, minimumNoticeMinutes: 0 }, facts.slot!.startsAt, now);

const values = (args: Args): Values => ({
  ...who(args),
  by: args.event.facts.instructor?.name ?? args.event.facts.school.name,
  slot: slotInWords(args.event.facts),
  deposit: dollars(deposit(args)),
  until: momentInWords(heldUntil(args), args.event.facts),
  payid: args.event.facts.school.payid,
  reference: args.event.facts.fresh.reference,
});

const tellStudent = (key: SayKey) =>
  command((args) => ({
    kind: 'tell',
    phone: args.event.facts.student!.phone,
    said: { key, values: values(args) },
    lessonId: args.event.facts.fresh.lessonId,
    messageType: 'booked_for_you',
  }));

const held = holdingUntil(heldUntil);

const told = (key: 'they_are_told' | 'they_are_asked') =>
  say((args) => (args.event.facts.assign?.optedOut ? 'takes_no_texts' : key), values);

const gone = [
  { guard: 'goneButOffers', target: '#assignOffer', actions: [slotGone, keepOffers] },
  { guard: 'optionKnown', target: '#assignWhen', actions: [slotGone, remember(() => ({ offers: [], slot: null }))] },
] as const;

const chooseOffer = [{ guard: 'slotFree', target: '#assignConfirm', actions: [keepSlot] }, ...gone] as const;
const leave = { target: '#rest', actions: [say('no_problem'), forget] } as const;

/** What changes in what is being booked: another day or time, however it is heard. */
const amending = {
  book: assigning,
  schedule_day: assigning,
  schedule_today: assigning,
  reschedule: assigning,
} as const;

/** A lesson booked for a student by an instructor or the owner. The student is told, and may move or drop it like any other. */
export const assign = conversation.createStateConfig({
  initial: 'when',
  on: amending,
  states: {
    which: { id: 'assignWhich', on: { choose_option: assigning, confirm_no: leave } },
    when: { id: 'assignWhen', on: { confirm_no: leave } },
    offer: {
      id: 'assignOffer',
      on: {
        choose_option: chooseOffer,
        confirm_yes: chooseOffer,
        stale_answer: assigningAfter(say('too_old')),
        confirm_no: leave,
      },
    },
    confirm: {
      id: 'assignConfirm',
      on: {
        confirm_yes: [
          {
            guard: 'freeWithoutDeposit',
            target: '#rest',
            actions: [
              bookSlot(() => 0),
              tellStudent('told_booked_for'),
              say('assigned', values),
              told('they_are_told'),
              forget,
            ],
          },
          {
            guard: 'freeAndCredit',
            target: '#rest',
            actions: [
              bookSlot(deposit),
              tellStudent('told_booked_for_credit'),
              say('assigned', values),
              told('they_are_told'),
              forget,
            ],
          },
          {
            guard: 'slotFree',
            target: '#rest',
            actions: [held, tellStudent('told_held_for'), say('assigned_held', values), told('they_are_asked'), forget],
          },
          ...gone,
        ],
        unsure_yes: { actions: [say('plain_yes')] },
        stale_answer: assigningAfter(say('too_old')),
        confirm_no: leave,
      },
    },
  },
});

/** An OK to a notice asks for nothing. */
export const nothingAsked = {
  confirm_yes: { actions: [say('thanks_plain')] },
  confirm_no: { actions: [say('thanks_plain')] },
} as const;
