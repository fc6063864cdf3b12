import { lessonSpokenOf } from './facts';
import type { Args } from './vocabulary';

/** What the machines ask about where a lesson begins. */
export const pickupGuards = {
  pickupTold: ({ event }: Args) => event.facts.pickup !== null,
  pickupAlwaysClashes: ({ event }: Args) => event.heard.placeFor === 'always' && event.facts.pickup?.clash != null,
  pickupToldAlways: ({ event }: Args) => event.heard.placeFor === 'always' && event.facts.pickup !== null,
  pickupClashes: ({ event }: Args) => event.facts.pickup?.clash != null && event.facts.pickup.mode !== 'ask',
  pickupOnce: ({ event }: Args) => event.facts.pickup?.mode === 'once',
  pickupAlways: ({ event }: Args) => event.facts.pickup?.mode === 'always',
  pickupKept: ({ context }: Args) => context.pickup !== null,
  pickupOfNone: ({ event }: Args) => event.facts.pickup?.mode === 'ask' && event.heard.lessonRef !== undefined,
  pickupToAsk: ({ event }: Args) => event.facts.pickup?.mode === 'ask',
  pickupOfLesson: ({ event: { facts } }: Args) =>
    Boolean(lessonSpokenOf(facts)?.pickup ?? lessonSpokenOf(facts)?.suburb),
  pickupKnown: ({ event: { facts } }: Args) => Boolean(facts.student?.pickup ?? facts.student?.suburb),
};
