import { firstName } from '../../src/domain/names';
import { conversation, forget, remember, say } from '../vocabulary';
import { slotInWords } from '../wording';
import { taken } from './book';
import { pickupInHand } from './pickup';
import { plainYes } from './plain-yes';

/** After a lesson, when nothing else is being asked: the same time next week, if it is free. */
const offer = {
  guard: 'rebookable',
  target: '#rebook',
  actions: [
    remember(({ event }) => ({ slot: event.facts.slot, request: event.facts.request, unclear: 0 })),
    say('thanks_and_rebook', ({ event }) => ({
      name: firstName(event.facts.lesson!.student),
      slot: slotInWords(event.facts),
    })),
  ],
} as const;

export const rebookOffers = { lesson_finished: offer } as const;

/** Its YES books like any other; it is not bound to the half hour of a booking in hand, only to the idle time. */
export const rebook = conversation.createStateConfig({
  id: 'rebook',
  on: {
    pickup: pickupInHand,
    confirm_yes: taken,
    unsure_yes: { actions: [plainYes] },
    confirm_no: { target: '#idle', actions: [say('no_problem'), forget] },
  },
});
