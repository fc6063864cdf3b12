import type { Command, LessonFact, Offer } from '../../../flows/vocabulary';
import { MINUTE } from '../../../src/domain/time';
import { backFrom } from '../../../src/domain/time-off';
import { toAnswer } from '../../../src/turn/hand-off';
import { toldLate } from '../../../src/turn/late';
import { whenTold } from '../../../src/turn/notices';
import { CALLED_OFF, calledOff, keptOf } from '../../../src/turn/off';
import { isNear, toldPickup } from '../../../src/turn/pickup';
import { costOf } from '../../../src/turn/price';
import { changeOf, toInstructors } from '../../../src/turn/several';
import { notStarted, toOffice } from '../../../src/turn/tell';
import { balanceOf, lessonOf } from './reads';
import { ConstraintBroken, checkLesson, factOf, type LessonRow, newId, type Rows } from './rows';
import {
  type CoreTurn,
  forgetGathered,
  gather,
  notice,
  planLesson,
  putEvent,
  sendCode,
  tell,
  tellOfBooking,
  tellOwner,
} from './turn';
import { applyToWaitlist, slotFreed, wishesMet } from './waitlist';

/** Does in memory what a step decided. A command that is not named here does not compile. */
export function applyCommand(turn: CoreTurn, command: Command): void {
  const { rows, facts, conversation, now } = turn;
  switch (command.kind) {
    case 'register_student': {
      const known = rows.students.find((one) => one.phone === conversation.phone);
      const student = known ?? { id: newId(), name: '', phone: conversation.phone, suburb: null };
      student.name = command.name;
      if (!known) rows.students.push(student);
      for (const name of command.learners) learnerNamed(rows, student.id, name);
      turn.facts = { ...facts, student: { id: student.id, name: student.name, phone: student.phone } };
      return;
    }
    case 'waive_charge': {
      const { chargeId, studentId, backCents } = command.charge;
      const at = rows.charges.findIndex((one) => one.id === chargeId);
      if (at < 0) throw new ConstraintBroken('charges', 'it has been waived');
      rows.charges.splice(at, 1);
      if (backCents > 0) addCredit(rows, studentId, backCents, 'late notice waived');
      return;
    }
    case 'hold_lesson':
      takeSlot(turn, command.slot, command.lessonId, 'pending', command.holdExpiresAt, command.pickup);
      openDeposit(rows, command.lessonId, command.depositCents, command.reference);
      planLesson(turn, command.lessonId);
      return;
    case 'book_lesson':
      takeSlot(turn, command.slot, command.lessonId, 'confirmed', null, command.pickup);
      if (command.creditCents > 0) {
        openDeposit(rows, command.lessonId, command.creditCents, command.reference).status = 'confirmed';
        addCredit(rows, facts.student!.id, -command.creditCents, 'paid a deposit');
      }
      planLesson(turn, command.lessonId);
      tellOfBooking(turn, command.lessonId);
      return;
    case 'move_lesson': {
      const { slot, lesson } = command;
      endLapsedHolds(turn, slot, lesson.studentId);
      const row = standing(rows, lesson.id, ['pending', 'confirmed']);
      Object.assign(row, spanOf(turn, slot), {
        instructorId: slot.instructorId,
        holdExpiresAt: command.holdExpiresAt ?? row.holdExpiresAt,
      });
      checkLesson(rows, row);
      planLesson(turn, lesson.id);
      slotFreed(turn, lesson);
      wishesMet(turn, lesson.studentId, slot);
      if (slot.instructorId !== lesson.instructorId) tellOfBooking(turn, lesson.id);
      return;
    }
    case 'book_list':
      bookList(turn, command);
      return;
    case 'drop_lesson':
      drop(turn, command.lesson);
      return;
    case 'drop_lessons':
      for (const lesson of command.lessons) drop(turn, lesson);
      tellInstructors(turn, 'told_dropped', command.lessons);
      return;
    case 'set_pickup': {
      const { place, lessons, always } = command;
      if (always) rows.students.find((one) => one.id === facts.student!.id)!.pickup = place;
      else for (const { id } of lessons) lessonOf(rows, id).pickup = place;
      for (const before of lessons.filter((one) => isNear(one, now))) {
        const lesson = factOf(rows, lessonOf(rows, before.id));
        if (lesson.pickup !== before.pickup)
          tell(turn, lesson.instructorPhone, toldPickup(lesson, facts), 'instructor_notice');
      }
      return;
    }
    case 'end_hold':
      cancel(rows, standing(rows, command.lesson.id, ['pending', 'confirmed']), 'hold_expired');
      slotFreed(turn, command.lesson);
      return;
    case 'send_code':
      for (const lesson of command.lessons) sendCode(turn, lesson);
      return;
    case 'count_guess':
      for (const code of rows.codes.filter((one) => command.eventIds.includes(one.id))) {
        code.guesses += 1;
        code.ended ||= code.guesses >= facts.school.policy.startCode.guesses;
      }
      return;
    case 'start_lesson': {
      standing(rows, command.lesson.id, ['confirmed']).status = 'in_progress';
      for (const code of rows.codes) {
        if (code.id === command.eventId) code.verified = true;
        if (code.lessonId === command.lesson.id) code.ended = true;
      }
      planLesson(turn, command.lesson.id);
      return;
    }
    case 'complete_lesson': {
      standing(rows, command.lesson.id, ['in_progress', 'completed']).status = 'completed';
      if (command.lesson.status !== 'in_progress') return;
      const key = `lesson:${command.lesson.id}:finished`;
      const { studentPhone: phone, id: lessonId } = command.lesson;
      putEvent(turn, { phone, kind: 'lesson_finished', key, lessonId, dueAt: now });
      return;
    }
    case 'tell':
      tell(turn, command.phone, command.said, command.messageType);
      return;
    case 'notice':
      notice(turn, command);
      return;
    case 'alert_never_started':
      rows.alerts.push({ kind: 'never_started', detail: command.lesson.id });
      tellOwner(turn, notStarted(command.lesson, facts));
      return;
    case 'take_off':
      rows.instructors.find((one) => one.id === command.instructorId)!.timeOff.push(...command.spans);
      return;
    case 'call_off':
      for (const lesson of command.lessons) {
        cancel(rows, standing(rows, lesson.id, ['pending', 'confirmed']), 'instructor');
        if (keptOf(lesson) > 0) addCredit(rows, lesson.studentId, keptOf(lesson), CALLED_OFF);
        tell(turn, lesson.studentPhone, calledOff(lesson, facts), 'called_off');
      }
      return;
    case 'tell_late':
      for (const one of command.delayed) tell(turn, one.lesson.studentPhone, toldLate(one, facts), 'running_late');
      return;
    case 'end_off': {
      const instructor = rows.instructors.find((one) => one.id === command.instructorId)!;
      const { left, freed } = backFrom(instructor.timeOff, command.spans);
      instructor.timeOff = left;
      for (const span of freed) slotFreed(turn, { ...span, instructorId: instructor.id, id: 'off' });
      return;
    }
    case 'set_hours':
      rows.instructors.find((one) => one.id === command.instructorId)!.workingHours = command.week;
      return;
    case 'join_waitlist':
    case 'leave_waitlist':
    case 'ask_offer':
    case 'ask_offer_again':
    case 'end_offer':
      applyToWaitlist(turn, command);
      return;
    case 'hand_back':
      conversation.takenOverAt = null;
      return;
    case 'hand_off':
      conversation.takenOverAt = now;
      rows.alerts.push({ kind: 'hand_off', detail: command.why });
      tellOwner(turn, toAnswer(turn, command.why, lastLines(turn)));
      return;
    case 'alert':
      rows.alerts.push({ kind: command.alert, detail: command.detail });
      tellOwner(turn, toOffice(turn, command.alert));
      return;
    case 'opt_out':
      conversation.optedOutAt = now;
      return;
    case 'opt_in':
      conversation.optedOutAt = null;
      return;
    default:
      command satisfies never;
  }
}

/** The last three texts of the conversation, oldest first. */
function lastLines({ rows, conversation, now }: CoreTurn) {
  const ours = new Set(['instructor_notice', 'office_alert']);
  return rows.texts
    .filter((text) => text.phone === conversation.phone && text.dueAt <= now && text.status !== 'skipped')
    .filter((text) => text.direction === 'in' || !ours.has(text.messageType))
    .sort((a, b) => a.dueAt - b.dueAt)
    .slice(-3)
    .map((text) => ({ mark: text.direction === 'in' ? ('>' as const) : ('<' as const), body: text.body }));
}

function drop(turn: CoreTurn, lesson: LessonFact): void {
  const { rows, facts, now } = turn;
  const { id: lessonId, studentId } = lesson;
  const { chargeCents: amountCents, creditCents, owingCents } = costOf(lesson, facts.school, now);
  cancel(rows, standing(rows, lessonId, ['pending', 'confirmed']), 'student');
  slotFreed(turn, lesson);
  if (creditCents > 0) addCredit(rows, studentId, creditCents, 'dropped in time', lessonId);
  if (amountCents > 0) rows.charges.push({ id: newId(), lessonId, studentId, amountCents, owingCents, paidCents: 0 });
}

function bookList(turn: CoreTurn, { lessons, reference, depositCents, pickup }: Command & { kind: 'book_list' }): void {
  const { rows, facts } = turn;
  const askedWith = newId();
  const booked: string[] = [];
  for (const { slot, holdExpiresAt } of lessons) {
    const id = newId();
    takeSlot(turn, slot, id, holdExpiresAt === null ? 'confirmed' : 'pending', holdExpiresAt, pickup);
    if (depositCents > 0) {
      const deposit = openDeposit(rows, id, depositCents, reference, askedWith);
      if (holdExpiresAt === null) {
        deposit.status = 'confirmed';
        addCredit(rows, facts.student!.id, -depositCents, 'paid a deposit');
      }
    }
    planLesson(turn, id);
    if (holdExpiresAt === null) booked.push(id);
  }
  tellInstructors(
    turn,
    'told_booked',
    booked.map((id) => factOf(rows, lessonOf(rows, id))),
  );
}

export function tellInstructors(
  turn: CoreTurn,
  key: 'told_booked' | 'told_dropped',
  lessons: readonly LessonFact[],
): void {
  const near = lessons.filter((lesson) => whenTold(changeOf(key, lesson), turn) === 'at_once');
  for (const lesson of lessons) {
    const when = whenTold(changeOf(key, lesson), turn);
    if (typeof when === 'object') gather(turn, changeOf(key, lesson), when.dueAt);
    else forgetGathered(turn, lesson);
  }
  for (const { phone, said } of toInstructors(key, near, turn.facts)) tell(turn, phone, said, 'instructor_notice');
}

/** `learner_is_named_once`: the learner of that name, written down when new. */
function learnerNamed(rows: Rows, studentId: string, name: string): string {
  const same = (one: Rows['learners'][0]) =>
    one.studentId === studentId && one.name.toLowerCase() === name.toLowerCase();
  const known = rows.learners.find(same);
  if (known) return known.id;
  const learner = { id: newId(), studentId, name };
  rows.learners.push(learner);
  return learner.id;
}

/** `credits` knows no update and no delete; a student never owes it anything. */
export function addCredit(
  rows: Rows,
  studentId: string,
  amountCents: number,
  reason: string,
  lessonId: string | null = null,
): void {
  if (amountCents === 0) throw new ConstraintBroken('credit_is_not_nothing', reason);
  rows.credits.push(Object.freeze({ studentId, lessonId, amountCents, reason }));
  if (balanceOf(rows, studentId) < 0) throw new ConstraintBroken('credit is never overspent', reason);
}

export function cancel(rows: Rows, row: LessonRow, reason: string): void {
  Object.assign(row, { status: 'cancelled', reason });
  for (const deposit of rows.deposits)
    if (deposit.lessonId === row.id && deposit.status === 'pending') deposit.status = 'failed';
}

/** The lesson while it stands in one of these; in the program the turn would be overtaken. */
function standing(rows: Rows, id: string, statuses: LessonRow['status'][]): LessonRow {
  const row = lessonOf(rows, id);
  if (!statuses.includes(row.status)) throw new ConstraintBroken('the lesson has changed', `${id} is ${row.status}`);
  return row;
}

function openDeposit(rows: Rows, lessonId: string, amountCents: number, reference: string, askedWith = newId()) {
  if (amountCents <= 0) throw new ConstraintBroken('deposit_is_positive', reference);
  if (rows.deposits.some((one) => one.reference === reference && one.askedWith !== askedWith))
    throw new ConstraintBroken('reference_is_one_request', reference);
  if (rows.deposits.some((one) => one.lessonId === lessonId && one.status !== 'failed'))
    throw new ConstraintBroken('lesson_has_one_live_deposit', lessonId);
  const deposit: Rows['deposits'][0] = {
    ...{ id: newId(), lessonId, amountCents, reference, askedWith, paidBy: null, status: 'pending' },
  };
  rows.deposits.push(deposit);
  return deposit;
}

function takeSlot(
  turn: CoreTurn,
  slot: Offer,
  id: string,
  status: 'pending' | 'confirmed',
  holdExpiresAt: number | null,
  pickup: string | null = null,
): void {
  const { rows, facts } = turn;
  const studentId = facts.student!.id;
  endLapsedHolds(turn, slot, studentId);
  const { instructorId, lessonTypeId, learner } = slot;
  const learnerId = learner ? (learner.id ?? learnerNamed(rows, studentId, learner.name)) : null;
  const { priceCents } = rows.lessonTypes.find((one) => one.id === lessonTypeId)!;
  const row: LessonRow = {
    ...spanOf(turn, slot),
    ...{
      id,
      studentId,
      learnerId,
      instructorId,
      lessonTypeId,
      status,
      reason: null,
      holdExpiresAt,
      priceCents,
      pickup,
    },
  };
  checkLesson(rows, row);
  rows.lessons.push(row);
  wishesMet(turn, studentId, slot);
}

/** Ends holds that have lapsed and lie in the way of a slot; what follows from it is their own events' business. */
function endLapsedHolds(turn: CoreTurn, slot: Offer, studentId: string): void {
  const { rows, facts, now } = turn;
  const busyUntil = slot.endsAt + facts.school.policy.bufferMinutes * MINUTE;
  for (const row of rows.lessons) {
    const lapsed = row.status === 'pending' && row.holdExpiresAt! <= now;
    const inTheWay = row.startsAt < busyUntil && row.busyUntil > slot.startsAt;
    if (lapsed && inTheWay && (row.instructorId === slot.instructorId || row.studentId === studentId)) {
      cancel(rows, row, 'hold_expired');
      slotFreed(turn, row);
    }
  }
}

const spanOf = ({ facts }: CoreTurn, { startsAt, endsAt }: Offer) => ({
  startsAt,
  endsAt,
  busyUntil: endsAt + facts.school.policy.bufferMinutes * MINUTE,
});
