import type { Heard } from '../../flows/heard';
import { isOneMoment, wantedOf } from '../../flows/request';
import type { LessonFact, LessonType, Offer, Person, Refusal, Search } from '../../flows/vocabulary';
import { type Attention, isOpen } from '../conversation/attention';
import { pickOffers } from '../domain/offers';
import { freeStarts, type Search as SlotSearch, whyNot } from '../domain/slots';
import { addDays, instantOf, type LocalDate, localDateOf, MINUTE, overlaps, weekSpan } from '../domain/time';
import { matches, wishesOf } from '../domain/wanted';
import { loadDiaries } from '../store/diaries';
import type { School, Speaker } from '../store/speaker';
import type { Tx } from '../store/sql';

/** Days that are searched around named days, and ahead when none was named. */
const AROUND = 3;
const AHEAD = 21;

export type Found = { search: Search | null; lessonType: LessonType | null; slotRefusal: Refusal | null };

/** What the diary answers to a request and to a chosen slot; one query. */
export async function searchDiary(
  tx: Tx,
  speaker: Speaker,
  attention: Attention,
  lessons: LessonFact[],
  shown: string[],
  now: number,
): Promise<Found> {
  const { school, ...people } = speaker;
  const { request, slot } = attention;
  const moved = attention.meant.length === 1 ? attention.meant[0] : undefined;
  const typeId = slot?.lessonTypeId ?? moved?.lessonTypeId;
  const lessonType = typeId
    ? (people.lessonTypes.find((type) => type.id === typeId) ?? null)
    : lessonTypeOf(request, people.lessonTypes);
  if (!lessonType) {
    return {
      search: { kind: 'no_such_length', minutes: request?.durationMinutes ?? 0 },
      lessonType: null,
      slotRefusal: null,
    };
  }
  if (!slot && isOpen(request)) return { search: { kind: 'open' }, lessonType, slotRefusal: null };
  const wanted = wantedOf(request ?? { intent: 'book' }, instructorsOf(request, people.instructors));
  const days = daysToSearch(wanted, slot, school, now);
  const diaries = await loadDiaries(
    tx,
    school.id,
    school.zone,
    weekSpan(days.from, school.zone).startsAt,
    weekSpan(days.to, school.zone).endsAt,
    moved?.id ?? null,
    now,
  );
  const search: SlotSearch = {
    instructors: diaries,
    zone: school.zone,
    policy: school.policy,
    lessonMinutes: lessonType.durationMinutes,
    from: days.from,
    to: days.to,
    now,
  };
  const own = lessons.filter((one) => one.id !== moved?.id);
  const slotRefusal = slot ? (refusal(whyNot(search, slot.instructorId, slot.startsAt)) ?? clash(own, slot)) : null;
  return { search: answer(search, request, wanted, lessonType, attention, shown, own), lessonType, slotRefusal };
}

function answer(
  search: SlotSearch,
  request: Heard | null,
  wanted: ReturnType<typeof wantedOf>,
  lessonType: LessonType,
  attention: Attention,
  shown: string[],
  own: LessonFact[],
): Search {
  const { zone } = search;
  const before = attention.more ? shown.map(startOf) : [];
  const starts = freeStarts(search).filter((start) => !clash(own, start));
  const picked = pickOffers(starts, wanted, { zone, shown: before });
  const offers = picked.map(
    (start): Offer => ({
      ...start,
      instructor: search.instructors.find((diary) => diary.id === start.instructorId)?.name ?? '',
      lessonTypeId: lessonType.id,
    }),
  );
  const asked = request && isOneMoment(request) && !attention.more;
  const fits = picked[0] !== undefined && matches(wanted, picked[0], zone);
  if (asked && fits) return { kind: 'exact', slot: offers[0]! };
  const because = fits || attention.more ? null : (whyNotWanted(search, request, wanted, own) ?? 'taken');
  return offers.length > 0 ? { kind: 'offers', offers, because } : { kind: 'none', because };
}

/** Why what was asked is not to be had, judged at its first moment. */
function whyNotWanted(
  search: SlotSearch,
  request: Heard | null,
  wanted: ReturnType<typeof wantedOf>,
  own: LessonFact[],
): Refusal | null {
  const date = request?.date ?? request?.dates?.[0] ?? request?.range?.from;
  if (!date) return request?.time ? neverAt(search, wanted, request.time) : null;
  const startsAt = instantOf(date, request?.time ?? request?.window?.from ?? '12:00', search.zone);
  const lesson = { startsAt, endsAt: startsAt + search.lessonMinutes * MINUTE };
  return refusal(whyNot(search, wanted.instructorId, startsAt)) ?? clash(own, lesson);
}

/** A time on no particular day: outside our hours when it is so all week. */
function neverAt(search: SlotSearch, wanted: ReturnType<typeof wantedOf>, time: string): Refusal | null {
  const today = localDateOf(search.now, search.zone);
  const reasons = [1, 2, 3, 4, 5, 6, 7].map((n) =>
    whyNot(search, wanted.instructorId, instantOf(addDays(today, n), time, search.zone)),
  );
  return reasons.every((one) => one === 'outside_hours' || one === 'closed') ? 'outside_hours' : null;
}

/** A student is in one lesson at a time (`student_is_free`). */
const clash = (own: LessonFact[], span: { startsAt: number; endsAt: number }): 'yours' | null =>
  own.some((lesson) => overlaps(lesson, span)) ? 'yours' : null;

const refusal = (reason: ReturnType<typeof whyNot>): Refusal | null => (reason === 'free' ? null : reason);

/** By name, else by length, else the first; null when no lesson has that length. */
function lessonTypeOf(request: Heard | null, types: LessonType[]): LessonType | null {
  const named = request?.lessonType?.toLowerCase();
  const byName = named ? types.find((type) => type.name.toLowerCase().includes(named)) : undefined;
  if (byName) return byName;
  if (request?.durationMinutes === undefined) return types[0] ?? null;
  return types.find((type) => type.durationMinutes === request.durationMinutes) ?? null;
}

function instructorsOf(request: Heard | null, instructors: Person[]) {
  const idOf = (name: string | undefined) =>
    name ? instructors.find((one) => one.name.split(' ')[0]?.toLowerCase() === name.toLowerCase())?.id : undefined;
  const wanted = idOf(request?.instructor);
  const unwanted = idOf(request?.excludeInstructor);
  return { ...(wanted && { instructorId: wanted }), ...(unwanted && { excludeInstructorId: unwanted }) };
}

function daysToSearch(
  wanted: ReturnType<typeof wantedOf>,
  slot: Offer | null,
  school: School,
  now: number,
): { from: LocalDate; to: LocalDate } {
  const today = localDateOf(now, school.zone);
  const dates = wishesOf(wanted).flatMap((wish) => (wish.ends ? [wish.ends.from, wish.ends.to] : []));
  if (slot) dates.push(localDateOf(slot.startsAt, school.zone));
  dates.sort();
  if (dates.length === 0) return { from: today, to: addDays(today, AHEAD) };
  const from = addDays(dates[0]!, -AROUND);
  return { from: from < today ? today : from, to: addDays(dates.at(-1)!, AROUND) };
}

function startOf(key: string): { instructorId: string; startsAt: number } {
  const [instructorId = '', startsAt = '0'] = key.split('@');
  return { instructorId, startsAt: Number(startsAt) };
}
