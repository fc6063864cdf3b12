import { initialName } from '../../src/domain/names';
import { type Args, command, conversation, forget, NOTHING_REMEMBERED, remember, say } from '../vocabulary';
import { waive, waiving } from '../waive';
import { clockInWords, momentInWords } from '../wording';
import { assign, assigning, nothingAsked } from './assign';
import { runningLate } from './late';
import { awayStates, backAgain, changingHours, hoursStates, offStates, takingOff } from './off';
import { schedules } from './schedule';

const understood = remember(() => ({ unclear: 0 }));
const named = ({ event }: Args) => event.facts.named!;

const whichStudent = say('which_student', ({ event }) => ({
  names: event.facts.alsoNamed.map((one) => one.student).join(', '),
}));

/** What is not yet done by text goes to the office, in the instructor's own words. */
const passOn = [
  command(() => ({ kind: 'alert', alert: 'asks', detail: '' })),
  say('office_will', ({ event }) => ({ school: event.facts.school.name })),
  understood,
] as const;

const handOff = [
  say('office_will', ({ event }) => ({ school: event.facts.school.name })),
  command(() => ({ kind: 'alert', alert: 'instructor asks for the office', detail: '' })),
  forget,
] as const;

/** An instructor's day: the schedule, the start and the end of a lesson. Most texts stand for themselves; what is asked has states of its own. */
export const instructor = conversation.createMachine({
  id: 'instructor',
  context: NOTHING_REMEMBERED,
  initial: 'idle',
  on: {
    ...schedules,
    start_lesson: [
      {
        guard: 'nameMatches',
        actions: [
          command((args) => ({ kind: 'start_lesson', lesson: named(args), by: 'instructor', eventId: null })),
          say('started', (args) => ({
            name: initialName(named(args).student),
            clock: clockInWords(args.event.now, args.event.facts),
          })),
          understood,
        ],
      },
      { guard: 'severalNamed', actions: [whichStudent, understood] },
      { actions: [say('nobody_to_start'), understood] },
    ],
    complete_lesson: [
      {
        guard: 'nameMatches',
        actions: [
          command((args) => ({ kind: 'complete_lesson', lesson: named(args), note: args.event.heard.note ?? null })),
          say('finished', (args) => ({
            name: initialName(named(args).student),
            slot: momentInWords(named(args).startsAt, args.event.facts),
          })),
          understood,
        ],
      },
      { guard: 'severalNamed', actions: [whichStudent, understood] },
      { actions: [say('nobody_to_finish'), understood] },
    ],
    help: { actions: [say('help_instructor'), understood] },
    menu: { target: '.idle', actions: [say('help_instructor'), forget] },
    greeting: { actions: [say('help_instructor'), understood] },
    thanks: { actions: [say('you_are_welcome'), understood] },
    human: { target: '.idle', actions: handOff },
    question: { actions: passOn },
    block_time: takingOff,
    unblock_time: backAgain,
    hours: changingHours,
    no_show: { actions: passOn },
    running_late: runningLate,
    cancel_lesson: { actions: passOn },
    reschedule: { actions: passOn },
    cancel: { actions: passOn },
    book: assigning,
    waive: waiving,
    speak_as_student: { actions: passOn },
    stop: { target: '.idle', actions: [command(() => ({ kind: 'opt_out' })), forget] },
    start: {
      actions: [
        command(() => ({ kind: 'opt_in' })),
        say('opted_in', ({ event }) => ({ school: event.facts.school.name })),
      ],
    },
    unknown: [
      {
        guard: 'unclearOnce',
        actions: [remember(() => ({ unclear: 1 })), say('not_understood'), say('help_instructor')],
      },
      { guard: 'unclearTwice', actions: [remember(() => ({ unclear: 2 })), say('help_instructor')] },
      { target: '.idle', actions: handOff },
    ],
  },
  states: {
    idle: { id: 'rest', on: nothingAsked },
    assign,
    off: offStates,
    away: awayStates,
    hours: hoursStates,
    waive,
  },
});
