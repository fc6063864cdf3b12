import { FLOW_VERSION } from '../../../flows/machines';
import type { Facts, LessonFact, Said } from '../../../flows/vocabulary';
import { atRest } from '../../../src/conversation/place';
import { renderSaid } from '../../../src/conversation/render';
import { codeFor, codeHash } from '../../../src/domain/codes';
import { planFor } from '../../../src/domain/plan';
import { type Instant, MINUTE } from '../../../src/domain/time';
import type { Conversation } from '../../../src/store/conversations';
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
  tell(turn, lesson.instructorPhone, toldBooked(lesson, turn.facts), 'instructor_notice');
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
