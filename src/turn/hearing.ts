import type { Listening, Role, Understood } from '../../flows/heard';
import type { Inbound } from '../channels/inbound';
import { isForgotten } from '../conversation/asking';
import { closer } from '../conversation/closer';
import { hear } from '../conversation/hear/hear';
import { askedIn, atRest, type Place } from '../conversation/place';
import { ANSWERS } from '../conversation/step';
import { droppingWord } from '../domain/carrier';
import type { Speaker } from '../store/speaker';

/** What the words of a text mean to us where the conversation stands. What was forgotten gives them no meaning but that of an answer. */
export function heardAs(text: string, speaker: Speaker, place: Place, now: number): Understood {
  const understood = heardAt(text, speaker, place, now);
  const forgotten = isForgotten(place, speaker.school.policy, now) && !ANSWERS.has(understood.readings[0].intent);
  return forgotten ? heardAt(text, speaker, atRest(place.role), now) : understood;
}

function heardAt(text: string, { school, ...people }: Speaker, place: Place, now: number): Understood {
  const words = ordinary(text, place.role);
  const listening: Listening = {
    role: place.role,
    asked: askedIn(place, school.zone, people.codeOpen),
    now,
    zone: school.zone,
    state: school.state,
    instructors: people.instructors.map((one) => one.name),
    lessonTypes: people.lessonTypes.map((type) => type.name),
    lengths: people.lessonTypes.map((type) => type.durationMinutes),
    people: { holder: people.student?.name ?? null, learners: people.learners.map((one) => one.name) },
  };
  return closer(words, hear(words, place, listening), listening);
}

/** A text that was written before the question that stands was asked can be anything but its answer. */
export function heardBeforeAsked(text: string, speaker: Speaker, place: Place, writtenAt: number): Understood {
  const understood = heardAs(text, speaker, atRest(place.role), writtenAt);
  if (!ANSWERS.has(understood.readings[0].intent)) return understood;
  return { readings: [{ intent: 'unknown' }], also: [], why: ['written before we asked'] };
}

/** CANCEL, END or QUIT that the carrier left alone was meant for a lesson. */
const ordinary = (text: string, role: Role) => (droppingWord({ text }) ? (role === 'student' ? 'drop' : 'help') : text);

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
