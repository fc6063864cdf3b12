import { FLOW_VERSION } from '../../../flows/machines';
import type { Facts, LessonFact, Said } from '../../../flows/vocabulary';
import { atRest } from '../../../src/conversation/place';
import { renderSaid } from '../../../src/conversation/render';
import { codeFor, codeHash } from '../../../src/domain/codes';
import { planFor } from '../../../src/domain/plan';
import { type Instant, MINUTE } from '../../../src/domain/time';
import type { Conversation } from '../../../src/store/conversations';
import { type Notice, noticeKey, summaryTexts, whenTold } from '../../../src/turn/notices';
import { reminderSaid } from '../../../src/turn/plan';
import { codeSaid, toldBooked } from '../../../src/turn/tell';
import { lessonOf } from './reads';
import { draw, type EventRow, factOf, newId, type Rows, type TextRow } from './rows';

/** One turn in memory: what a transaction would write goes into the rows. */
export type CoreTurn = { rows: Rows; conversation: Conversation; facts: Facts; now: Instant };

export const CODE_KEY = Buffer.alloc(32, 7);

export function conversationOf(rows: Rows, phone: string): Conversation {
  const known = rows.conversations.find((one) => one.phone === phone);
  if (known) return known;
  const made: Conversation = {
    id: newId(),
    phone,
    place: atRest('student'),
    flowVersion: FLOW_VERSION,
    takenOverAt: null,
    optedOutAt: null,
    channel: 'sms',
    heardAt: null,
    optChangedAt: null,
    answers: [],
  };
  rows.conversations.push(made);
  return made;
}

type NewText = Partial<TextRow> & Pick<TextRow, 'phone' | 'body' | 'messageType'>;

/** A text to be sent, as a row; one that has a key is written once. */
export function queue({ rows, now }: Pick<CoreTurn, 'rows' | 'now'>, text: NewText): void {
  if (text.key && rows.texts.some((one) => one.key === text.key)) return;
  rows.texts.push({
    direction: 'out',
    lessonId: null,
    otpEventId: null,
    lessonStart: null,
    dueAt: now,
    expiresAt: null,
    key: null,
    status: 'queued',
    sentAt: null,
    ...text,
  });
}

export const tell = (turn: Pick<CoreTurn, 'rows' | 'now'>, phone: string, said: Said, messageType: string) =>
  queue(turn, { phone, body: renderSaid(said), messageType });

export const tellOwner = (turn: CoreTurn, said: Said) => tell(turn, turn.rows.school.ownerPhone, said, 'office_alert');

export function tellOfBooking(turn: CoreTurn, lessonId: string): void {
  const lesson = factOf(turn.rows, lessonOf(turn.rows, lessonId));
  notice(turn, { lesson, before: null, after: lesson.startsAt, said: toldBooked(lesson, turn.facts) });
}

/** The instructor is told at once, or an event gathers it for the evening. */
export function notice(turn: CoreTurn, told: Notice): void {
  const when = whenTold(told, turn);
  if (when === 'never') return;
  if (typeof when === 'object') gather(turn, told, when.dueAt);
  if (when !== 'at_once') return;
  forgetGathered(turn, told.lesson);
  tell(turn, told.lesson.instructorPhone, told.said, 'instructor_notice');
}

export function gather(
  turn: Pick<CoreTurn, 'rows' | 'now'>,
  { lesson, before }: Pick<Notice, 'lesson' | 'before'>,
  dueAt: Instant,
): void {
  if (gathered(turn.rows, lesson).length > 0) return;
  const { instructorPhone: phone, instructorId, id: lessonId } = lesson;
  const event = { phone, kind: 'lesson_notice', key: noticeKey(lesson, turn.now), lessonId, dueAt } as const;
  putEvent(turn, { ...event, payload: { instructorId, before } });
}

export function forgetGathered({ rows }: Pick<CoreTurn, 'rows'>, lesson: { id: string; instructorId: string }): void {
  for (const event of gathered(rows, lesson)) event.done = true;
}

const gathered = (rows: Rows, { id, instructorId }: { id: string; instructorId: string }) =>
  rows.events.filter(
    (one) =>
      one.kind === 'lesson_notice' && !one.done && one.lessonId === id && one.payload.instructorId === instructorId,
  );

/** The evening summary of one phone. */
export function summarise(turn: Pick<CoreTurn, 'rows' | 'now' | 'facts'>, event: EventRow, phone: string): void {
  const { rows, now } = turn;
  const open = rows.events.filter(
    (one) =>
      one.kind === 'lesson_notice' && !one.done && one.conversationId === event.conversationId && one.dueAt <= now,
  );
  for (const one of open) one.done = true;
  const all = open.map(({ payload, lessonId }) => ({
    ...(payload as { instructorId: string; before: Instant | null }),
    lesson: factOf(rows, lessonOf(rows, lessonId!)),
  }));
  for (const body of summaryTexts(all, turn.facts)) queue(turn, { phone, body, messageType: 'instructor_notice' });
}

/** Something that will happen to a conversation or the school, once per key. */
export function putEvent(
  { rows }: Pick<CoreTurn, 'rows'>,
  event: {
    /** Null: it happens to the school. */
    phone: string | null;
    kind: EventRow['kind'];
    key: string;
    lessonId: string | null;
    payload?: Record<string, unknown>;
    dueAt: Instant;
    putOffSince?: Instant;
  },
): void {
  const { phone, ...rest } = event;
  if (rows.events.some((one) => one.key === event.key)) return;
  const conversationId = phone === null ? null : conversationOf(rows, phone).id;
  rows.events.push({ payload: {}, putOffSince: null, ...rest, id: newId(), conversationId, done: false });
}

/** What falls due because a lesson stands as it does. */
export function planLesson(turn: CoreTurn, lessonId: string): void {
  const { rows, facts, now } = turn;
  const lesson = factOf(rows, lessonOf(rows, lessonId));
  for (const planned of planFor(lesson, facts.school.policy, facts.school.zone, now)) {
    const { key, dueAt } = planned;
    if (planned.what === 'event') {
      putEvent(turn, { phone: lesson.studentPhone, kind: planned.kind, key, lessonId, dueAt });
      continue;
    }
    queue(turn, {
      phone: lesson.studentPhone,
      body: renderSaid(reminderSaid(lesson, facts)),
      messageType: 'reminder',
      lessonId,
      dueAt,
      expiresAt: planned.expiresAt,
      lessonStart: lesson.startsAt,
      key,
    });
  }
}

export function sendCode(turn: CoreTurn, lesson: LessonFact): void {
  const { rows, facts, now } = turn;
  const { startCode } = facts.school.policy;
  for (const code of rows.codes) if (code.lessonId === lesson.id) code.ended = true;
  const id = newId();
  const nonce = draw(rows, 16).toString('hex');
  rows.codes.push({
    id,
    lessonId: lesson.id,
    hash: codeHash(CODE_KEY, id, codeFor(CODE_KEY, id, nonce)),
    nonce,
    expiresAt: now + startCode.ttlMinutes * MINUTE,
    ended: false,
    guesses: 0,
    verified: false,
    createdAt: now,
  });
  queue(turn, {
    phone: startCode.to === 'instructor' ? lesson.instructorPhone : lesson.studentPhone,
    body: renderSaid(codeSaid(lesson, facts)),
    messageType: 'start_code',
    lessonId: lesson.id,
    otpEventId: id,
    expiresAt: now + startCode.ttlMinutes * MINUTE,
    lessonStart: lesson.startsAt,
  });
}
