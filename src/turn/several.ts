import { randomUUID } from 'node:crypto';
import { datesInWords } from '../../flows/list-wording';
import type { Command, Facts, LessonFact, Said } from '../../flows/vocabulary';
import { lessonInWords } from '../../flows/wording';
import { insertDeposit } from '../store/deposits';
import { lessonById } from '../store/lessons';
import { dropLesson } from './drop';
import { forgetGathered, gather, whenTold } from './notices';
import { planLesson } from './plan';
import { payFromCredit, takeSlot } from './take';
import { tell } from './tell';
import type { Turn } from './turn';

/** All of a list or, when one slot has gone, none: the turn is undone and run again. */
export async function bookList(turn: Turn, command: Command & { kind: 'book_list' }): Promise<void> {
  const { tx, facts, now } = turn;
  const { reference, depositCents } = command;
  const askedWith = randomUUID();
  const booked: LessonFact[] = [];
  for (const { slot, holdExpiresAt } of command.lessons) {
    const lessonId = randomUUID();
    const isBooked = holdExpiresAt === null;
    await takeSlot(turn, slot, lessonId, isBooked ? 'confirmed' : 'pending', holdExpiresAt, command.pickup);
    const deposit = { lessonId, reference, amountCents: depositCents, askedWith };
    if (!isBooked) await insertDeposit(tx, facts.school.id, deposit, now);
    else if (depositCents > 0) await payFromCredit(turn, deposit);
    await planLesson(turn, lessonId);
    const lesson = await lessonById(tx, facts.school.id, lessonId);
    if (isBooked && lesson) booked.push(lesson);
  }
  await tellInstructors(turn, 'told_booked', booked);
}

/** Each at its price, as it was told for all of them. */
export async function dropList(turn: Turn, lessons: readonly LessonFact[]): Promise<void> {
  for (const lesson of lessons) await dropLesson(turn, lesson);
  await tellInstructors(turn, 'told_dropped', lessons);
}

/** One text to each instructor, however many of the lessons are theirs. */
export async function tellInstructors(
  turn: Turn,
  key: 'told_booked' | 'told_dropped',
  lessons: readonly LessonFact[],
): Promise<void> {
  const near: LessonFact[] = [];
  for (const lesson of lessons) {
    const when = whenTold(changeOf(key, lesson), turn);
    if (when === 'at_once') near.push(lesson);
    else if (when !== 'never') await gather(turn, changeOf(key, lesson), when.dueAt);
  }
  for (const lesson of near) await forgetGathered(turn, lesson);
  for (const { phone, said, lessonId } of toInstructors(key, near, turn.facts))
    await tell(turn, phone, said, 'instructor_notice', lessonId);
}

/** A lesson that is booked, or was dropped, as a change to its instructor. */
export const changeOf = (key: 'told_booked' | 'told_dropped', lesson: LessonFact) =>
  key === 'told_booked'
    ? { lesson, before: null, after: lesson.startsAt }
    : { lesson, before: lesson.startsAt, after: null };

/** Where they begin is told with new lessons, when that was said and is the same for all. */
const noticeOf = (
  key: 'told_booked' | 'told_dropped',
  many: boolean,
  values: Said['values'],
  place: string | null,
): Said => {
  if (key === 'told_dropped') return { key: many ? 'told_dropped_list' : 'told_dropped', values };
  if (place) return { key: many ? 'told_booked_list_pickup' : 'told_booked_pickup', values: { ...values, place } };
  return { key: many ? 'told_booked_list' : 'told_booked', values };
};

type Notice = { phone: string; said: Said; lessonId: string };

/** Lessons of one person need not say whose they are, lessons of several do. */
const ofOne = (lessons: readonly LessonFact[]) =>
  lessons.every((one) => one.student === lessons[0]!.student)
    ? lessons.map((one) => ({ ...one, learner: null }))
    : lessons;

export function toInstructors(
  key: 'told_booked' | 'told_dropped',
  lessons: readonly LessonFact[],
  facts: Facts,
): Notice[] {
  const phones = [...new Set(lessons.map((one) => one.instructorPhone))];
  return phones.map((phone) => {
    const theirs = lessons.filter((one) => one.instructorPhone === phone);
    const [first] = theirs;
    const student = [...new Set(theirs.map((one) => one.student))].join(' and ');
    const many = theirs.length > 1;
    const values = many
      ? { lessons: datesInWords(ofOne(theirs), facts, 180), student }
      : { slot: lessonInWords(first!, facts).replace(/ with [^,]*$/, ''), student };
    const place = theirs.every((one) => one.pickup === first!.pickup) ? first!.pickup : null;
    const said = noticeOf(key, many, values, place);
    return { phone, said, lessonId: first!.id };
  });
}
