import { assign, assigning, nothingAsked } from '../instructor/assign';
import { schedules } from '../instructor/schedule';
import { command, conversation, forget, NOTHING_REMEMBERED, remember, say } from '../vocabulary';
import { waive, waiving } from '../waive';

const understood = remember(() => ({ unclear: 0 }));

/** The owner's phone: what is on, and the alerts that arrive on it. */
export const owner = conversation.createMachine({
  id: 'owner',
  context: NOTHING_REMEMBERED,
  initial: 'idle',
  on: {
    ...schedules,
    book: assigning,
    waive: waiving,
    help: { actions: [say('help_owner'), understood] },
    menu: { target: '.idle', actions: [say('help_owner'), forget] },
    greeting: { actions: [say('help_owner'), understood] },
    thanks: { actions: [say('you_are_welcome'), understood] },
    stop: { target: '.idle', actions: [command(() => ({ kind: 'opt_out' })), forget] },
    start: {
      actions: [
        command(() => ({ kind: 'opt_in' })),
        say('opted_in', ({ event }) => ({ school: event.facts.school.name })),
      ],
    },
    unknown: { actions: [say('not_understood'), say('help_owner')] },
  },
  states: { idle: { id: 'rest', on: nothingAsked }, assign, waive },
});
