import type { Listening, Role, Understood } from '../../flows/heard';
import type { Inbound } from '../channels/inbound';
import { closer } from '../conversation/closer';
import { hear } from '../conversation/hear/hear';
import { askedIn, type Place } from '../conversation/place';
import type { Speaker } from '../store/speaker';

/** What the words of a text mean to us where the conversation stands. */
export function heardAs(text: string, { school, ...people }: Speaker, place: Place, now: number): Understood {
  const listening: Listening = {
    role: place.role,
    asked: askedIn(place, school.zone, people.codeOpen),
    now,
    zone: school.zone,
    state: school.state,
    instructors: people.instructors.map((one) => one.name),
    lessonTypes: people.lessonTypes.map((type) => type.name),
    people: { holder: people.student?.name ?? null, learners: people.learners.map((one) => one.name) },
  };
  return closer(text, hear(text, place, listening), listening);
}

/** While a person answers, two things still reach the bot: a start code, and MENU, which ends the take-over. */
export function isForTheBot(understood: Understood, speaker: Speaker): boolean {
  const { intent } = understood.readings[0];
  return intent === 'menu' || (speaker.codeOpen && (intent === 'give_otp' || intent === 'resend_code'));
}

/** Short codes, named senders and our own number are machines: what they say is kept and never answered. */
export function isPerson({ from, to }: Inbound): boolean {
  return /^\+\d{8,15}$/.test(from) && from !== to;
}

/** An instructor's phone speaks as instructor first. */
export function roleOf(speaker: Speaker): Role {
  if (speaker.instructor) return 'instructor';
  return speaker.isOwner ? 'owner' : 'student';
}
