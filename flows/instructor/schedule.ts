import { freeInWords, nextInWords, scheduleInWords, spanInWords } from '../schedule-wording';
import { type Args, remember, say } from '../vocabulary';

const understood = remember(() => ({ unclear: 0 }));
const day = ({ event }: Args) => spanInWords(event.facts.schedule!, event.facts);

const schedule = [
  {
    guard: 'hasSchedule',
    actions: [say('schedule', (args) => ({ day: day(args), lessons: scheduleInWords(args.event.facts) })), understood],
  },
  {
    guard: 'hasGaps',
    actions: [
      say('schedule_none_but', (args) => ({ day: day(args), lines: scheduleInWords(args.event.facts) })),
      understood,
    ],
  },
  { actions: [say('schedule_none', (args) => ({ day: day(args) })), understood] },
] as const;

const free = [
  {
    guard: 'hasFreeTime',
    actions: [say('free_times', (args) => ({ gaps: freeInWords(args.event.facts) })), understood],
  },
  { actions: [say('free_times_none', (args) => ({ day: day(args) })), understood] },
] as const;

/** The diary as it is asked for: an instructor's own, or for the owner everyone's. */
export const schedules = {
  schedule_today: schedule,
  schedule_day: schedule,
  schedule_week: schedule,
  availability: free,
  free_time: free,
  list_lessons: schedule,
  next_lesson: [
    {
      guard: 'hasLessons',
      actions: [say('next', ({ event: { facts } }) => ({ lesson: nextInWords(facts.lessons[0]!, facts) })), understood],
    },
    { actions: [say('next_none'), understood] },
  ],
} as const;
