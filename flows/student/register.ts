import { command, conversation, remember, say } from '../vocabulary';
import { typesInWords } from '../wording';
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
        give_name: [...booking(registerStudent, thankForName)],
        price: { target: 'name', actions: [say('prices', ({ event }) => ({ types: typesInWords(event.facts) }))] },
        greeting: { target: 'name', reenter: true },
        book: { target: 'name', actions: [remember(({ event }) => ({ request: event.facts.request, unclear: 0 }))] },
        availability: {
          target: 'name',
          actions: [remember(({ event }) => ({ request: event.facts.request, unclear: 0 }))],
        },
      },
    },
  },
});
