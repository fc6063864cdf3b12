import { lessonsAsked } from './asked';
import type { Heard } from './heard';
import type { Args } from './vocabulary';

const asked = ({ event: { facts, heard } }: Args) => lessonsAsked(facts.lessons, heard, facts.school.zone);

/** A day, a time, an instructor, "next". */
const narrows = ({ intent: _, learner: __, ...said }: Heard) => Object.keys(said).length > 0;

/** What the machines ask about a student's questions. */
export const askGuards = {
  noLessons: ({ event }: Args) => event.facts.lessons.length === 0,
  /** One lesson, by words that point at it: then all is told of it. */
  askedOne: (args: Args) => asked(args).length === 1 && narrows(args.event.heard),
  askedSome: (args: Args) => asked(args).length > 0,
  lengthUnknown: ({ event: { heard, facts } }: Args) =>
    heard.durationMinutes !== undefined &&
    !facts.lessonTypes.some((type) => type.durationMinutes === heard.durationMinutes),
  dropAsked: ({ event }: Args) => event.facts.dropAsked !== null,
  owes: ({ event }: Args) => event.facts.owing.length > 0,
  slotInHand: ({ context }: Args) => context.slot !== null,
  someDone: ({ event }: Args) => (event.facts.done?.lessons ?? 0) > 0,
};
