import type { FlowEvent } from './vocabulary';

type Asked = { event: FlowEvent };

/** What is known of a delay, an instructor's or a student's. */
export const lateGuards = {
  nobodyWaits: ({ event: { facts } }: Asked) => !facts.late?.waited,
  delayUnsaid: ({ event: { facts } }: Asked) => facts.late?.minutes === null,
  noneReached: ({ event: { facts } }: Asked) => facts.late?.reached.length === 0,
  someUnreached: ({ event: { facts } }: Asked) => (facts.late?.unreached.length ?? 0) > 0,
  lateForLesson: ({ event: { facts } }: Asked) => facts.studentLate !== null,
  roomAfter: ({ event: { facts } }: Asked) => (facts.studentLate?.roomUntil ?? null) !== null,
};
