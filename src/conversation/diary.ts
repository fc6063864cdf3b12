import type { Heard } from '../../flows/heard';
import { lacksDays } from '../../flows/moments';
import { forWhom, personOf } from '../../flows/people';
import { isOneMoment, wantedOf } from '../../flows/request';
import type { Facts, LessonFact, LessonType, Offer, Refusal, Search, SlotLearner } from '../../flows/vocabulary';
import { pickOffers } from '../domain/offers';
import { SHORTEST_HOLD_MINUTES } from '../domain/policy';
import { type Diary, freeStarts, type Search as SlotSearch, whyNot } from '../domain/slots';
import {
  addDays,
  type Instant,
  instantOf,
  type LocalDate,
  localDateOf,
  MINUTE,
  overlaps,
  weekSpan,
} from '../domain/time';
import { isHopeless } from '../domain/waitlist';
import { matches, type Wanted, wishesOf } from '../domain/wanted';
import { type Attention, isOpen } from './attention';
import { closedDays } from './closed-days';
import { type Listed, listAnswer, listOf } from './diary-list';
import { instructorsOf, lessonTypeOf } from './named';

/** Days that are searched around named days, and ahead when none was named. */
const AROUND = 3;
const AHEAD = 21;

export type Found = {
  search: Search | null;
  lessonType: LessonType | null;
  slotRefusal: Refusal | null;
  /** What is wished for can never be met. */
  hopeless: boolean;
};

/** The part of the diary that has to be read for an answer: whole weeks, without the lesson that is to move. */
export type Stretch = { from: Instant; to: Instant; exceptLessonId: string | null };

type School = Pick<Facts['school'], 'zone' | 'state' | 'policy'>;
export type People = Pick<Facts, 'lessonTypes' | 'instructors' | 'student' | 'learners' | 'holderLearns'> & {
  school: School;
};
type Question = {
  lessonType: LessonType;
  wanted: Wanted;
  days: { from: LocalDate; to: LocalDate };
  learner: SlotLearner | null;
  /** Several lessons are wanted, or were listed. */
  list: Listed[] | null;
};

/** Which part of the diary a request or a chosen slot needs; or the answer, when it needs none. */
export function stretchFor(people: People, attention: Attention, now: Instant): Stretch | { found: Found } {
  const question = questionOf(people, attention, now);
  if ('found' in question) return question;
  const { zone } = people.school;
  return {
    from: weekSpan(question.days.from, zone).startsAt,
    to: weekSpan(question.days.to, zone).endsAt,
    exceptLessonId: movedOf(attention)?.id ?? null,
  };
}

/** What the diaries of that stretch answer. `lessons` are the student's own, `shown` the starts that were offered before. */
export function answerOf(
  people: People,
  attention: Attention,
  diaries: Diary[],
  lessons: LessonFact[],
  shown: string[],
  now: Instant,
): Found {
  const question = questionOf(people, attention, now);
  if ('found' in question) return question.found;
  const { lessonType, wanted, days, learner, list } = question;
  const { zone, policy } = people.school;
  const { request, slot } = attention;
  const moved = movedOf(attention);
  const isHeld = lessonType.depositCents > 0 && (!moved || moved.status === 'pending');
  const search: SlotSearch = {
    instructors: diaries.filter((diary) => list === null || diary.id !== wanted.excludeInstructorId),
    zone,
    policy,
    ...(isHeld && { payMinutes: SHORTEST_HOLD_MINUTES }),
    lessonMinutes: lessonType.durationMinutes,
    going: moved ?? { ...people.student, ...(attention.inHand && { pickup: attention.inHand }) },
    closed: closedDays(people.school, days),
    from: days.from,
    to: days.to,
    now,
  };
  const others = lessons.filter((one) => one.id !== moved?.id);
  if (list)
    return { search: listAnswer(search, list, lessonType, others), lessonType, slotRefusal: null, hopeless: false };
  const own = others.filter((one) => personOfLesson(one) === personOf(slot ? slot.learner : learner));
  const slotRefusal = slot ? (refusal(whyNot(search, slot.instructorId, slot.startsAt)) ?? clash(own, slot)) : null;
  const hopeless = attention.wish && isHopeless(wanted, search);
  return {
    search: answer(search, request, wanted, lessonType, attention, shown, own, learner),
    lessonType,
    slotRefusal,
    hopeless,
  };
}

function questionOf(people: People, attention: Attention, now: Instant): Question | { found: Found } {
  const { request, slot } = attention;
  const typeId = slot?.lessonTypeId ?? movedOf(attention)?.lessonTypeId;
  const lessonType = typeId
    ? (people.lessonTypes.find((type) => type.id === typeId) ?? null)
    : lessonTypeOf(request, people.lessonTypes);
  if (!lessonType) {
    const search: Search = { kind: 'no_such_length', minutes: request?.durationMinutes ?? 0 };
    return { found: { search, lessonType: null, slotRefusal: null, hopeless: false } };
  }
  const found = (search: Search) => ({ found: { search, lessonType, slotRefusal: null, hopeless: false } });
  const moved = movedOf(attention);
  const listed = attention.list.length > 0;
  if (!slot && !listed && ((isOpen(request) && !attention.anyTimes) || (!moved && lacksDays(request))))
    return found({ kind: 'open' });
  const whom = moved || slot || listed ? [] : forWhom(request, people);
  if (!attention.wish && whom.some((one) => one.kind === 'which')) return found({ kind: 'who' });
  if (whom.some((one) => one.kind === 'name')) return found({ kind: 'learner_name' });
  const learners = whom.map((one) => (one.kind === 'learner' ? one.learner : null));
  const wanted = wantedOf(request ?? { intent: 'book' }, instructorsOf(request, people.instructors));
  const list =
    moved || slot || attention.wish ? null : listOf(attention, learners, wanted.instructorId, people.school, now);
  if (list && 'kind' in list) return found(list);
  const days = list ? daysOfList(list) : daysToSearch(wanted, slot, people.school, now);
  const learner = moved ? learnerOf(moved) : (learners[0] ?? null);
  return { lessonType, wanted, days, learner, list };
}

const movedOf = ({ meant }: Attention) => (meant.length === 1 ? meant[0] : undefined);

const learnerOf = ({ learnerId, learner }: LessonFact): SlotLearner | null =>
  learner === null ? null : { id: learnerId, name: learner };

const personOfLesson = (lesson: LessonFact) => personOf(learnerOf(lesson));

function daysOfList(list: Listed[]): { from: LocalDate; to: LocalDate } {
  const dates = list.map((one) => one.date).sort();
  return { from: dates[0]!, to: dates.at(-1)! };
}

function answer(
  search: SlotSearch,
  request: Heard | null,
  wanted: Wanted,
  lessonType: LessonType,
  attention: Attention,
  shown: string[],
  own: LessonFact[],
  learner: SlotLearner | null,
): Search {
  const { zone } = search;
  const before = attention.more ? shown.map(startOf) : [];
  const starts = freeStarts(search).filter((start) => !clash(own, start));
  const picked = pickOffers(starts, wanted, { zone, shown: before, prefer: attention.prefer });
  const offers = picked.map(
    (start): Offer => ({
      ...start,
      instructor: search.instructors.find((diary) => diary.id === start.instructorId)?.name ?? '',
      lessonTypeId: lessonType.id,
      ...(learner && { learner }),
    }),
  );
  const asked = request && isOneMoment(request) && !attention.more;
  const fits = picked[0] !== undefined && matches(wanted, picked[0], zone);
  if (asked && fits) return { kind: 'exact', slot: offers[0]! };
  const because = fits || attention.more ? null : (whyNotWanted(search, request, wanted, own) ?? 'taken');
  // The time that it has already is no other time.
  const others = offers.filter((offer) => !isOwn(movedOf(attention), offer));
  return others.length > 0 ? { kind: 'offers', offers: others, because } : { kind: 'none', because };
}

/** Why what was asked is not to be had, judged at its first moment. */
function whyNotWanted(search: SlotSearch, request: Heard | null, wanted: Wanted, own: LessonFact[]): Refusal | null {
  const date = request?.date ?? request?.dates?.[0] ?? request?.range?.from;
  if (!date) return request?.time ? neverAt(search, wanted, request.time) : null;
  const startsAt = instantOf(date, request?.time ?? request?.window?.from ?? '12:00', search.zone);
  const lesson = { startsAt, endsAt: startsAt + search.lessonMinutes * MINUTE };
  return refusal(whyNot(search, wanted.instructorId, startsAt)) ?? clash(own, lesson);
}

/** A time on no particular day: outside our hours when it is so all week. */
function neverAt(search: SlotSearch, wanted: Wanted, time: string): Refusal | null {
  const today = localDateOf(search.now, search.zone);
  const reasons = [1, 2, 3, 4, 5, 6, 7].map((n) =>
    whyNot(search, wanted.instructorId, instantOf(addDays(today, n), time, search.zone)),
  );
  return reasons.every((one) => one === 'outside_hours' || one === 'closed') ? 'outside_hours' : null;
}

/** A student is in one lesson at a time (`student_is_free`). */
const clash = (own: LessonFact[], span: { startsAt: Instant; endsAt: Instant }): 'yours' | null =>
  own.some((lesson) => overlaps(lesson, span)) ? 'yours' : null;

const refusal = (reason: ReturnType<typeof whyNot>): Refusal | null => (reason === 'free' ? null : reason);

function daysToSearch(
  wanted: Wanted,
  slot: Offer | null,
  school: School,
  now: Instant,
): { from: LocalDate; to: LocalDate } {
  const today = localDateOf(now, school.zone);
  const dates = wishesOf(wanted).flatMap((wish) => (wish.ends ? [wish.ends.from, wish.ends.to] : []));
  if (slot) dates.push(localDateOf(slot.startsAt, school.zone));
  dates.sort();
  if (dates.length === 0) return { from: today, to: addDays(today, AHEAD) };
  // Beyond what can be booked the last days that can be are the nearest.
  const last = addDays(today, school.policy.bookAheadDays);
  const from = addDays(dates[0]! < last ? dates[0]! : last, -AROUND);
  return { from: from < today ? today : from, to: addDays(dates.at(-1)!, AROUND) };
}

const isOwn = (lesson: LessonFact | undefined, { startsAt, instructorId }: Offer) =>
  lesson?.startsAt === startsAt && lesson.instructorId === instructorId;

function startOf(key: string): { instructorId: string; startsAt: number } {
  const [instructorId = '', startsAt = '0'] = key.split('@');
  return { instructorId, startsAt: Number(startsAt) };
}
