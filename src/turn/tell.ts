import { randomUUID } from 'node:crypto';
import type { Facts, LessonFact, Said } from '../../flows/vocabulary';
import { lessonInWords } from '../../flows/wording';
import { renderSaid } from '../conversation/render';
import { codeFor, codeHash } from '../domain/codes';
import { firstName } from '../domain/names';
import { MINUTE } from '../domain/time';
import { insertCode } from '../store/codes';
import { insertOutgoing } from '../store/messages';
import { conversationOfPhone } from './conversation-of-phone';
import type { Turn } from './turn';

/** The instructor knows who teaches it. */
export const toldBooked = (lesson: LessonFact, facts: Facts): Said => ({
  key: lesson.pickup ? 'told_booked_pickup' : 'told_booked',
  values: {
    slot: lessonInWords(lesson, facts).replace(/ with [^,]*$/, ''),
    student: lesson.student,
    place: lesson.pickup ?? '',
  },
});

/** The text holds a placeholder; the code is made again from its nonce when the text is handed over, and is nowhere else. */
export async function sendCode(turn: Turn, lesson: LessonFact): Promise<void> {
  const { tx, facts, world, now } = turn;
  const { startCode } = facts.school.policy;
  const id = randomUUID();
  const nonce = world.random(16).toString('hex');
  const hash = codeHash(world.keys.codes, id, codeFor(world.keys.codes, id, nonce));
  const expiresAt = now + startCode.ttlMinutes * MINUTE;
  await insertCode(tx, facts.school.id, { id, lessonId: lesson.id, hash, nonce, expiresAt }, now);
  const said = codeSaid(lesson, facts);
  const toInstructor = startCode.to === 'instructor';
  await queue(turn, {
    conversationId: toInstructor ? null : turn.conversation.id,
    phone: toInstructor ? lesson.instructorPhone : lesson.studentPhone,
    body: renderSaid(said),
    messageType: 'start_code',
    lessonId: lesson.id,
    otpEventId: id,
    expiresAt,
    lessonStart: lesson.startsAt,
  });
}

export const codeSaid = (lesson: LessonFact, { school }: Facts): Said => ({
  key: lesson.learner === null ? 'code' : 'code_for',
  values: {
    instructor: lesson.instructor,
    minutes: school.policy.startCode.ttlMinutes,
    ...(lesson.learner !== null && { learner: firstName(lesson.learner) }),
  },
});

/** The conversation of another phone, made if need be. */
export async function conversationOf(turn: Turn, phone: string): Promise<string> {
  if (phone === turn.conversation.phone) return turn.conversation.id;
  return (await conversationOfPhone(turn.tx, turn.facts.school.id, phone, turn.now)).id;
}

export function tellOwner(turn: Turn, said: Said): Promise<void> {
  return tell(turn, turn.facts.school.ownerPhone, said, 'office_alert', null);
}

export async function tell(
  turn: Turn,
  phone: string,
  said: Said,
  messageType: string,
  lessonId: string | null,
): Promise<void> {
  await queue(turn, { conversationId: null, phone, body: renderSaid(said), messageType, lessonId });
}

/** A text to be sent at once, as a row with its alarm; its id, or null when its key was there already. */
export async function queue(
  turn: Turn,
  text: Omit<Parameters<typeof insertOutgoing>[2], 'dueAt'> & { dueAt?: number },
): Promise<string | null> {
  const dueAt = text.dueAt ?? turn.now;
  const id = await insertOutgoing(turn.tx, turn.facts.school.id, { ...text, dueAt }, turn.now);
  if (id) turn.alarms.push({ kind: 'message', schoolId: turn.facts.school.id, id, dueAt });
  return id;
}

/** Enough for the office to see what it is about, in one text. */
export const shortened = (words: string) => (words.length > 80 ? `${words.slice(0, 77)}...` : words);

export function who({ facts, conversation }: { facts: Facts; conversation: { phone: string } }): string {
  const known = facts.student ?? facts.instructor;
  return known ? `${known.name} (${conversation.phone})` : conversation.phone;
}

/** Who, what they want, and the words that it was said with. */
export const toOffice = (turn: { facts: Facts; conversation: { phone: string } }, why: string): Said => ({
  key: 'office_hand_off',
  values: { who: who(turn), why, words: shortened(turn.facts.words) },
});

export const notStarted = (lesson: LessonFact, facts: Facts): Said => ({
  key: 'office_not_started',
  values: { student: lesson.student, slot: lessonInWords(lesson, facts) },
});
