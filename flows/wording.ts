import {
  clockLabel,
  dateLabel,
  dayLabel,
  dollars,
  durationLabel,
  momentLabel,
  timeLabel,
  weekdayLabel,
} from '../src/domain/labels';
import { firstName } from '../src/domain/names';
import type { Instant } from '../src/domain/time';
import type { Heard } from './heard';
import type { Facts, LessonFact, LessonType, Offer, Refusal } from './vocabulary';

/** Values for the copy, written as every text writes them. The words themselves are in `copy/<language>.json`. */

export const offerKey = (offer: Pick<Offer, 'instructorId' | 'startsAt'>) => `${offer.instructorId}@${offer.startsAt}`;

export const momentInWords = (at: Instant, facts: Facts) => momentLabel(at, facts.school.zone);

export const clockInWords = (at: Instant, facts: Facts) => clockLabel(at, facts.school.zone);

/** "Sat 28 Nov, 3:00pm, 60 min with Priya". */
export function slotInWords(facts: Facts): string {
  return facts.slot ? offerInWords(facts.slot, facts) : 'that time';
}

export function offerInWords(offer: Offer, facts: Facts): string {
  return `${momentLabel(offer.startsAt, facts.school.zone)}, ${minutesOf(offer)} with ${offer.instructor}${forInWords(offer.learner?.name)}`;
}

/** The same of a lesson that stands. */
export function lessonInWords(lesson: LessonFact, facts: Facts): string {
  return `${momentLabel(lesson.startsAt, facts.school.zone)}, ${minutesOf(lesson)} with ${lesson.instructor}${forInWords(lesson.learner)}`;
}

/** " for Leo", when it is not the lesson of the phone's holder. */
export const forInWords = (learner: string | null | undefined) => (learner ? ` for ${firstName(learner)}` : '');

/** Whether the deposit is in, or until when it is waited for; `whole` says how to pay it. Nothing where none is asked. */
export function lessonStateInWords(lesson: LessonFact, facts: Facts, form: 'short' | 'whole' = 'short'): string {
  if (lesson.status === 'in_progress') return `{price.under_way_${form}}`;
  if (lesson.status === 'confirmed') return lesson.depositStatus === 'confirmed' ? `{price.paid_${form}}` : '';
  if (lesson.holdExpiresAt === null) return '';
  const until = momentInWords(lesson.holdExpiresAt, facts);
  const pay = `deposit=${dollars(lesson.depositCents)};payid=${facts.school.payid};reference=${lesson.reference ?? ''}`;
  return `{price.unpaid_${form}:until=${until};${pay}}`;
}

/** "Sam and Priya". */
export const namesInWords = ({ instructors }: Pick<Facts, 'instructors'>) =>
  instructors
    .map((one) => one.name)
    .join(', ')
    .replace(/, ([^,]*)$/, ' and $1');

/** "60 min $75 (deposit $20), ...". */
export function typesInWords(facts: Facts): string {
  return facts.lessonTypes
    .map((type) => {
      const deposit = type.depositCents > 0 ? ` (deposit ${dollars(type.depositCents)})` : '';
      return `${type.name} ${dollars(type.priceCents)}${deposit}`;
    })
    .join(', ');
}

/** "60 min ($75, $20 deposit)". */
export function typeInWords(type: LessonType): string {
  const deposit = type.depositCents > 0 ? `, ${dollars(type.depositCents)} deposit` : '';
  return `${durationLabel(type.durationMinutes)} (${dollars(type.priceCents)}${deposit})`;
}

/** Whatever of day and time was asked, as it was understood. */
export function askedInWords(facts: Facts): string {
  return facts.request ? requestInWords(facts.request) : 'That';
}

export function requestInWords(heard: Heard): string {
  const days = heard.date
    ? dateLabel(heard.date)
    : heard.dates
      ? heard.dates.map(dateLabel).join(heard.several ? ' and ' : ' or ')
      : heard.range
        ? `${dateLabel(heard.range.from)} to ${dateLabel(heard.range.to)}`
        : (heard.weekdays ?? []).map(weekdayLabel).join(' or ');
  const time = heard.time
    ? timeLabel(heard.time)
    : heard.window
      ? `${timeLabel(heard.window.from)}-${timeLabel(heard.window.to)}`
      : '';
  const length = heard.durationMinutes ? durationLabel(heard.durationMinutes) : '';
  return [days, time, length].filter(Boolean).join(', ') || 'That';
}

/** Key of the reason in the copy, filled in; see `because` there. */
export function refusalInWords(facts: Facts): string {
  const because = facts.slotRefusal ?? (facts.search && 'because' in facts.search ? facts.search.because : null);
  if (because === 'yours' && facts.role !== 'student') return '{because.theirs}';
  return `{because.${because ?? ('taken' satisfies Refusal)}}`;
}

export const dayInWords = (at: Instant, facts: Facts) => dayLabel(at, facts.school.zone);

export function minutesOf(span: { startsAt: Instant; endsAt: Instant }): string {
  return durationLabel(Math.round((span.endsAt - span.startsAt) / 60_000));
}

/** What a drop or a move costs, in the copy's words (`price`): in all, what is kept, what comes back, what is still to pay. */
export function priceInWords(facts: Facts, purpose: 'move' | 'drop'): string {
  const { cost } = facts;
  if (!cost || cost.chargeCents === 0) {
    if (purpose === 'move') return '{price.move_free}';
    return cost && cost.creditCents > 0 ? `{price.free_credit:credit=${dollars(cost.creditCents)}}` : '{price.free}';
  }
  const { chargeCents, creditCents, owingCents } = cost;
  const kept = chargeCents - owingCents;
  const amounts = Object.entries({ charge: chargeCents, kept, credit: creditCents, owing: owingCents })
    .map(([name, cents]) => `${name}=${dollars(cents)}`)
    .join(';');
  const newDeposit = purpose === 'move' && (facts.lessonType?.depositCents ?? 0) > 0;
  if (owingCents === 0 && creditCents === 0)
    return `{price.${newDeposit ? 'move_deposit_kept' : 'deposit_kept'}:${amounts}}`;
  const key = owingCents === 0 ? 'part_kept' : kept > 0 ? 'kept_and_owing' : 'charged';
  return `{price.${key}:${amounts}}${newDeposit ? ' {price.new_deposit}' : ''}`;
}

/** What is left to pay for it, and how: with the reference of the lesson's own deposit, when it had one. */
export function stillToPayInWords({ cost, meant: [lesson], school }: Facts): string {
  if (!cost || cost.owingCents === 0) return '';
  const owing = `owing=${dollars(cost.owingCents)}`;
  if (!lesson?.reference) return `{price.office_asks:${owing}}`;
  return `{price.please_pay:${owing};payid=${school.payid};reference=${lesson.reference}}`;
}
