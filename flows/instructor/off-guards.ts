import type { Memory } from '../memory';
import type { FlowEvent } from '../vocabulary';

type Asked = { event: FlowEvent };

/** What is known of the time off or the hours that are asked for. */
export const offGuards = {
  noTimeSaid: ({ event }: Asked) => (event.facts.off?.spans.length ?? 0) === 0,
  timeIsPast: ({ event: { facts, heard } }: Asked) =>
    (facts.off?.spans.length ?? 0) === 0 &&
    [heard.date, heard.dates, heard.range, heard.window, heard.time].some((one) => one !== undefined),
  cannotCome: ({ event: { facts, heard } }: Asked) => heard.cannotCome === true && (facts.off?.hit.length ?? 0) > 0,
  lessonsHit: ({ event }: Asked) => (event.facts.off?.hit.length ?? 0) > 0,
  hitUnreached: ({ event }: Asked) => (event.facts.off?.unreached.length ?? 0) > 0,
  moreLessonsHit: ({ context, event }: { context: Memory } & Asked) =>
    event.facts.off?.hit.some((one) => !context.hit.includes(one.id)) ?? false,
  timeFreed: ({ event }: Asked) => (event.facts.off?.freed.length ?? 0) > 0,
  hasTimeOff: ({ event }: Asked) => (event.facts.off?.standing.length ?? 0) > 0,
  hoursOnlyAsked: ({ event }: Asked) => !event.facts.off?.week,
};
