import { firstName } from '../../src/domain/names';
import { type Args, command, forget, remember, say } from '../vocabulary';
import { typesInWords } from '../wording';
import { hoursDone, howToPay, listing, priced, saysPaid, slotsInstructor, whoTeaches } from './ask';
import { booking } from './book';
import { dropping, moving } from './change';
import { handOff } from './hand-off';
import { studentLate } from './late';
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

const keepPickup = remember(({ event }) => ({ pickup: event.facts.pickup?.place ?? null }));
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

/** At rest no slot is in hand, whatever was mentioned last. */
export const whoAtRest = [welcome, ...whoTeaches] as const;

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
    ...priced,
  ],
  list_lessons: [welcome, ...listing],
  paid: [welcome, ...saysPaid],
  how_to_pay: [welcome, ...howToPay],
  who: [welcome, slotsInstructor, ...whoTeaches],
  hours: [welcome, ...hoursDone],
  reschedule: moving,
  cancel: dropping,
  waitlist: [
    { ...welcome, actions: [keepRequest, remember(() => ({ waits: true })), say('welcome', school)] },
    ...waiting(),
  ],
  ...listWords,
  ...offerPasses,
  running_late: [...studentLate, ...passOn('is running late')],
  question: passOn('asks something'),
  pickup: [{ ...welcome, actions: [keepRequest, keepPickup, say('welcome', school)] }, ...pickup],
  stop: { target: '#idle', actions: [command(() => ({ kind: 'opt_out' })), forget] },
  start: { actions: [command(() => ({ kind: 'opt_in' })), say('opted_in', school), understood] },
  ...code,
  ...happenings,
} as const;
