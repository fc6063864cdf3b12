import type { FlowEvent } from '../vocabulary';

type Asked = { event: FlowEvent };

/** What the diary shows of the days that are asked for. */
export const scheduleGuards = {
  hasSchedule: ({ event }: Asked) => (event.facts.schedule?.lessons.length ?? 0) > 0,
  hasFreeTime: ({ event }: Asked) => (event.facts.schedule?.free.length ?? 0) > 0,
  /** One day without a lesson: what there is of gaps and time off. */
  hasGaps: ({ event }: Asked) => {
    const schedule = event.facts.schedule;
    const isOneDay = schedule !== null && schedule.to - schedule.from <= 25 * 3_600_000;
    return isOneDay && schedule.free.length + schedule.off.length > 0;
  },
};
