import { isSeveral, momentsOf } from '../../flows/moments';
import { personOf } from '../../flows/people';
import type { Facts, LessonFact, LessonType, Offer, Search, SlotLearner } from '../../flows/vocabulary';
import { type Moment, type Placed, placeAll } from '../domain/placing';
import type { Search as SlotSearch } from '../domain/slots';
import { type Instant, localDateOf, localTimeOf, minutesOf, timeText } from '../domain/time';
import type { Attention } from './attention';

/** One of several lessons: when, and whose. */
export type Listed = Moment & { learner: SlotLearner | null };

type School = Pick<Facts['school'], 'zone' | 'policy'>;

/** The several lessons that a request or a list in hand is about; what has to be asked first; null when it is about one. */
export function listOf(
  { list, request }: Attention,
  learners: (SlotLearner | null)[],
  instructorId: string | undefined,
  school: School,
  now: Instant,
): Listed[] | Search | null {
  if (list.length > 0) return list.map((offer) => asListed(offer, school.zone));
  if (!isSeveral(request)) return null;
  const wanted = momentsOf(request!, school, now);
  if (wanted.kind !== 'moments') return wanted;
  const { moments } = wanted;
  if (moments.length === 0) return null;
  const listed = (moment: (typeof moments)[0], learner: SlotLearner | null): Listed => ({
    ...moment,
    ...(instructorId && { instructorId }),
    learner,
    person: personOf(learner),
  });
  // "mia and leo sat 10 and 11" is one each; otherwise everybody has every lesson.
  if (learners.length === moments.length) return moments.map((moment, at) => listed(moment, learners[at]!));
  return moments.flatMap((moment) => learners.map((learner) => listed(moment, learner)));
}

/** Those that can be had, with whom, and what stands in the way of the others; when none can, the nearest at another time. */
export function listAnswer(
  search: SlotSearch,
  list: Listed[],
  lessonType: LessonType,
  lessons: LessonFact[],
): Search & { kind: 'list' } {
  const own = lessons.map((one) => ({ ...one, person: one.learnerId ?? personOf(null) }));
  const placed = placeAll(search, list, own).map((one, at) => ({ ...one, learner: list[at]!.learner }));
  const clashes = placed.flatMap((one) =>
    one.kind === 'clash' ? [{ startsAt: one.startsAt, because: one.because, learner: one.learner?.name ?? null }] : [],
  );
  const free = clashes.length < placed.length ? placed : nearestTo(search, list, own);
  const offers = free.flatMap((one) => (one.kind === 'free' ? [offerOf(one, search, lessonType)] : []));
  return { kind: 'list', offers, clashes };
}

type ForSomebody = { learner: SlotLearner | null };

function offerOf(
  { start, learner }: Placed & { kind: 'free' } & ForSomebody,
  search: SlotSearch,
  lessonType: LessonType,
): Offer {
  return {
    ...start,
    instructor: search.instructors.find((diary) => diary.id === start.instructorId)?.name ?? '',
    lessonTypeId: lessonType.id,
    ...(learner && { learner }),
  };
}

/** Minutes by which all of a list may move when none of it can be had. */
const SHIFTS = Array.from({ length: 16 }, (_, at) => (at + 1) * 15).flatMap((minutes) => [-minutes, minutes]);

/** The same days with the same person at another time, the one nearest to what was asked at which most of them are free. */
function nearestTo(search: SlotSearch, list: Listed[], own: Parameters<typeof placeAll>[2]): (Placed & ForSomebody)[] {
  let best: (Placed & ForSomebody)[] = [];
  const freeIn = (placed: readonly Placed[]) => placed.filter((one) => one.kind === 'free').length;
  for (const shift of SHIFTS) {
    const moved = list.flatMap((one) => {
      const minute = one.time === undefined ? Number.NaN : minutesOf(one.time) + shift;
      return minute >= 0 && minute < 1440 ? [{ ...one, time: timeText(minute) }] : [];
    });
    const placed = placeAll(search, moved, own).map((one, at) => ({ ...one, learner: moved[at]!.learner }));
    if (freeIn(placed) > freeIn(best)) best = placed;
  }
  return best;
}

/** A lesson as it was listed: that very time with that very instructor. */
function asListed({ startsAt, instructorId, ...offer }: Offer, zone: string): Listed {
  const learner = offer.learner ?? null;
  const [date, time] = [localDateOf(startsAt, zone), localTimeOf(startsAt, zone)] as const;
  return { date, time, instructorId, learner, person: personOf(learner) };
}
