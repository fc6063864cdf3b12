import type { FlowEvent } from './vocabulary';

type Asked = { event: FlowEvent };

/** Whose late notice may be let go, and by whom. */
export const waiveGuards = {
  mayNotWaive: ({ event }: Asked) => event.facts.waive?.allowed !== true,
  waivesNobody: ({ event }: Asked) => event.facts.waive?.name === null,
  waivesStranger: ({ event }: Asked) => event.facts.waive?.candidates.length === 0,
  waivesOneOfSeveral: ({ event }: Asked) => (event.facts.waive?.candidates.length ?? 0) > 1,
  chargeStands: ({ event }: Asked) => (event.facts.waive?.charge ?? null) !== null,
};
