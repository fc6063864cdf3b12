import { randomUUID } from 'node:crypto';
import { FLOW_VERSION } from '../flows/machines';
import type { Command, Facts, LessonFact, Said } from '../flows/vocabulary';
import { lessonInWords } from '../flows/wording';
import { atRest } from './conversation/place';
import { renderSaid } from './conversation/render';
import { codeFor, codeHash } from './domain/codes';
import { planFor } from './domain/plan';
import { MINUTE } from './domain/time';
import { countGuess, endCodes, insertCode, verifyCode } from './store/codes';
import { type Conversation, lockConversation, markConversation } from './store/conversations';
import { insertDeposit } from './store/deposits';
import { insertEvent } from './store/events';
import { cancelLesson, completeLesson, endLapsedHolds, insertLesson, lessonById, startLesson } from './store/lessons';
import { insertOutgoing } from './store/messages';
import { insertAlert, registerStudent } from './store/people';
import type { Tx } from './store/sql';
import type { Alarm, World } from './world';

/** The diary refused what the guard had allowed: the turn is run again with fresh facts. */
export class Overtaken extends Error {}

/** The turn that carries out: its transaction, whose conversation it is, and the alarms to set after the commit. */
export type Turn = {
  world: World;
  tx: Tx;
  conversation: Conversation;
  facts: Facts;
  alarms: Alarm[];
  now: number;
};

/** Does what a step decided; every effect is a write of the turn's transaction. */
export async function carryOut(turn: Turn, command: Command): Promise<void> {
  const { tx, facts, conversation, now } = turn;
  const schoolId = facts.school.id;
  switch (command.kind) {
    case 'register_student': {
      const id = await registerStudent(tx, schoolId, conversation.phone, command.name, now);
      turn.facts = { ...facts, student: { id, name: command.name, phone: conversation.phone } };
      return;
    }
    case 'hold_lesson':
      await takeSlot(turn, command.slot, command.lessonId, 'pending', command.holdExpiresAt);
      await insertDeposit(
        tx,
        schoolId,
        { lessonId: command.lessonId, amountCents: command.depositCents, reference: command.reference },
        now,
      );
      return planLesson(turn, command.lessonId);
    case 'book_lesson':
      await takeSlot(turn, command.slot, command.lessonId, 'confirmed', null);
      await planLesson(turn, command.lessonId);
      return tellOfBooking(turn, command.lessonId);
    case 'end_hold':
      await cancelLesson(tx, schoolId, command.lessonId, 'hold_expired', now);
      return;
    case 'send_code':
      return sendCode(turn, command.lesson);
    case 'count_guess':
      return countGuess(tx, schoolId, command.eventId, facts.school.policy.startCode.guesses, now);
    case 'start_lesson':
      if (!(await startLesson(tx, schoolId, command.lesson.id, command.by, now)))
        throw new Overtaken('the lesson has begun or gone');
      if (command.eventId) await verifyCode(tx, schoolId, command.eventId, command.lesson.studentId, now);
      await endCodes(tx, schoolId, command.lesson.id, now);
      return planLesson(turn, command.lesson.id);
    case 'complete_lesson':
      return complete(turn, command.lesson, command.note);
    case 'tell':
      return tell(turn, command.phone, command.said, command.messageType, command.lessonId);
    case 'hand_off':
      await markConversation(tx, schoolId, conversation.id, 'taken_over_at', now);
      await insertAlert(tx, schoolId, { conversationId: conversation.id, kind: 'hand_off', detail: command.why }, now);
      return tellOwner(turn, {
        key: 'office_hand_off',
        values: { who: who(turn), why: command.why, words: shortened(facts.words) },
      });
    case 'alert':
      await insertAlert(
        tx,
        schoolId,
        { conversationId: conversation.id, kind: command.alert, detail: command.detail },
        now,
      );
      return tellOwner(turn, {
        key: 'office_hand_off',
        values: { who: who(turn), why: command.alert, words: shortened(facts.words) },
      });
    case 'opt_out':
      return markConversation(tx, schoolId, conversation.id, 'opted_out_at', now);
    case 'opt_in':
      return markConversation(tx, schoolId, conversation.id, 'opted_out_at', null);
  }
}

async function takeSlot(
  turn: Turn,
  slot: Facts['slot'] & {},
  lessonId: string,
  status: 'pending' | 'confirmed',
  holdExpiresAt: number | null,
): Promise<void> {
  const { tx, facts, now } = turn;
  const { bufferMinutes } = facts.school.policy;
  const student = facts.student!;
  await endLapsedHolds(tx, facts.school.id, slot, bufferMinutes, student.id, now);
  const priceCents = facts.lessonTypes.find((type) => type.id === slot.lessonTypeId)!.priceCents;
  const lesson = { id: lessonId, studentId: student.id, slot, status, priceCents, bufferMinutes, holdExpiresAt };
  if (!(await insertLesson(tx, facts.school.id, lesson, now))) throw new Overtaken('the slot has just gone');
}

/** Writes what falls due because a lesson stands as it does: reminders as texts, the rest as events. */
export async function planLesson(turn: Turn, lessonId: string): Promise<void> {
  const { tx, facts, now } = turn;
  const { policy, zone, id: schoolId } = facts.school;
  const lesson = await lessonById(tx, schoolId, lessonId);
  if (!lesson) return;
  const conversation = await conversationOf(turn, lesson.studentPhone);
  for (const planned of planFor(lesson, policy, zone, now)) {
    if (planned.what === 'event') {
      const id = await insertEvent(
        tx,
        schoolId,
        { conversationId: conversation, kind: planned.kind, key: planned.key, lessonId, dueAt: planned.dueAt },
        now,
      );
      if (id) turn.alarms.push({ kind: 'event', schoolId, id, dueAt: planned.dueAt });
      continue;
    }
    const said: Said = { key: 'reminder', values: { school: facts.school.name, slot: lessonInWords(lesson, facts) } };
    const id = await insertOutgoing(
      tx,
      schoolId,
      {
        conversationId: conversation,
        phone: lesson.studentPhone,
        body: renderSaid(said, facts),
        messageType: `reminder_${planned.minutesBefore % 60 === 0 ? `${planned.minutesBefore / 60}h` : `${planned.minutesBefore}min`}`,
        lessonId,
        dueAt: planned.dueAt,
        expiresAt: planned.expiresAt,
        lessonStart: lesson.startsAt,
        key: planned.key,
      },
      now,
    );
    if (id) turn.alarms.push({ kind: 'message', schoolId, id, dueAt: planned.dueAt });
  }
}

/** The instructor hears of a lesson that is now booked. */
export async function tellOfBooking(turn: Turn, lessonId: string): Promise<void> {
  const lesson = await lessonById(turn.tx, turn.facts.school.id, lessonId);
  if (!lesson) return;
  const slot = lessonInWords(lesson, turn.facts).replace(/ with [^,]*$/, '');
  await tell(
    turn,
    lesson.instructorPhone,
    { key: 'told_booked', values: { slot, student: lesson.student } },
    'instructor_notice',
    lessonId,
  );
}

/** The text holds a placeholder; the code is made again from its nonce when the text is handed over, and is nowhere else. */
async function sendCode(turn: Turn, lesson: LessonFact): Promise<void> {
  const { tx, facts, world, now } = turn;
  const { startCode } = facts.school.policy;
  const id = randomUUID();
  const nonce = world.random(16).toString('hex');
  const hash = codeHash(world.keys.codes, id, codeFor(world.keys.codes, id, nonce));
  const expiresAt = now + startCode.ttlMinutes * MINUTE;
  await insertCode(tx, facts.school.id, { id, lessonId: lesson.id, hash, nonce, expiresAt }, now);
  const said: Said = { key: 'code', values: { instructor: lesson.instructor, minutes: startCode.ttlMinutes } };
  const toInstructor = startCode.to === 'instructor';
  await queue(turn, {
    conversationId: toInstructor ? null : turn.conversation.id,
    phone: toInstructor ? lesson.instructorPhone : lesson.studentPhone,
    body: renderSaid(said, facts),
    messageType: 'start_code',
    lessonId: lesson.id,
    otpEventId: id,
    expiresAt,
    lessonStart: lesson.startsAt,
  });
}

async function complete(turn: Turn, lesson: LessonFact, note: string | null): Promise<void> {
  const { tx, facts, now } = turn;
  const wasUnderWay = lesson.status === 'in_progress';
  if (!(await completeLesson(tx, facts.school.id, lesson.id, note, now)))
    throw new Overtaken('the lesson is not under way');
  if (!wasUnderWay || turn.conversation.phone === lesson.studentPhone) return;
  // Finished by the instructor: the student hears of it in their own conversation.
  const conversationId = await conversationOf(turn, lesson.studentPhone);
  const key = `lesson:${lesson.id}:finished`;
  const id = await insertEvent(
    tx,
    facts.school.id,
    { conversationId, kind: 'lesson_finished', key, lessonId: lesson.id, dueAt: now },
    now,
  );
  if (id) turn.alarms.push({ kind: 'event', schoolId: facts.school.id, id, dueAt: now });
}

async function conversationOf(turn: Turn, phone: string): Promise<string> {
  if (phone === turn.conversation.phone) return turn.conversation.id;
  const atStart = { place: atRest('student'), flowVersion: FLOW_VERSION };
  return (await lockConversation(turn.tx, turn.facts.school.id, phone, atStart, turn.now)).id;
}

function tellOwner(turn: Turn, said: Said): Promise<void> {
  return tell(turn, turn.facts.school.ownerPhone, said, 'office_alert', null);
}

async function tell(
  turn: Turn,
  phone: string,
  said: Said,
  messageType: string,
  lessonId: string | null,
): Promise<void> {
  await queue(turn, { conversationId: null, phone, body: renderSaid(said, turn.facts), messageType, lessonId });
}

/** A text to be sent at once, as a row with its alarm. */
export async function queue(turn: Turn, text: Omit<Parameters<typeof insertOutgoing>[2], 'dueAt'>): Promise<void> {
  const id = await insertOutgoing(turn.tx, turn.facts.school.id, { ...text, dueAt: turn.now }, turn.now);
  if (id) turn.alarms.push({ kind: 'message', schoolId: turn.facts.school.id, id, dueAt: turn.now });
}

/** Enough for the office to see what it is about, in one text. */
const shortened = (words: string) => (words.length > 80 ? `${words.slice(0, 77)}...` : words);

function who({ facts, conversation }: Turn): string {
  return facts.student ? `${facts.student.name} (${conversation.phone})` : conversation.phone;
}
