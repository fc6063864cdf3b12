import { dollars, timeLabel } from '../../src/domain/labels';
import { sumCents } from '../../src/domain/money';
import { firstName } from '../../src/domain/names';
import { allLessonsInWords, datesInWords } from '../list-wording';
import { lessonsOf } from '../people';
import { type Args, command, forget, heldUnder, openDeposit, remember, say } from '../vocabulary';
import { typesInWords } from '../wording';
import { booking } from './book';
import { dropping, moving } from './change';
import { code, happenings } from './lesson';
import { pickup } from './pickup';
import { listWords, offerPasses, waiting } from './waitlist';

const understood = remember(() => ({ unclear: 0 }));
const school = ({ event }: Args) => ({ school: event.facts.school.name });
export const keepRequest = remember(({ event }) => ({
  request: event.facts.request,
  choices: event.facts.request && event.readings.length > 1 ? event.readings.slice(0, 3) : [],
  unclear: 0,
}));

const welcome = { guard: 'isNew', target: '#name', actions: [keepRequest, say('welcome', school)] } as const;
const passOn = (why: string) =>
  [
    welcome,
    {
      actions: [command(() => ({ kind: 'alert', alert: why, detail: '' })), say('office_will', school), understood],
    },
  ] as const;

export const handOff = (why: (args: Args) => string) =>
  [
    say('handed_off', ({ event }) => ({
      ...school({ event } as Args),
      hours: officeHours(event.facts.school.policy.officeHours),
    })),
    command((args) => ({ kind: 'hand_off', why: why(args) })),
    forget,
  ] as const;

const keepPickup = remember(({ event }) => ({ pickup: event.facts.pickup?.place ?? null }));
const deposit = ({ event }: Args) => {
  const lesson = openDeposit(event.facts)!;
  const held = heldUnder(event.facts.lessons, lesson.reference);
  return {
    deposit: dollars(sumCents(held.map((one) => one.depositCents))),
    slot: datesInWords(held, event.facts, 90),
    reference: lesson.reference ?? '',
    payid: event.facts.school.payid,
  };
};

/** The unclear ladder: a better question each time, then a person. */
export const unclear = [
  welcome,
  { guard: 'unclearOnce', actions: [remember(() => ({ unclear: 1 })), say('not_understood')] },
  {
    guard: 'unclearTwice',
    target: '#menu',
    actions: [remember(({ context }) => ({ ...context, unclear: 2 })), say('not_understood')],
  },
  { target: '#idle', actions: [...handOff(() => 'not understood three times')] },
] as const;

/** What works wherever the conversation stands. */
export const anywhere = {
  book: [welcome, ...booking()],
  availability: [welcome, ...booking()],
  more: [welcome, ...booking()],
  help: { actions: [say('help', school), understood] },
  menu: [welcome, { target: '#menu', actions: [forget, command(() => ({ kind: 'hand_back' }))] }],
  human: { target: '#idle', actions: [...handOff(() => 'asked for a person')] },
  greeting: [
    welcome,
    {
      target: '#when',
      actions: [
        understood,
        say('hello', ({ event }) => ({ ...school({ event } as Args), name: firstName(event.facts.student!.name) })),
      ],
    },
  ],
  thanks: [welcome, { actions: [say('you_are_welcome'), understood] }],
  price: [
    {
      guard: 'isNew',
      target: '#name',
      actions: [
        keepRequest,
        say('welcome', school),
        say('prices', ({ event }) => ({ types: typesInWords(event.facts) })),
      ],
    },
    { actions: [say('prices', ({ event }) => ({ types: typesInWords(event.facts) })), understood] },
  ],
  list_lessons: [
    welcome,
    {
      guard: 'hasLessons',
      actions: [
        say('lessons', ({ event }) => ({
          lessons: allLessonsInWords(lessonsOf(event.heard.learner, event.facts.lessons), event.facts),
        })),
        understood,
      ],
    },
    { actions: [say('no_lessons'), understood] },
  ],
  paid: [
    welcome,
    { guard: 'depositOpen', actions: [say('paid_is_seen', deposit), understood] },
    { actions: [say('paid_nothing_due'), understood] },
  ],
  how_to_pay: [
    welcome,
    { guard: 'depositOpen', actions: [say('how_to_pay', deposit), understood] },
    { actions: [say('paid_nothing_due'), understood] },
  ],
  reschedule: moving,
  cancel: dropping,
  waitlist: [
    { ...welcome, actions: [keepRequest, remember(() => ({ waits: true })), say('welcome', school)] },
    ...waiting(),
  ],
  ...listWords,
  ...offerPasses,
  running_late: passOn('is running late'),
  question: passOn('asks something'),
  pickup: [{ ...welcome, actions: [keepRequest, keepPickup, say('welcome', school)] }, ...pickup],
  who: passOn('asks who teaches'),
  stop: { target: '#idle', actions: [command(() => ({ kind: 'opt_out' })), forget] },
  start: { actions: [command(() => ({ kind: 'opt_in' })), say('opted_in', school), understood] },
  ...code,
  ...happenings,
} as const;

function officeHours(hours: { weekdays: number[]; from: string; to: string }): string {
  const days = hours.weekdays.length === 7 ? 'every day' : hours.weekdays.includes(6) ? 'Mon-Sat' : 'Mon-Fri';
  return `${days} ${timeLabel(hours.from)}-${timeLabel(hours.to)}`;
}
