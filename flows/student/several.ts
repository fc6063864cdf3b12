import { dollars } from '../../src/domain/labels';
import { holdEndsAt } from '../../src/domain/policy';
import { datesInWords } from '../list-wording';
import { listed, paidFromCredit } from '../several-guards';
import { type Args, command, conversation, forget, say } from '../vocabulary';
import { momentInWords } from '../wording';
import { booking } from './book';
import { keepList, listNote } from './listing';
import { pickupInHand } from './pickup';
import { plainYes } from './plain-yes';

const holdOf = ({ event: { facts, now } }: Args, startsAt: number) => holdEndsAt(facts.school.policy, startsAt, now);

/** Credit pays whole deposits, the earliest lessons first; the others are held. */
const bookList = command((args) => {
  const { facts } = args.event;
  const depositCents = facts.lessonType!.depositCents;
  const paid = depositCents === 0 ? Number.POSITIVE_INFINITY : paidFromCredit(facts);
  return {
    kind: 'book_list',
    lessons: listed(facts).offers.map((slot, at) => ({
      slot,
      holdExpiresAt: at < paid ? null : holdOf(args, slot.startsAt),
    })),
    reference: facts.fresh.reference,
    depositCents,
    pickup: args.context.pickup,
  };
});

const bookedValues = ({ event: { facts } }: Args) => {
  const { offers } = listed(facts);
  return {
    lessons: datesInWords(offers, facts, 200),
    deposit: dollars(offers.length * facts.lessonType!.depositCents),
  };
};

const heldValues = (args: Args) => {
  const { facts } = args.event;
  const held = listed(facts).offers.slice(paidFromCredit(facts));
  const until = Math.min(...held.map((slot) => holdOf(args, slot.startsAt)));
  return {
    until: momentInWords(until, facts),
    count: held.length === 1 ? '1 lesson' : `${held.length} lessons`,
    deposit: dollars(held.length * facts.lessonType!.depositCents),
    payid: facts.school.payid,
    reference: facts.fresh.reference,
  };
};

const fromCredit = say('list_from_credit', ({ event: { facts } }) => ({
  credit: dollars(paidFromCredit(facts) * facts.lessonType!.depositCents),
  lessons: datesInWords(listed(facts).offers.slice(0, paidFromCredit(facts)), facts, 80),
}));

/** A YES to the list as it was told: all of it, or, when some went meanwhile, nothing, and the rest is asked again. */
const listTaken = [
  { guard: 'listFreeNoDeposit', target: '#idle', actions: [bookList, say('booked_list', bookedValues), forget] },
  {
    guard: 'listAllFromCredit',
    target: '#idle',
    actions: [bookList, say('booked_list_with_credit', bookedValues), forget],
  },
  {
    guard: 'listSomeFromCredit',
    target: '#idle',
    actions: [bookList, fromCredit, say('held_list', heldValues), forget],
  },
  { guard: 'listFree', target: '#idle', actions: [bookList, say('held_list', heldValues), forget] },
  { guard: 'someOfList', target: '#listConfirm', actions: [say('not_booked_yet'), listNote, keepList] },
  { target: '#when', actions: [listNote, say('none_of_list'), forget] },
] as const;

/** Several lessons: at what time, for how long a series, and the list that is booked as a whole by one YES. */
export const several = conversation.createStateConfig({
  initial: 'confirm',
  on: { pickup: pickupInHand },
  states: {
    time: { id: 'whatTime' },
    count: { id: 'howMany' },
    confirm: {
      id: 'listConfirm',
      on: {
        confirm_yes: listTaken,
        // Numbers make the list shorter; what is left is told and confirmed like any list.
        choose_option: [
          { guard: 'someOfList', target: '#listConfirm', actions: [listNote, keepList] },
          { target: '#when', actions: [listNote, say('none_of_list'), forget] },
        ],
        unsure_yes: { actions: [plainYes] },
        stale_answer: [...booking(say('too_old'))],
        confirm_no: { target: '#when', actions: [say('no_problem'), forget] },
      },
    },
  },
});
