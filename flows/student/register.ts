import { command, conversation, say } from '../vocabulary';
import { typesInWords } from '../wording';
import { keepRequest } from './anywhere';
import { booking } from './book';

const registerStudent = command(({ event }) => ({ kind: 'register_student', name: event.heard.name ?? '' }));
const thankForName = say('thanks_name', ({ event }) => ({ name: event.heard.name ?? '' }));

/** First contact: the name is asked once; what was asked for before it is kept, and answered with the thanks. */
export const register = conversation.createStateConfig({
  initial: 'name',
  states: {
    name: {
      id: 'name',
      on: {
        give_name: [
          // Two readings that were heard before the name was known are asked now.
          { guard: 'choicesKept', target: '#which', actions: [registerStudent, thankForName] },
          ...booking(registerStudent, thankForName),
        ],
        price: { target: 'name', actions: [say('prices', ({ event }) => ({ types: typesInWords(event.facts) }))] },
        greeting: { target: 'name', reenter: true },
        book: { target: 'name', actions: [keepRequest] },
        availability: { target: 'name', actions: [keepRequest] },
      },
    },
  },
});
