import { lessonSpokenOf } from '../facts';
import { type Args, command, conversation, forget, remember, say } from '../vocabulary';
import { momentInWords } from '../wording';

const asked = ({ event }: Args) => event.facts.pickup!;
const understood = remember(() => ({ unclear: 0 }));
const place = (args: Args) => ({ place: asked(args).place });
const forWhich = (args: Args) => ({
  ...place(args),
  slot: asked(args)
    .lessons.slice(0, 2)
    .map((one) => momentInWords(one.startsAt, args.event.facts))
    .join(' and '),
});

const write = (always: boolean) =>
  command((args) => ({ kind: 'set_pickup', place: asked(args).place, lessons: asked(args).lessons, always }));

const keepAsked = remember((args) => ({
  pickup: asked(args).place,
  lessonId: asked(args).lessons[0]!.id,
  unclear: 0,
}));

/** Somewhere that the instructor cannot reach in time: a person looks at it. */
const tooFar = [
  say('pickup_too_far', (args) => ({
    ...place(args),
    instructor: asked(args).clash!.instructor,
    slot: momentInWords(asked(args).clash!.startsAt, args.event.facts),
    school: args.event.facts.school.name,
  })),
  command((args) => ({ kind: 'alert', alert: 'wants another pick-up, which is far', detail: asked(args).place })),
] as const;

const where = [
  {
    guard: 'pickupOfLesson',
    actions: [
      say('pickup_is', ({ event: { facts } }) => ({
        place: placeOf(lessonSpokenOf(facts)!) ?? '',
        slot: momentInWords(lessonSpokenOf(facts)!.startsAt, facts),
      })),
      understood,
    ],
  },
  {
    guard: 'pickupKnown',
    actions: [
      say('pickup_is_always', ({ event: { facts } }) => ({ place: placeOf(facts.student!) ?? '' })),
      understood,
    ],
  },
  { actions: [say('pickup_unknown'), understood] },
] as const;

/** Where a lesson begins: asked, or told for one lesson or from now on. At rest an unclear one is asked as 1/2. */
export const pickup = [
  { guard: 'pickupClashes', target: '#idle', actions: [...tooFar, forget] },
  { guard: 'pickupOnce', target: '#idle', actions: [write(false), say('pickup_for', forWhich), forget] },
  { guard: 'pickupAlways', target: '#idle', actions: [write(true), say('pickup_always', place), forget] },
  { guard: 'pickupOfNone', target: '#pickupScope', actions: [keepAsked, say('no_such_lesson')] },
  { guard: 'pickupToAsk', target: '#pickupScope', actions: [keepAsked] },
  ...where,
] as const;

/** In the middle of a booking it is kept for that lesson, and the booking's question is asked again. */
export const pickupInHand = [
  { guard: 'pickupAlwaysClashes', actions: [...tooFar, understood] },
  {
    guard: 'pickupToldAlways',
    actions: [write(true), say('pickup_always', place), remember(() => ({ pickup: null, unclear: 0 }))],
  },
  {
    guard: 'pickupTold',
    actions: [remember((args) => ({ pickup: asked(args).place, unclear: 0 })), say('pickup_in_hand', place)],
  },
  {
    guard: 'pickupKept',
    actions: [say('pickup_in_hand', ({ context }) => ({ place: context.pickup ?? '' })), understood],
  },
  ...where,
] as const;

/** In the middle of a move or drop it is written for the lesson in hand. */
export const pickupOfHand = [
  { guard: 'pickupClashes', actions: [...tooFar, understood] },
  { guard: 'pickupAlways', actions: [write(true), say('pickup_always', place), understood] },
  { guard: 'pickupTold', actions: [write(false), say('pickup_for', forWhich), understood] },
  ...where,
] as const;

export const pickupScope = conversation.createStateConfig({
  initial: 'scope',
  states: {
    scope: {
      id: 'pickupScope',
      on: {
        choose_option: pickup,
        confirm_no: { target: '#idle', actions: [say('pickup_as_before'), forget] },
      },
    },
  },
});

const placeOf = ({ pickup, suburb }: { pickup?: string | null; suburb?: string | null }) => pickup ?? suburb ?? null;
