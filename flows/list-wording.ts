import { clockLabel, dateLabel, dayLabel, dollars, momentLabel, weekdayLabel } from '../src/domain/labels';
import { type CancellationCost, sumCents } from '../src/domain/money';
import { firstName } from '../src/domain/names';
import { patternOf } from '../src/domain/series';
import { segmentsOf, toGsm7 } from '../src/domain/texts';
import { localDateOf } from '../src/domain/time';
import type { Clash, Facts, LessonFact, Offer } from './facts';
import { forInWords, lessonInWords, lessonStateInWords, minutesOf } from './wording';

/** Two segments, less a word before the list ("Thanks Mia."); of more than that the list is never the part that is cut. */
const ROOM = 306 - 24;

/** Several lessons under their numbers, or as the pattern that they follow; null when they follow none. */
export type Form = 'lines' | 'pattern';

/** "5 lessons, 60 min with Sam ($20 deposit each):" and a numbered line for each; or the pattern with its exceptions. */
export function listInWords(list: readonly Offer[], facts: Facts, form: Form): string | null {
  const [first] = list;
  if (!first) return null;
  const { zone } = facts.school;
  const one = { instructor: allSame(list.map((offer) => offer.instructor)), learner: allSame(list.map(learnerIn)) };
  const type = facts.lessonTypes.find((known) => known.id === first.lessonTypeId);
  const deposit =
    type && type.depositCents > 0 ? ` (${dollars(type.depositCents)} deposit${list.length > 1 ? ' each' : ''})` : '';
  const many = list.length === 1 ? '1 lesson' : `${list.length} lessons`;
  const who = `${one.instructor ? ` with ${first.instructor}` : ''}${one.learner ? forInWords(learnerIn(first)) : ''}`;
  const head = `${many}, ${minutesOf(first)}${who}${deposit}:`;
  if (form === 'pattern') {
    const pattern = one.instructor && one.learner ? patternInWords(list, zone) : null;
    return pattern === null ? null : `${head}\n${pattern}`;
  }
  const line = (offer: Offer, at: number) =>
    `${at + 1} ${momentLabel(offer.startsAt, zone)}${one.instructor ? '' : ` ${offer.instructor}`}${one.learner ? '' : ` for ${learnerIn(offer) ? firstName(learnerIn(offer)!) : firstName(facts.student?.name ?? 'you')}`}`;
  return [head, ...list.map(line)].join('\n');
}

/** As many of the list, from its first, as can be told together with `note` and the question in two texts. */
export function fitting(list: readonly Offer[], note: string, facts: Facts): Offer[] {
  for (let count = list.length; count > 1; count -= 1) {
    const part = list.slice(0, count);
    const said = roomOfNote(note) + (count < list.length ? SENTENCE : 0);
    const fits = (form: Form) => {
      const words = listInWords(part, facts, form);
      return words !== null && said + roomOf(`${words}\n${replyTo(part, form)}`) <= ROOM;
    };
    if (fits('lines') || fits('pattern')) return part;
  }
  return list.slice(0, 1);
}

/** The reasons are in the copy's words, none of which is longer than this. */
const SENTENCE = 50;
const roomOfNote = (note: string) =>
  note.replace(
    /\{clash(?:es)?\.(\w+):([^}]*)\}/g,
    (_, because: string, days: string) => `${days}${'.'.repeat(because.startsWith('too_') ? SENTENCE : SENTENCE / 2)}`,
  ).length;

/** "all 5", with how to choose some when they are numbered; "both", "it". */
export function allInWords(list: readonly Offer[], form: Form): string {
  if (list.length <= 1) return 'it';
  if (list.length === 2) return form === 'lines' ? 'both, 1 or 2 for one' : 'both';
  return form === 'lines' ? `all ${list.length}, numbers for some` : `all ${list.length}`;
}

/** The next four of a student's lessons, one a line with its deposit, and how many more there are until when; then only who is unpaid fits. */
export function allLessonsInWords(lessons: readonly LessonFact[], facts: Facts): string {
  const unpaid = (one: LessonFact) => (one.status === 'pending' ? ', unpaid' : '');
  const state = (one: LessonFact) => (lessons.length > 4 ? unpaid(one) : lessonStateInWords(one, facts));
  const lines = lessons.slice(0, 4).map((one) => lessonInWords(one, facts) + state(one));
  const more = lessons.length - lines.length;
  const last = lessons.at(-1);
  if (more > 0 && last) lines.push(`and ${more} more until ${momentLabel(last.startsAt, facts.school.zone)}`);
  return lines.join('\n');
}

/** Lessons that stand, one a line; the pattern or the ends of a long list. */
export function lessonsInWords(lessons: readonly LessonFact[], facts: Facts, form: Form): string {
  if (form === 'pattern') return datesInWords(lessons, facts, 120);
  return lessons.map((one) => momentLabel(one.startsAt, facts.school.zone) + forInWords(one.learner)).join('\n');
}

/** What dropping several costs in all, in the copy's words (`price`): what is kept, what is owed, what stays as credit. */
export function listPriceInWords(costs: readonly CancellationCost[]): string {
  const kept = sumCents(costs.map((one) => one.chargeCents - one.owingCents));
  const owing = sumCents(costs.map((one) => one.owingCents));
  const credit = sumCents(costs.map((one) => one.creditCents));
  const parts = [
    kept > 0 ? `{price.list_kept:kept=${dollars(kept)}}` : '',
    owing > 0 ? `{price.list_charged:owing=${dollars(owing)}}` : '',
    kept + owing === 0 ? '{price.list_free}' : '',
    credit > 0 ? `{price.list_credit:credit=${dollars(credit)}}` : '',
  ];
  return parts.filter(Boolean).join(' ');
}

/** How what several late drops leave to pay is paid: under their one reference, or when the school asks. */
export function owingInWords({ costs, meant, school }: Facts): string {
  const owing = sumCents(costs.map((one) => one.owingCents));
  if (owing === 0) return '';
  const references = new Set(meant.filter((_, at) => (costs[at]?.owingCents ?? 0) > 0).map((one) => one.reference));
  const [reference] = references;
  const amount = `owing=${dollars(owing)}`;
  return references.size === 1 && reference
    ? `{price.please_pay:${amount};payid=${school.payid};reference=${reference}}`
    : `{price.office_asks:${amount}}`;
}

/** As long as the question's own words are. */
const replyTo = (list: readonly Offer[], form: Form) => `Reply YES to book ${allInWords(list, form)}, or another time.`;

/** "Tue 24 Nov, 4:00pm; Thu 26 Nov, 4:00pm", the pattern, or how many from when to when: whatever fits in `room`. */
export function datesInWords(list: readonly (Offer | LessonFact)[], facts: Facts, room: number): string {
  const { zone } = facts.school;
  const sorted = [...list].sort((a, b) => a.startsAt - b.startsAt);
  const someone = allSame(sorted.map(learnerIn));
  const words = sorted.map((one) => momentLabel(one.startsAt, zone) + (someone ? '' : forInWords(learnerIn(one))));
  const tail = someone ? forInWords(learnerIn(sorted[0]!)) : '';
  const plain = words.join('; ') + tail;
  if (roomOf(plain) <= room) return plain;
  const pattern = patternInWords(sorted, zone);
  const many = `${sorted.length} lessons, `;
  if (pattern && roomOf(many + pattern + tail) <= room) return many + pattern + tail;
  return `${many}${words[0]} to ${words.at(-1)}${tail}`;
}

/** "every Tue, Tue 24 Nov, 4:00pm to Tue 22 Dec, 4:00pm, not Tue 8 Dec"; null when times or days follow no pattern. */
function patternInWords(list: readonly { startsAt: number }[], zone: string): string | null {
  const pattern = patternOf(list.map((one) => localDateOf(one.startsAt, zone)));
  if (!pattern || !allSame(list.map((one) => clockLabel(one.startsAt, zone)))) return null;
  const every = pattern.everyWeeks === 2 ? 'every second' : 'every';
  const days = pattern.weekdays.map(weekdayLabel).join(' and ');
  const ends = `${momentLabel(list[0]!.startsAt, zone)} to ${momentLabel(list.at(-1)!.startsAt, zone)}`;
  const except = pattern.except.length > 0 ? `, not ${pattern.except.map(dateLabel).join(', ')}` : '';
  return `${every} ${days}, ${ends}${except}`;
}

/** "Tue 8 Dec is taken. Tue 26 Jan and Tue 2 Feb are too far ahead.": what stands in the way, by reason, in the copy's words. */
export function clashesInWords(clashes: readonly Clash[], list: readonly Offer[], facts: Facts): string {
  const { zone } = facts.school;
  const dayOf = (one: { startsAt: number }) => dayLabel(one.startsAt, zone);
  const alike = clashes.some((one) => list.some((other) => dayOf(other) === dayOf(one)));
  const words = (one: Clash) =>
    (clashes.length <= 2 && alike ? momentLabel(one.startsAt, zone) : dayOf(one)) + forInWords(one.learner);
  const reasons = [...new Set(clashes.map((one) => one.because))];
  return reasons
    .map((because) => {
      const those = clashes.filter((one) => one.because === because);
      const [first, last] = [words(those[0]!), words(those.at(-1)!)];
      if (those.length === 1) return `{clash.${because}:${first}}`;
      const few = those.length <= (reasons.length > 1 ? 2 : 4);
      const named = few
        ? `${those.slice(0, -1).map(words).join(', ')} and ${last}`
        : `${first} to ${last} (${those.length})`;
      return `{clashes.${because}:${named}}`;
    })
    .join(' ');
}

const learnerIn = (one: Offer | LessonFact): string | null =>
  typeof one.learner === 'string' ? one.learner : (one.learner?.name ?? null);

const allSame = (values: readonly unknown[]) => values.every((value) => value === values[0]);

const roomOf = (text: string) => segmentsOf(toGsm7(text)).units;
