import { z } from 'zod';
import type { Asked, Heard, Role } from '../../flows/heard';
import { FLOW_VERSION, machines } from '../../flows/machines';
import { type Memory, NOTHING_REMEMBERED } from '../../flows/vocabulary';
import { type Instant, MINUTE } from '../domain/time';
import { localDateTimeOf } from './local';

/** Where a conversation stands: the state's value and what it remembers. Stored as it is. */
export type Place = { role: Role; value: unknown; memory: Memory };

const stored = z.object({
  role: z.enum(['student', 'instructor', 'owner']),
  value: z.union([z.string(), z.record(z.string(), z.unknown())]),
  memory: z.looseObject({ unclear: z.number(), askedAt: z.number(), offers: z.array(z.unknown()) }),
});

export const atRest = (role: Role): Place => ({ role, value: 'idle', memory: NOTHING_REMEMBERED });

/** The stored place, or rest when it was saved by another version of the flows, another role or cannot be read. */
export function placeFrom(saved: unknown, version: number, role: Role): { place: Place; restarted: boolean } {
  const read = stored.safeParse(saved);
  if (!read.success || version !== FLOW_VERSION || read.data.role !== role) {
    return { place: atRest(role), restarted: version !== FLOW_VERSION && !isIdle(saved) };
  }
  const place = { role, value: read.data.value, memory: { ...NOTHING_REMEMBERED, ...read.data.memory } as Memory };
  try {
    machines[role].resolveState({ value: place.value as never, context: place.memory });
    return { place, restarted: false };
  } catch {
    return { place: atRest(role), restarted: true };
  }
}

/** What is answered there is the name of one who learns on this phone. */
export const ASKS_LEARNER = /^(book|waitlist)\.learner$/;

/** The name of the state, which is also its copy key: "book.offer". */
export function stateName(value: unknown): string {
  if (typeof value === 'string') return value;
  return Object.entries(value as Record<string, unknown>)
    .map(([outer, inner]) => `${outer}.${stateName(inner)}`)
    .join('+');
}

/** What the words that come next answer to. */
export function askedIn(place: Place, zone: string, codeOpen: boolean): Asked {
  const { memory } = place;
  switch (stateName(place.value)) {
    case 'register.name':
      return { kind: 'name' };
    case 'book.when':
      return dayOnly(memory.request) ?? { kind: 'when' };
    case 'book.length':
      return { kind: 'duration' };
    case 'book.learner':
    case 'waitlist.learner':
      return { kind: 'name' };
    case 'several.count':
    case 'several.time':
    case 'assign.when':
      return { kind: 'when' };
    case 'book.which':
    case 'book.who':
    case 'change.which':
    case 'waitlist.which':
    case 'assign.which':
      return { kind: 'choice', options: choicesIn(place) };
    case 'waitlist.when':
      return { kind: 'when' };
    case 'waitlist.ask':
      return { kind: 'confirm' };
    case 'move.when':
      return { kind: 'moveWhen' };
    case 'assign.offer':
    case 'move.offer':
    case 'book.offer':
      return {
        kind: 'slots',
        offered: memory.offers.map((offer) => ({
          at: localDateTimeOf(offer.startsAt, zone),
          instructor: offer.instructor,
        })),
        ...(memory.offers[0] && { minutes: minutesOf(memory.offers[0]) }),
      };
    case 'off.confirm':
    case 'away.confirm':
    case 'hours.confirm':
    case 'drop.confirm':
    case 'drops.confirm':
    case 'waive.confirm':
    case 'several.confirm':
      return { kind: 'confirm' };
    case 'move.confirm':
    case 'assign.confirm':
    case 'rebook':
    case 'waitlist.offered':
    case 'book.confirm':
      return memory.slot
        ? {
            ...{ kind: 'confirm', at: localDateTimeOf(memory.slot.startsAt, zone) },
            ...{ instructor: memory.slot.instructor, minutes: minutesOf(memory.slot) },
          }
        : { kind: 'confirm' };
    case 'pickup.scope':
      return { kind: 'choice', options: 2 };
    case 'menu':
      return { kind: 'choice', options: 4 };
    default:
      return codeOpen ? { kind: 'code' } : { kind: 'idle' };
  }
}

const minutesOf = ({ startsAt, endsAt }: { startsAt: Instant; endsAt: Instant }) => (endsAt - startsAt) / MINUTE;

/** How many numbers the list that was asked has; the waitlist's ends with one for all of them. */
export function choicesIn({ value, memory }: Place): number {
  switch (stateName(value)) {
    case 'change.which':
      return memory.lessonChoices.length;
    case 'assign.which':
      return memory.students.length;
    case 'waitlist.which':
      return memory.wishes.length + 1;
    case 'several.confirm':
      return memory.list.length;
    default:
      return memory.choices.length;
  }
}

function dayOnly(request: Heard | null): Asked | null {
  return request?.date && !request.time ? { kind: 'time', date: request.date } : null;
}

function isIdle(saved: unknown): boolean {
  return (saved as { value?: unknown } | null)?.value === 'idle';
}
