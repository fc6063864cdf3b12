import { dollars } from '../../src/domain/labels';
import { sumCents } from '../../src/domain/money';
import { datesInWords, listPriceInWords, owingInWords } from '../list-wording';
import { type Args, command, conversation, forget, heldUnder, type LessonFact, remember, say } from '../vocabulary';
import { plainYes } from './plain-yes';

export const keepLessons = remember(({ event }) => ({
  lessonIds: event.facts.meant.map((one) => one.id),
  lessonId: null,
  lessonChoices: [],
  toldCents: sumCents(event.facts.costs.map((one) => one.chargeCents)),
  unclear: 0,
}));

const dropAll = command(({ event }) => ({ kind: 'drop_lessons', lessons: event.facts.meant }));

/** What is still held under the reference of a held lesson that goes: the sum that it asks for is another now. */
const restOf = ({ event: { facts } }: Args) => {
  const gone = new Set(facts.meant.map((one) => one.id));
  const held = facts.meant.find((one) => one.status === 'pending' && one.reference !== null);
  return held ? heldUnder(facts.lessons, held.reference).filter((one) => !gone.has(one.id)) : [];
};

/** Nothing is said when nothing is held. */
const sayHeld = (held: (args: Args) => LessonFact[]) =>
  say(
    (args) => (held(args).length > 0 ? 'still_held' : 'list_note'),
    (args) => {
      const { facts } = args.event;
      const rest = held(args);
      return {
        note: '',
        lessons: rest.length > 0 ? datesInWords(rest, facts, 70) : '',
        deposit: dollars(sumCents(rest.map((one) => one.depositCents))),
        payid: facts.school.payid,
        reference: rest[0]?.reference ?? '',
      };
    },
  );

export const stillHeld = sayHeld(restOf);

/** When a hold has ended: those of the same request that are held on. */
export const heldOn = sayHeld(({ event }) => event.facts.lessons);

/** Several lessons dropped by one YES; the price is told for all of them before it happens. */
export const drops = conversation.createStateConfig({
  initial: 'confirm',
  states: {
    confirm: {
      id: 'dropsConfirm',
      on: {
        unsure_yes: { actions: [plainYes] },
        stale_answer: [
          { guard: 'noneMeant', target: '#idle', actions: [say('already_changed'), forget] },
          { target: '#dropsConfirm', actions: [keepLessons] },
        ],
        confirm_yes: [
          { guard: 'noneMeant', target: '#idle', actions: [say('already_changed'), forget] },
          { guard: 'someMeantGone', target: '#dropsConfirm', actions: [say('already_changed'), keepLessons] },
          { guard: 'costMore', target: '#dropsConfirm', actions: [keepLessons, say('price_rose')] },
          {
            target: '#idle',
            actions: [
              dropAll,
              say('dropped_list', ({ event: { facts } }) => ({
                lessons: datesInWords(facts.meant, facts, 130),
                price: `${listPriceInWords(facts.costs)} ${owingInWords(facts)}`,
              })),
              stillHeld,
              forget,
            ],
          },
        ],
        confirm_no: { target: '#idle', actions: [say('as_it_was'), forget] },
      },
    },
  },
});
