import type { Facts, Refusal } from './facts';
import { isFree } from './facts';
import type { Args } from './vocabulary';

/** What may change by itself when somebody drops a lesson; the other refusals stay for good. */
const MAY_OPEN: (Refusal | null)[] = ['taken', 'time_off', 'weekly_cap', null];

const isWish = ({ context, event }: Args) => event.type === 'waitlist' || context.waits;

const live = ({ offer }: Facts) => offer?.status === 'planned' || offer?.status === 'asked';

/** What the machines ask about the waitlist. */
export const waitlistGuards = {
  isWish,
  wishHopeless: (args: Args) => isWish(args) && args.event.facts.hopeless,
  wishNoSuchLength: (args: Args) => isWish(args) && args.event.facts.search?.kind === 'no_such_length',
  wishOpen: (args: Args) => isWish(args) && args.event.facts.search?.kind === 'open',
  wishAsksLearner: (args: Args) => isWish(args) && args.event.facts.search?.kind === 'learner_name',
  wishThere: (args: Args) => isWish(args) && args.event.facts.search?.kind === 'exact',
  wishFree: (args: Args) => isWish(args) && freeAsWished(args.event.facts),
  couldWait: ({ event: { facts } }: Args) => facts.search?.kind === 'none' && MAY_OPEN.includes(facts.search.because),
  nothingSuits: ({ event: { facts } }: Args) =>
    facts.request !== null &&
    facts.wishes.length === 0 &&
    ((facts.search?.kind === 'offers' && facts.search.because !== null && MAY_OPEN.includes(facts.search.because)) ||
      (facts.search?.kind === 'none' && MAY_OPEN.includes(facts.search.because))),
  onList: ({ event }: Args) => event.facts.wishes.length > 0,
  onListOnce: ({ event }: Args) => event.facts.wishes.length === 1,
  offerStands: ({ event: { facts, now } }: Args) =>
    live(facts) && facts.offer!.waiting && facts.mayAsk && isFree(facts) && now < (facts.offer!.expiresAt ?? now + 1),
  offerLive: ({ event }: Args) => live(event.facts),
  offerGone: ({ event: { facts } }: Args) => live(facts) && !isFree(facts),
  thisOffer: ({ context, event: { facts } }: Args) => live(facts) && context.offer?.id === facts.offer?.id,
  slotInMind: ({ context, event: { facts } }: Args) => context.slot !== null && isFree(facts),
};

const freeAsWished = ({ search }: Facts) => search?.kind === 'offers' && search.because === null;
