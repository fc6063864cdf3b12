import { type Gathered, gatheredInWords } from '../../flows/notice-wording';
import type { Command } from '../../flows/vocabulary';
import { renderSaidLong } from '../conversation/render';
import { isToldAtOnce, summaryDue } from '../domain/notices';
import type { Instant } from '../domain/time';
import { type EventRow, endEvent, insertEvent } from '../store/events';
import { lessonById } from '../store/lessons';
import { openNotices } from '../store/notices';
import { idOfPhone } from './conversation-of-phone';
import { queue, tell, toldBooked } from './tell';
import type { Turn } from './turn';

export type Notice = Omit<Command & { kind: 'notice' }, 'kind'>;

/** Whether an instructor hears of a change at once, this evening with others, or not at all: of what they did themselves. */
export function whenTold(
  { lesson, before, after }: Pick<Notice, 'lesson' | 'before' | 'after'>,
  { facts, conversation, now }: { facts: Turn['facts']; conversation: { phone: string }; now: Instant },
): 'never' | 'at_once' | { dueAt: Instant } {
  if (lesson.instructorPhone === conversation.phone) return 'never';
  const { policy, zone } = facts.school;
  const near = [before, after].some((at) => at !== null && isToldAtOnce(at, policy, zone, now));
  return near ? 'at_once' : { dueAt: summaryDue(policy, zone, now) };
}

/** The instructor is told of a new, moved or dropped lesson: at once when it is near, else in the evening. */
export async function notice(turn: Turn, told: Notice): Promise<void> {
  const when = whenTold(told, turn);
  if (when === 'never') return;
  if (when !== 'at_once') return gather(turn, told, when.dueAt);
  await forgetGathered(turn, told.lesson);
  await tell(turn, told.lesson.instructorPhone, told.said, 'instructor_notice', told.lesson.id);
}

/** The instructor hears of a lesson that is now booked. */
export async function tellOfBooking(turn: Turn, lessonId: string): Promise<void> {
  const lesson = await lessonById(turn.tx, turn.facts.school.id, lessonId);
  if (!lesson) return;
  await notice(turn, { lesson, before: null, after: lesson.startsAt, said: toldBooked(lesson, turn.facts) });
}

/** Once a lesson, instructor and evening: what comes first keeps the start that the instructor knew. */
export async function gather(turn: Turn, { lesson, before }: Pick<Notice, 'lesson' | 'before'>, dueAt: Instant) {
  const { tx, facts, now } = turn;
  const schoolId = facts.school.id;
  if ((await gatheredOf(turn, lesson)).length > 0) return;
  const conversationId = await idOfPhone(tx, schoolId, lesson.instructorPhone, now);
  const event = { kind: 'lesson_notice', key: noticeKey(lesson, now), lessonId: lesson.id } as const;
  const payload = { instructorId: lesson.instructorId, before };
  const id = await insertEvent(tx, schoolId, { ...event, conversationId, payload, dueAt }, now);
  if (id) turn.alarms.push({ kind: 'event', schoolId, id, dueAt });
}

export const noticeKey = (lesson: { id: string; instructorId: string }, now: Instant) =>
  `notice:${lesson.id}:${lesson.instructorId}:${now}`;

/** What is told at once is not told again in the evening. */
export async function forgetGathered(turn: Turn, lesson: { id: string; instructorId: string }): Promise<void> {
  const { tx, facts, now } = turn;
  for (const id of await gatheredOf(turn, lesson)) await endEvent(tx, facts.school.id, id, 'told at once', now);
}

async function gatheredOf({ tx, facts }: Turn, lesson: { id: string; instructorId: string }): Promise<string[]> {
  const open = await openNotices(tx, facts.school.id, { lessonId: lesson.id });
  return open.filter(({ payload }) => payload.instructorId === lesson.instructorId).map((one) => one.id);
}

/** The evening summary: all that has been gathered for this phone, as the lessons stand now. */
export async function summarise(turn: Turn, event: EventRow): Promise<{ outcome: string; reply: string }> {
  const { tx, facts, conversation, now } = turn;
  const schoolId = facts.school.id;
  const all: Gathered[] = [];
  for (const open of await openNotices(tx, schoolId, { conversationId: conversation.id, until: now })) {
    if (open.id !== event.id) await endEvent(tx, schoolId, open.id, 'told with others', now);
    const lesson = open.lessonId ? await lessonById(tx, schoolId, open.lessonId) : null;
    const { instructorId, before } = open.payload as { instructorId: string; before: Instant | null };
    if (lesson) all.push({ instructorId, before, lesson });
  }
  const texts = summaryTexts(all, facts);
  for (const body of texts)
    await queue(turn, {
      conversationId: conversation.id,
      phone: conversation.phone,
      body,
      messageType: 'instructor_notice',
    });
  return { outcome: texts.length > 0 ? 'said' : 'nothing to do', reply: texts.join('\n') };
}

export function summaryTexts(all: readonly Gathered[], facts: Turn['facts']): string[] {
  const lines = gatheredInWords(all, facts);
  return lines === '' ? [] : renderSaidLong({ key: 'summary', values: { lines } });
}
