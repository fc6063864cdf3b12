import { sumCents } from '../src/domain/money';
import type { Clash, Facts, Offer } from './facts';
import type { Args } from './vocabulary';

/** The list that the diary answered with; empty when it was asked for none. */
export const listed = ({ search }: Facts) =>
  search?.kind === 'list' ? search : { offers: [] as Offer[], clashes: [] as Clash[] };

const listIsFree = (facts: Facts) => listed(facts).offers.length > 0 && listed(facts).clashes.length === 0;

/** Of how many of the list's lessons, the earliest first, credit pays the whole deposit. */
export function paidFromCredit(facts: Facts): number {
  const deposit = facts.lessonType?.depositCents ?? 0;
  const { length } = listed(facts).offers;
  return deposit === 0 ? 0 : Math.min(Math.floor(Math.max(facts.creditCents, 0) / deposit), length);
}

const isToldByAnother = ({ lesson, together }: Facts) =>
  together.some((one) => one.id === lesson?.id) && together[0]?.id !== lesson?.id;

/** What the machines ask about several lessons at once, and about whose a lesson is. */
export const severalGuards = {
  asksWho: ({ event }: Args) => event.facts.search?.kind === 'who',
  asksLearnerName: ({ event }: Args) => event.facts.search?.kind === 'learner_name',
  asksTime: ({ event }: Args) => event.facts.search?.kind === 'what_time',
  asksHowMany: ({ event }: Args) => event.facts.search?.kind === 'how_many' && event.facts.search.max > 0,
  someOfList: ({ event }: Args) => listed(event.facts).offers.length > 0,
  noneOfList: ({ event }: Args) => listed(event.facts).clashes.length > 0,
  listFree: ({ event }: Args) => listIsFree(event.facts),
  listFreeNoDeposit: ({ event }: Args) => listIsFree(event.facts) && event.facts.lessonType?.depositCents === 0,
  listAllFromCredit: ({ event }: Args) =>
    listIsFree(event.facts) && paidFromCredit(event.facts) === listed(event.facts).offers.length,
  listSomeFromCredit: ({ event }: Args) => listIsFree(event.facts) && paidFromCredit(event.facts) > 0,
  learnerHeard: ({ event }: Args) => event.heard.learner !== undefined || event.heard.learners !== undefined,
  allMeant: ({ event }: Args) => event.facts.meant.length > 1 && event.heard.lessonRef?.which === 'all',
  paidTogether: ({ event }: Args) => event.facts.lesson?.status === 'confirmed' && event.facts.together.length > 1,
  pendingTogether: ({ event }: Args) => event.facts.lesson?.status === 'pending' && event.facts.together.length > 1,
  endedTogether: ({ event }: Args) => event.facts.lesson?.status === 'cancelled' && event.facts.together.length > 1,
  // The first of those whose holds end at one moment tells of them all.
  toldWithAnother: ({ event }: Args) => event.facts.lesson?.status === 'pending' && isToldByAnother(event.facts),
  wasToldWithAnother: ({ event }: Args) => isToldByAnother(event.facts),
  manyToDrop: ({ context, event }: Args) =>
    context.purpose === 'drop' && event.facts.meant.length > 1 && (event.heard.options?.length ?? 0) > 1,
  manyToMove: ({ context, event }: Args) => context.purpose === 'move' && (event.heard.options?.length ?? 0) > 1,
  someMeantGone: ({ context, event }: Args) => event.facts.meant.length < context.lessonIds.length,
  costMore: ({ context, event }: Args) => sumCents(event.facts.costs.map((one) => one.chargeCents)) > context.toldCents,
};
