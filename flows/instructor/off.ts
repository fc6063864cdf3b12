import type { Action } from '../student/book';
import { type Args, command, conversation, forget, remember, say } from '../vocabulary';
import { hitInWords, hoursInWords, namesOf, spansInWords } from './off-wording';

const off = ({ event }: Args) => event.facts.off!;
const me = ({ event }: Args) => event.facts.instructor!.id;
const span = (args: Args) => ({ span: spansInWords(off(args).spans, args.event.facts) });
const understood = remember(() => ({ unclear: 0 }));

/** What is asked stands with the lessons that were listed for it; another that comes meanwhile is told first. */
const keep = remember((args) => ({
  off: off(args).spans,
  week: off(args).week,
  hit: off(args).hit.map((one) => one.id),
  unclear: 0,
}));

const hit = say('off_hit', (args) => ({ lessons: hitInWords(off(args).hit, args.event.facts) }));

const hitAway = say('away_hit', (args) => ({ lessons: hitInWords(off(args).hit, args.event.facts) }));
const outside = say('hours_hit', (args) => ({ lessons: hitInWords(off(args).hit, args.event.facts) }));

const asking = (...first: Action[]) =>
  [
    { guard: 'timeIsPast', actions: [say('off_past'), understood] },
    { guard: 'noTimeSaid', actions: [say('off_when'), understood] },
    { guard: 'cannotCome', target: '#awayConfirm', actions: [...first, keep, hitAway] },
    { guard: 'lessonsHit', target: '#offConfirm', actions: [...first, keep, hit] },
    { target: '#offConfirm', actions: [...first, keep] },
  ] as const;

/** Time off is asked for with the lessons that lie in it; they stay booked until somebody moves them. */
export const takingOff = asking();

/** Worked after all. */
export const backAgain = [
  {
    guard: 'timeFreed',
    actions: [
      command((args) => ({ kind: 'end_off', instructorId: me(args), spans: off(args).spans })),
      say('back_noted', (args) => ({ span: spansInWords(off(args).freed, args.event.facts) })),
      understood,
    ],
  },
  {
    guard: 'hasTimeOff',
    actions: [
      say('not_off_then', (args) => ({ spans: spansInWords(off(args).standing, args.event.facts) })),
      understood,
    ],
  },
  { actions: [say('not_off'), understood] },
] as const;

const askingHours = (...first: Action[]) =>
  [
    {
      guard: 'hoursOnlyAsked',
      actions: [say('hours_are', (args) => ({ hours: hoursInWords(off(args).hours) })), understood],
    },
    { guard: 'lessonsHit', target: '#hoursConfirm', actions: [...first, keep, outside] },
    { target: '#hoursConfirm', actions: [...first, keep] },
  ] as const;

/** Working hours: told, or the whole week as it would be is asked for. */
export const changingHours = askingHours();

const tellOffice = (what: 'office_off' | 'office_hours' | 'office_called_off' | 'office_called_off_but') =>
  command((args) => ({
    kind: 'tell',
    phone: args.event.facts.school.ownerPhone,
    said: {
      key: what,
      values: {
        instructor: args.event.facts.instructor!.name,
        ...span(args),
        hours: off(args).week ? hoursInWords(off(args).week!) : '',
        lessons: hitInWords(off(args).hit, args.event.facts),
        names: namesOf(off(args).unreached),
      },
    },
    lessonId: null,
    messageType: 'office_alert',
  }));

const callOff = command((args) => ({ kind: 'call_off', lessons: off(args).hit }));
const calledOff = say('called_off', (args) => ({ ...span(args), count: off(args).hit.length }));
const notTexted = say('not_texted', (args) => ({ names: namesOf(off(args).unreached) }));
const leave = { target: '#rest', actions: [say('as_it_was'), forget] } as const;
const writeOff = command((args) => ({ kind: 'take_off', instructorId: me(args), spans: off(args).spans }));
const writeHours = command((args) => ({ kind: 'set_hours', instructorId: me(args), week: off(args).week! }));

export const offStates = conversation.createStateConfig({
  initial: 'confirm',
  states: {
    confirm: {
      id: 'offConfirm',
      on: {
        confirm_yes: [
          { guard: 'moreLessonsHit', target: '#offConfirm', actions: [keep, hit], reenter: true },
          {
            guard: 'lessonsHit',
            target: '#rest',
            actions: [writeOff, tellOffice('office_off'), say('off_noted', span), say('office_told'), forget],
          },
          { target: '#rest', actions: [writeOff, say('off_noted', span), forget] },
        ],
        unsure_yes: { actions: [say('plain_yes')] },
        stale_answer: { actions: [say('too_old_change')] },
        confirm_no: leave,
      },
    },
  },
});

/** Ill, or without a car: the lessons are called off in order of time, each student is told, and the office. */
export const awayStates = conversation.createStateConfig({
  initial: 'confirm',
  states: {
    confirm: {
      id: 'awayConfirm',
      on: {
        confirm_yes: [
          { guard: 'moreLessonsHit', target: '#awayConfirm', actions: [keep, hitAway], reenter: true },
          {
            guard: 'hitUnreached',
            target: '#rest',
            actions: [writeOff, callOff, tellOffice('office_called_off_but'), calledOff, notTexted, forget],
          },
          {
            guard: 'lessonsHit',
            target: '#rest',
            actions: [writeOff, callOff, tellOffice('office_called_off'), calledOff, forget],
          },
          { target: '#rest', actions: [writeOff, say('off_noted', span), forget] },
        ],
        unsure_yes: { actions: [say('plain_yes')] },
        stale_answer: { actions: [say('too_old_change')] },
        confirm_no: leave,
      },
    },
  },
});

export const hoursStates = conversation.createStateConfig({
  initial: 'confirm',
  states: {
    confirm: {
      id: 'hoursConfirm',
      on: {
        confirm_yes: [
          { guard: 'moreLessonsHit', target: '#hoursConfirm', actions: [keep, outside], reenter: true },
          {
            guard: 'lessonsHit',
            target: '#rest',
            actions: [
              writeHours,
              tellOffice('office_hours'),
              say('hours_noted', (args) => ({ hours: hoursInWords(off(args).week!) })),
              say('office_told'),
              forget,
            ],
          },
          {
            target: '#rest',
            actions: [writeHours, say('hours_noted', (args) => ({ hours: hoursInWords(off(args).week!) })), forget],
          },
        ],
        unsure_yes: { actions: [say('plain_yes')] },
        stale_answer: { actions: [say('too_old_change')] },
        confirm_no: leave,
      },
    },
  },
});
