import type { Command, LessonFact } from '../../flows/vocabulary';
import { countGuess, endCodes, verifyCode } from '../store/codes';
import { markConversation } from '../store/conversations';
import { insertDeposit } from '../store/deposits';
import { insertEvent } from '../store/events';
import { learnerNamed } from '../store/learners';
import { cancelLesson, completeLesson, moveLesson, startLesson } from '../store/lessons';
import { insertAlert, registerStudent } from '../store/people';
import { insertTimeOff, setWorkingHours } from '../store/time-off';
import { sendCodeWithinLimits } from './code-limits';
import { dropLesson } from './drop';
import { freedBy } from './freed';
import { handOff } from './hand-off';
import { tellLate } from './late';
import { notice, tellOfBooking } from './notices';
import { callOff, endOff } from './off';
import { changePickup } from './pickup';
import { planLesson } from './plan';
import { bookList, dropList } from './several';
import { endLapsed, payFromCredit, takeSlot } from './take';
import { conversationOf, notStarted, tell, tellOwner, toOffice } from './tell';
import { keepTravelTime } from './travel';
import { Overtaken, type Turn } from './turn';
import { askOffer, askOfferAgain, endOffer, joinWaitlist, leaveWaitlist, wishesMet } from './waitlist';
import { waive } from './waive';
import { keepWeeklyHours } from './weekly-hours';

/** Does what a step decided; every effect is a write of the turn's transaction. */
export async function carryOut(turn: Turn, command: Command): Promise<void> {
  const { tx, facts, conversation, now } = turn;
  const schoolId = facts.school.id;
  switch (command.kind) {
    case 'register_student': {
      const id = await registerStudent(tx, schoolId, conversation.phone, command.name, now);
      for (const learner of command.learners) await learnerNamed(tx, schoolId, id, learner, now);
      turn.facts = { ...facts, student: { id, name: command.name, phone: conversation.phone } };
      return;
    }
    case 'hold_lesson':
      await takeSlot(turn, command.slot, command.lessonId, 'pending', command.holdExpiresAt, command.pickup);
      await insertDeposit(
        tx,
        schoolId,
        { lessonId: command.lessonId, amountCents: command.depositCents, reference: command.reference },
        now,
      );
      return planLesson(turn, command.lessonId);
    case 'move_lesson':
      return moveTo(turn, command);
    case 'drop_lesson':
      return dropLesson(turn, command.lesson);
    case 'book_lesson':
      await takeSlot(turn, command.slot, command.lessonId, 'confirmed', null, command.pickup);
      if (command.creditCents > 0) await payFromCredit(turn, { ...command, amountCents: command.creditCents });
      await planLesson(turn, command.lessonId);
      return tellOfBooking(turn, command.lessonId);
    case 'book_list':
      return bookList(turn, command);
    case 'drop_lessons':
      return dropList(turn, command.lessons);
    case 'set_pickup':
      return changePickup(turn, command);
    case 'end_hold':
      if (await cancelLesson(tx, schoolId, command.lesson.id, 'hold_expired', now)) await freedBy(turn, command.lesson);
      return;
    case 'send_code':
      for (const lesson of command.lessons) await sendCodeWithinLimits(turn, lesson);
      return;
    case 'count_guess':
      for (const id of command.eventIds) await countGuess(tx, schoolId, id, facts.school.policy.startCode.guesses, now);
      return;
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
    case 'notice':
      return notice(turn, command);
    case 'alert_never_started':
      return alertNeverStarted(turn, command.lesson);
    case 'take_off':
      return insertTimeOff(tx, schoolId, command.instructorId, command.spans, now);
    case 'call_off':
      return callOff(turn, command.lessons);
    case 'tell_late':
      return tellLate(turn, command);
    case 'end_off':
      return endOff(turn, command);
    case 'set_hours':
      return setWorkingHours(tx, schoolId, command.instructorId, command.week);
    case 'join_waitlist':
      return joinWaitlist(turn, command.wish);
    case 'leave_waitlist':
      return leaveWaitlist(turn, command.ids);
    case 'ask_offer':
      return askOffer(turn, command);
    case 'ask_offer_again':
      return askOfferAgain(turn, command);
    case 'end_offer':
      return endOffer(turn, command.offerId, command.because);
    case 'waive_charge':
      if (!(await waive(tx, schoolId, command.charge, { by: command.by, because: 'by text' }, now)))
        throw new Overtaken('it has been waived');
      return;
    case 'hand_back':
      return markConversation(tx, schoolId, conversation.id, 'taken_over_at', null);
    case 'hand_off':
      return handOff(turn, command.why);
    case 'alert':
      await insertAlert(
        tx,
        schoolId,
        { conversationId: conversation.id, kind: command.alert, detail: command.detail },
        now,
      );
      return tellOwner(turn, toOffice(turn, command.alert));
    case 'opt_out':
      return markConversation(tx, schoolId, conversation.id, 'opted_out_at', now);
    case 'opt_in':
      return markConversation(tx, schoolId, conversation.id, 'opted_out_at', null);
    default:
      return command satisfies never;
  }
}

/** One update of one row: at every instant the lesson is live once, and its deposit stays with it. */
async function moveTo(turn: Turn, { lesson, slot, holdExpiresAt }: Command & { kind: 'move_lesson' }): Promise<void> {
  const { tx, facts } = turn;
  const { bufferMinutes } = facts.school.policy;
  await endLapsed(turn, slot, lesson.studentId);
  await keepTravelTime(turn, slot, lesson, lesson.id);
  await keepWeeklyHours(turn, slot, lesson, lesson.id);
  if (!(await moveLesson(tx, facts.school.id, lesson.id, { slot, bufferMinutes, holdExpiresAt })))
    throw new Overtaken('the lesson has changed');
  await planLesson(turn, lesson.id);
  await freedBy(turn, lesson);
  await wishesMet(turn, lesson.studentId, slot);
  if (slot.instructorId !== lesson.instructorId) await tellOfBooking(turn, lesson.id);
}

/** A lesson whose end has come without a start: only a person can say what happened. */
async function alertNeverStarted(turn: Turn, lesson: LessonFact): Promise<void> {
  const { tx, facts, conversation, now } = turn;
  await insertAlert(
    tx,
    facts.school.id,
    { conversationId: conversation.id, kind: 'never_started', detail: lesson.id },
    now,
  );
  await tellOwner(turn, notStarted(lesson, facts));
}

async function complete(turn: Turn, lesson: LessonFact, note: string | null): Promise<void> {
  const { tx, facts, now } = turn;
  const wasUnderWay = lesson.status === 'in_progress';
  if (!(await completeLesson(tx, facts.school.id, lesson.id, note, now)))
    throw new Overtaken('the lesson is not under way');
  if (!wasUnderWay) return;
  // Whoever finished it, the student hears of it in their own conversation.
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
