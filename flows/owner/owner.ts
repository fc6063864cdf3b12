import { schedules } from '../instructor/schedule';
import { command, conversation, forget, NOTHING_REMEMBERED, remember, say } from '../vocabulary';

const understood = remember(() => ({ unclear: 0 }));

/** The owner's phone: what is on, and the alerts that arrive on it. */
export const owner = conversation.createMachine({
  id: 'owner',
  context: NOTHING_REMEMBERED,
  initial: 'idle',
  on: {
    ...schedules,
    help: { actions: [say('help_owner'), understood] },
    menu: { actions: [say('help_owner'), forget] },
    greeting: { actions: [say('help_owner'), understood] },
    thanks: { actions: [say('you_are_welcome'), understood] },
    stop: { actions: [command(() => ({ kind: 'opt_out' })), forget] },
    start: {
      actions: [
        command(() => ({ kind: 'opt_in' })),
        say('opted_in', ({ event }) => ({ school: event.facts.school.name })),
      ],
    },
    unknown: { actions: [say('not_understood'), say('help_owner')] },
  },
  states: { idle: {} },
});
