import { say } from '../vocabulary';

/** A YES that is not plain, or that may have been meant for another question, is asked for again. */
export const plainYes = say(({ context, event }) =>
  context.parked || event.facts.crossed ? 'to_be_sure' : 'plain_yes',
);
