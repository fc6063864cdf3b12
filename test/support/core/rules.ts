import type { Command, LessonFact, Offer } from '../../../flows/vocabulary';
import { clockLabel, dateLabel } from '../../../src/domain/labels';
import { isGsm7, segmentsOf } from '../../../src/domain/texts';
import { localDateOf, MINUTE, overlaps } from '../../../src/domain/time';
import { balanceOf } from './reads';
import { isLive, type LessonRow, type Rows } from './rows';
import type { CoreSchool, Turned } from './school';

/** What holds after everything that may happen; each throws with what it found. Call them all after each happening. */

/** A text is plain, short and whole: no gap that was not filled. */
export function textsAreWhole({ rows }: CoreSchool): void {
  for (const { body, direction } of rows.texts.slice(-8)) {
    if (direction === 'in') continue;
    const gap = /\{[\w.:$]+\}|undefined|NaN|\[object|null/.exec(body.replace('{code}', ''));
    if (gap) throw new Error(`a text has a gap (${gap[0]}): ${body}`);
    if (!isGsm7(body) || segmentsOf(body).segments > 2) throw new Error(`a text is not plain or too long: ${body}`);
  }
}

/** After a turn the conversation is at rest or has asked what its state asks, in a text that was sent. */
export function somethingIsAsked(turn: Turned): void {
  const atRest = turn.to === 'idle';
  if (atRest || turn.reply === '') {
    // An offer that lapses leads back to what it came between, which was asked before.
    const back = turn.cause === 'waitlist_lapsed';
    if (!atRest && turn.from !== turn.to && !back)
      throw new Error(`${turn.from} -> ${turn.to} said nothing (${turn.cause})`);
    return;
  }
  const asked = turn.cause.startsWith('"') ? turn.asks === turn.to : turn.from === turn.to || /Reply/.test(turn.reply);
  if (!asked) throw new Error(`${turn.from} -> ${turn.to} by ${turn.cause} asks nothing: ${turn.reply}`);
}

/** Whoever texts, and is neither out nor with a person, hears something. */
export function everyTextIsAnswered(turn: Turned): void {
  if (!turn.cause.startsWith('"') || turn.mute || turn.reply !== '') return;
  if (!turn.commands.some((one) => one.kind === 'send_code')) throw new Error(`no answer to ${turn.cause}`);
}

/**
 * What takes or gives up time follows from a plain YES to the question that was sent last on that phone, not long ago, which
 * named that very time and said `Reply YES`.
 */
export function nothingWithoutItsYes(school: CoreSchool, turn: Turned): void {
  const { zone, policy } = school.rows.school;
  for (const at of turn.commands.flatMap(committed)) {
    const { question } = turn;
    const words = `${turn.commands.map((one) => one.kind).join(' ')} by ${turn.cause}`;
    if (!PLAIN_YES.test(turn.cause)) throw new Error(`${words} without a YES`);
    if (turn.eager && turn.from === 'book.confirm') continue;
    if (!question || !/Reply YES/.test(question.body))
      throw new Error(`${words}, but asked was: ${question?.body ?? 'nothing'}`);
    const day = dateLabel(localDateOf(at.startsAt, zone));
    if (!question.body.includes(day) || !question.body.includes(clockLabel(at.startsAt, zone)))
      throw new Error(`${words} for ${day} ${clockLabel(at.startsAt, zone)}, but asked was: ${question.body}`);
    const age = turn.at - question.sentAt!;
    if (/\.confirm$/.test(turn.from) && age > policy.staleOfferMinutes * MINUTE)
      throw new Error(`${words} answers a question of ${age / MINUTE} min ago`);
  }
}

const PLAIN_YES = /^"(y|yes|yep|yes pls|ok|\u{1f44d}|yes and how much is it|liked "[\s\S]*Reply YES[\s\S]*")"$/iu;

/** A question of ours never comes between a fresh question and its YES: that is waited for, or has grown too old to book. */
export function nothingInBetween({ rows }: CoreSchool, turn: Turned): void {
  if (turn.cause.startsWith('"') || !/Reply YES/.test(turn.reply) || turn.from === 'idle' || !turn.question) return;
  // A reminder asks for no YES: its OK books nothing.
  if (!/Reply YES/.test(turn.question.body)) return;
  const age = turn.at - turn.question.sentAt!;
  const { staleOfferMinutes, waitlistOfferMinutes } = rows.school.policy;
  const lasts = turn.question.messageType === 'waitlist_offer' ? waitlistOfferMinutes : staleOfferMinutes;
  if (age < lasts * MINUTE) throw new Error(`${turn.cause} came between: ${turn.question.body} | ${turn.reply}`);
}

const committed = (command: Command): (Offer | LessonFact)[] => {
  switch (command.kind) {
    case 'hold_lesson':
    case 'book_lesson':
      return [command.slot];
    case 'move_lesson':
      return [command.slot, command.lesson];
    case 'drop_lesson':
      return [command.lesson];
    default:
      return [];
  }
};

/** One live lesson a booking: no two of an instructor (buffer included) or a student overlap, and none is written twice. */
export function oneLessonABooking({ rows }: CoreSchool): void {
  const ids = new Set(rows.lessons.map((one) => one.id));
  if (ids.size !== rows.lessons.length) throw new Error('a booking has two lessons');
  const live = rows.lessons.filter(isLive);
  for (const [at, one] of live.entries()) {
    for (const other of live.slice(at + 1)) {
      const busy = overlaps(
        { startsAt: one.startsAt, endsAt: one.busyUntil },
        { startsAt: other.startsAt, endsAt: other.busyUntil },
      );
      if (busy && one.instructorId === other.instructorId) throw new Error('an instructor is in two lessons at once');
      if (overlaps(one, other) && one.studentId === other.studentId)
        throw new Error('a student is in two lessons at once');
    }
    const deposits = rows.deposits.filter((deposit) => deposit.lessonId === one.id && deposit.status !== 'failed');
    if (deposits.length > 1) throw new Error('a lesson has two deposits');
    if (one.status === 'pending' && deposits[0]?.status !== 'pending') throw new Error('a hold has no open deposit');
  }
  for (const deposit of rows.deposits) {
    const lesson = rows.lessons.find((one) => one.id === deposit.lessonId)!;
    if (deposit.status === 'pending' && lesson.status !== 'pending')
      throw new Error(`a deposit is open on a lesson that is ${lesson.status}`);
  }
}

/** All money that the bank brought and that was taken is a deposit, kept, paid for a late drop, or a student's credit. */
export function moneyAddsUp({ rows }: CoreSchool): void {
  const sum = (cents: number[]) => cents.reduce((all, one) => all + one, 0);
  const came = sum(rows.bank.filter((one) => one.outcome !== 'queued').map((one) => one.amountCents));
  const deposits = sum(rows.deposits.filter((one) => one.status === 'confirmed').map((one) => one.amountCents));
  const returned = sum(rows.credits.filter((one) => one.reason === 'dropped in time').map((one) => one.amountCents));
  const owed = sum(rows.charges.map((one) => one.paidCents));
  const credit = sum(rows.students.map((one) => balanceOf(rows, one.id)));
  const given = sum(rows.credits.filter((one) => one.reason === 'given by the office').map((one) => one.amountCents));
  if (came + given !== deposits - returned + owed + credit)
    throw new Error(`${came} came; deposits ${deposits} - returned ${returned} + owed ${owed} + credit ${credit}`);
  for (const lesson of rows.lessons) eachLessonAddsUp(rows, lesson);
}

/** A deposit is what its lesson type asks; of a paid one that was dropped every cent is kept for the charge or given back, of another none. */
function eachLessonAddsUp(rows: Rows, { id, status, reason, lessonTypeId }: LessonRow): void {
  const asked = rows.lessonTypes.find((one) => one.id === lessonTypeId)!.depositCents;
  const deposits = rows.deposits.filter((one) => one.lessonId === id);
  const wrong = deposits.find((one) => one.amountCents !== asked);
  if (wrong) throw new Error(`a deposit of ${wrong.amountCents} where ${asked} is asked`);
  const paid = deposits.some((one) => one.status === 'confirmed') ? asked : 0;
  const returned = rows.credits.find((one) => one.lessonId === id)?.amountCents ?? 0;
  const charge = rows.charges.find((one) => one.lessonId === id);
  const kept = charge ? charge.amountCents - charge.owingCents - charge.paidCents : 0;
  const dropped = status === 'cancelled' && reason === 'student';
  if (returned + kept !== (dropped ? paid : 0))
    throw new Error(`${paid} paid for a lesson that is ${status}, ${kept} kept, ${returned} given back`);
}

/** Who is out of texts gets none. */
export function outIsOut({ rows }: CoreSchool): void {
  for (const { phone, optedOutAt } of rows.conversations) {
    if (optedOutAt === null) continue;
    const text = rows.texts.find((one) => one.phone === phone && one.status === 'sent' && one.sentAt! > optedOutAt);
    if (text) throw new Error(`a text to a phone that is out: ${text.body}`);
  }
}
