import { initialName } from '../../src/domain/names';
import { type Args, command, conversation, forget, NOTHING_REMEMBERED, remember, say } from '../vocabulary';
import { clockInWords, dayInWords, lessonInWords, momentInWords, scheduleLine } from '../wording';

const understood = remember(() => ({ unclear: 0 }));
const named = ({ event }: Args) => event.facts.named!;

const schedule = [
  {
    guard: 'hasSchedule',
    actions: [
      say('schedule', ({ event }) => ({ day: spanInWords(event), lessons: scheduleInWords(event) })),
      understood,
    ],
  },
  { actions: [say('schedule_none', ({ event }) => ({ day: spanInWords(event) })), understood] },
] as const;

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

/** An instructor's day: the schedule, the start and the end of a lesson. One state: every text stands for itself. */
export const instructor = conversation.createMachine({
  id: 'instructor',
  context: NOTHING_REMEMBERED,
  initial: 'idle',
  on: {
    schedule_today: schedule,
    schedule_day: schedule,
    schedule_week: schedule,
    availability: schedule,
    list_lessons: schedule,
    next_lesson: [
      { guard: 'hasLessons', actions: [say('next', ({ event }) => ({ lesson: nextInWords(event) })), understood] },
      { actions: [say('next_none'), understood] },
    ],
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
    menu: { actions: [say('help_instructor'), forget] },
    greeting: { actions: [say('help_instructor'), understood] },
    thanks: { actions: [say('you_are_welcome'), understood] },
    human: { actions: handOff },
    question: { actions: passOn },
    block_time: { actions: passOn },
    unblock_time: { actions: passOn },
    hours: { actions: passOn },
    free_time: { actions: passOn },
    no_show: { actions: passOn },
    running_late: { actions: passOn },
    cancel_lesson: { actions: passOn },
    reschedule: { actions: passOn },
    cancel: { actions: passOn },
    book: { actions: passOn },
    speak_as_student: { actions: passOn },
    stop: { actions: [command(() => ({ kind: 'opt_out' })), forget] },
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
      { actions: handOff },
    ],
  },
  states: { idle: {} },
});

function spanInWords({ facts }: Args['event']): string {
  const span = facts.schedule!;
  const first = dayInWords(span.from, facts);
  const last = dayInWords(span.to - 1, facts);
  return first === last ? first : `${first} to ${last}`;
}

function scheduleInWords({ facts }: Args['event']): string {
  const { lessons, from, to } = facts.schedule!;
  const severalDays = dayInWords(from, facts) !== dayInWords(to - 1, facts);
  return lessons
    .map((lesson) => (severalDays ? `${dayInWords(lesson.startsAt, facts)} ` : '') + scheduleLine(lesson, facts))
    .join('\n');
}

function nextInWords({ facts }: Args['event']): string {
  const lesson = facts.lessons[0]!;
  const where = lesson.pickup ?? lesson.suburb;
  return `${lessonInWords(lesson, facts).replace(/ with .*/, '')}, ${initialName(lesson.student)}${where ? `, ${where}` : ''}`;
}
