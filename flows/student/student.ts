import { conversation, forget, NOTHING_REMEMBERED, say } from '../vocabulary';
import { lessonInWords } from '../wording';
import { anywhere, unclear, whoAtRest } from './anywhere';
import { book, keepSlot } from './book';
import { change, dropIt, move } from './change';
import { drops } from './drops';
import { pickupScope } from './pickup';
import { rebook, rebookOffers } from './rebook';
import { register } from './register';
import { several } from './several';
import { lateYes, offering, waitlist } from './waitlist';

/** A student's conversation: at rest, asked for a name, in a booking, or at the menu. */
export const student = conversation.createMachine({
  id: 'student',
  context: NOTHING_REMEMBERED,
  initial: 'idle',
  on: { ...anywhere, unknown: unclear },
  states: {
    idle: {
      id: 'idle',
      on: {
        confirm_no: [
          {
            guard: 'hasLessons',
            actions: [
              say('stands', ({ event }) => ({ slot: lessonInWords(event.facts.lessons[0]!, event.facts) })),
              forget,
            ],
          },
          { actions: [say('no_problem'), forget] },
        ],
        confirm_yes: [{ guard: 'slotInMind', target: '#confirm', actions: [keepSlot] }, ...anywhere.list_lessons],
        late_yes: lateYes(),
        who: whoAtRest,
        waitlist_offer: offering,
        ...rebookOffers,
      },
    },
    menu: { id: 'menu' },
    register,
    book,
    several,
    rebook,
    change,
    move,
    drop: dropIt,
    waitlist,
    drops,
    pickup: pickupScope,
  },
});
