import { cleanName, firstName } from '../../src/domain/names';
import { toGsm7 } from '../../src/domain/texts';
import { othersNamed } from '../people';
import { type Args, command, conversation, remember, say } from '../vocabulary';
import { typesInWords } from '../wording';
import { keepRequest } from './anywhere';
import { booking } from './book';
import { handOff } from './hand-off';
import { waiting } from './waitlist';

const nameOf = ({ event }: Args) => cleanName(event.heard.name ?? '') ?? '';
const registerStudent = command((args) => ({
  kind: 'register_student',
  name: nameOf(args),
  learners: othersNamed(args.event.facts.request, nameOf(args)),
}));
/** "its for my daughter Ella": a learner is known; what the holder of the phone is called is asked next. */
const learnerNoted = say('learner_noted', ({ event }) => ({
  name: othersNamed(event.facts.request, '').map(firstName).join(' and ') || 'them',
}));
/** A name that no text can spell is kept, and left out of the thanks. */
const thankForName = say(
  ({ event }) => (/[a-z]/i.test(toGsm7(event.heard.name ?? '')) ? 'thanks_name' : 'thanks_plain'),
  (args) => ({ name: firstName(nameOf(args)) }),
);

const again = [
  { guard: 'unclearOnce', target: 'name', actions: [remember(() => ({ unclear: 1 })), say('not_understood')] },
  { guard: 'unclearTwice', target: 'name', actions: [remember(() => ({ unclear: 2 })), say('name_please')] },
  { target: '#idle', actions: [...handOff(() => 'could not be asked for a name')] },
] as const;

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
          ...waiting(registerStudent, thankForName),
          ...booking(registerStudent, thankForName),
        ],
        bad_name: again,
        unknown: again,
        confirm_yes: again,
        confirm_no: again,
        price: { target: 'name', actions: [say('prices', ({ event }) => ({ types: typesInWords(event.facts) }))] },
        greeting: { target: 'name', reenter: true },
        book: [
          { guard: 'learnerHeard', target: 'name', reenter: true, actions: [keepRequest, learnerNoted] },
          { target: 'name', actions: [keepRequest] },
        ],
        availability: { target: 'name', actions: [keepRequest] },
      },
    },
  },
});
