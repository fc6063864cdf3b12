import type { FlowEvent } from '../vocabulary';

type Asked = { event: FlowEvent };

/** For whom a lesson is to be booked. */
export const assignGuards = {
  nobodyNamed: ({ event }: Asked) => event.facts.assign?.name === null,
  studentUnknown: ({ event }: Asked) => event.facts.assign?.candidates.length === 0,
  severalStudents: ({ event }: Asked) => (event.facts.assign?.candidates.length ?? 0) > 1,
};
