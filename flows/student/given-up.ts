import { type Args, command, say } from '../vocabulary';
import { lessonInWords, priceInWords, slotInWords, stillToPayInWords } from '../wording';
import { taken } from './book';
import { stillHeld } from './drops';

export const meant = ({ event }: Args) => event.facts.meant[0]!;
export const meantInWords = (args: Args) => lessonInWords(meant(args), args.event.facts);

export const tellInstructor = (key: 'told_moved' | 'told_dropped') =>
  command((args) => ({
    kind: 'notice',
    lesson: meant(args),
    before: meant(args).startsAt,
    after: key === 'told_moved' ? args.event.facts.slot!.startsAt : null,
    said: {
      key,
      values: {
        lesson: withoutInstructor(meantInWords(args)),
        slot: key === 'told_moved' ? slotInWords(args.event.facts) : withoutInstructor(meantInWords(args)),
        student: meant(args).student,
      },
    },
  }));

/** The instructor knows who teaches it. */
const withoutInstructor = (words: string) => words.replace(/ with [^,]*$/, '');

const drop = command((args) => ({ kind: 'drop_lesson', lesson: meant(args) }));

/** What is done and said when a lesson is given up: its price, and what is left to pay. */
export const dropped = [
  drop,
  tellInstructor('told_dropped'),
  say('dropped', (args) => ({
    lesson: meantInWords(args),
    price: `${priceInWords(args.event.facts, 'drop')} ${stillToPayInWords(args.event.facts)}`,
  })),
  stillHeld,
] as const;

const [withoutDeposit, fromCredit, held] = taken;
const instead = [
  drop,
  tellInstructor('told_dropped'),
  say('moved_at_cost', (args) => ({
    lesson: meantInWords(args),
    slot: slotInWords(args.event.facts),
    pay: stillToPayInWords(args.event.facts),
  })),
] as const;

/** Inside the notice a move is a drop at its price and a new booking: without deposit, paid from credit, or held. */
export const movedAtCost = [
  { ...withoutDeposit, actions: [...instead, ...withoutDeposit.actions] },
  { ...fromCredit, actions: [...instead, ...fromCredit.actions] },
  { ...held, actions: [...instead, ...held.actions] },
] as const;
