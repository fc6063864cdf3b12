import { dollars } from '../../src/domain/labels';
import { sumCents } from '../../src/domain/money';
import { firstName } from '../../src/domain/names';
import { datesInWords } from '../list-wording';
import { type Args, command, remember, say } from '../vocabulary';
import { clockInWords, forInWords, lessonInWords } from '../wording';
import { heldOn } from './drops';

const understood = remember(() => ({ unclear: 0 }));
const under = ({ event }: Args) => ({
  instructor: event.facts.lessons.find((one) => one.status === 'in_progress')?.instructor ?? '',
});
const rightCode = ({ event }: Args) => (event.facts.code?.kind === 'right' ? event.facts.code : null)!;

/** The start code, from wherever the conversation stands: right, wrong, spent, ended, or none of this phone's. */
export const code = {
  give_otp: [
    {
      guard: 'codeRight',
      actions: [
        command((args) => ({
          kind: 'start_lesson',
          lesson: rightCode(args).lesson,
          by: 'code',
          eventId: rightCode(args).eventId,
        })),
        say('code_right', (args) => ({
          name: firstName(rightCode(args).lesson.student),
          instructor: rightCode(args).lesson.instructor,
        })),
        command((args) => ({
          kind: 'tell',
          phone: rightCode(args).lesson.instructorPhone,
          said: { key: 'told_started', values: { student: rightCode(args).lesson.student } },
          lessonId: rightCode(args).lesson.id,
          messageType: 'instructor_notice',
        })),
        understood,
      ],
    },
    {
      guard: 'codeWrong',
      actions: [
        command(({ event }) => ({
          kind: 'count_guess',
          eventIds: event.facts.code?.kind === 'wrong' ? event.facts.code.eventIds : [],
        })),
        say('code_wrong', ({ event }) => ({
          left: event.facts.code?.kind === 'wrong' ? event.facts.code.guessesLeft : 0,
        })),
        understood,
      ],
    },
    {
      guard: 'codeSpent',
      actions: [
        command(({ event }) => ({
          kind: 'count_guess',
          eventIds: event.facts.code?.kind === 'wrong' ? event.facts.code.eventIds : [],
        })),
        say('code_spent'),
        understood,
      ],
    },
    { guard: 'codeEnded', actions: [say('code_ended'), understood] },
    {
      guard: 'underWay',
      actions: [
        say('still_in_progress', ({ event }) => ({
          instructor: event.facts.lessons.find((l) => l.status === 'in_progress')?.instructor ?? '',
        })),
      ],
    },
    { actions: [say('code_none'), understood] },
  ],
  resend_code: [
    {
      guard: 'codeDue',
      actions: [command(({ event }) => ({ kind: 'send_code', lessons: event.facts.startable })), understood],
    },
    { guard: 'codeLimit', actions: [say('code_limit'), understood] },
    { guard: 'underWay', actions: [say('still_in_progress', under), understood] },
    {
      guard: 'hasLessons',
      actions: [
        say('code_not_now', ({ event }) => ({ slot: lessonInWords(event.facts.lessons[0]!, event.facts) })),
        understood,
      ],
    },
    { actions: [say('code_none'), understood] },
  ],
} as const;

const lesson = ({ event }: Args) => event.facts.lesson!;
const spoken = (args: Args) => lessonInWords(lesson(args), args.event.facts);

const holdsEnded = say('hold_ended_list', ({ event: { facts } }) => ({
  lessons: datesInWords(facts.together, facts, 180),
}));

/** What happens to a lesson without a text; each is said only while the lesson still stands as it did. */
export const happenings = {
  deposit_landed: [
    {
      guard: 'paidTogether',
      actions: [
        say('deposit_landed_list', ({ event: { facts } }) => ({
          deposit: dollars(sumCents(facts.together.map((one) => one.depositCents))),
          name: firstName(facts.student?.name ?? facts.lesson!.student),
          lessons: datesInWords(facts.together, facts, 200),
        })),
      ],
    },
    {
      guard: 'lessonConfirmed',
      actions: [
        say('deposit_landed', (args) => ({
          deposit: dollars(lesson(args).depositCents),
          name: firstName(args.event.facts.student?.name ?? lesson(args).student),
          slot: spoken(args),
        })),
      ],
    },
  ],
  hold_ended: [
    { guard: 'toldWithAnother', actions: [command((args) => ({ kind: 'end_hold', lesson: lesson(args) }))] },
    { guard: 'wasToldWithAnother' },
    {
      guard: 'pendingTogether',
      actions: [command((args) => ({ kind: 'end_hold', lesson: lesson(args) })), holdsEnded],
    },
    { guard: 'endedTogether', actions: [holdsEnded, heldOn] },
    {
      guard: 'lessonPending',
      actions: [
        command((args) => ({ kind: 'end_hold', lesson: lesson(args) })),
        say('hold_ended', (args) => ({ slot: spoken(args) })),
        heldOn,
      ],
    },
    { guard: 'holdJustEnded', actions: [say('hold_ended', (args) => ({ slot: spoken(args) })), heldOn] },
  ],
  code_due: [
    { guard: 'lessonConfirmed', actions: [command((args) => ({ kind: 'send_code', lessons: [lesson(args)] }))] },
  ],
  no_code_by_now: [
    {
      guard: 'lessonConfirmed',
      actions: [
        say('nobody_yet', (args) => ({
          clock: clockInWords(lesson(args).startsAt, args.event.facts),
          learner: forInWords(lesson(args).learner),
          instructor: lesson(args).instructor,
        })),
        command((args) => ({
          kind: 'tell',
          phone: lesson(args).instructorPhone,
          said: {
            key: 'told_no_code',
            values: {
              student: lesson(args).student,
              slot: clockInWords(lesson(args).startsAt, args.event.facts),
              name: firstName(lesson(args).student).toUpperCase(),
            },
          },
          lessonId: lesson(args).id,
          messageType: 'instructor_notice',
        })),
      ],
    },
  ],
  lesson_over: [
    {
      guard: 'lessonConfirmed',
      actions: [command((args) => ({ kind: 'alert_never_started', lesson: lesson(args) }))],
    },
    {
      guard: 'lessonInProgress',
      actions: [command((args) => ({ kind: 'complete_lesson', lesson: lesson(args), note: null }))],
    },
  ],
  lesson_finished: [{ actions: [say('thanks_for_lesson', (args) => ({ name: firstName(lesson(args).student) }))] }],
} as const;
