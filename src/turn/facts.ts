import { randomUUID } from 'node:crypto';
import type { Role, Understood } from '../../flows/heard';
import type { EventKind, Facts, LessonFact, Offer } from '../../flows/vocabulary';
import { isForgotten } from '../conversation/asking';
import { NOTHING } from '../conversation/attention';
import { closedDays } from '../conversation/closed-days';
import { atRest, type Place } from '../conversation/place';
import { makeReference } from '../domain/references';
import { addDays, instantOf, localDateOf, localTimeOf } from '../domain/time';
import type { Conversation } from '../store/conversations';
import type { Speaker } from '../store/speaker';
import type { World } from '../world';
import { mayAsk } from './asking';
import { assignFacts, isAssigning } from './assign-facts';
import { instructorFacts } from './instructor-facts';
import { isAboutTime, offFacts } from './off-facts';
import type { Reads } from './reads';
import { searchDiary } from './search';
import { studentFacts } from './student-facts';
import { offerFacts } from './waitlist-facts';
import { isWaiving, waiveFacts } from './waive-facts';

/** Everything known before anything is asked of the diary. */
export function plainFacts(world: Pick<World, 'random'>, speaker: Speaker, role: Role, words = ''): Facts {
  return {
    school: speaker.school,
    role,
    words,
    student: speaker.student,
    learners: speaker.learners,
    holderLearns: speaker.holderLearns,
    instructor: speaker.instructor,
    instructors: speaker.instructors,
    lessonTypes: speaker.lessonTypes,
    lessons: [],
    meant: [],
    cost: null,
    dropAsked: null,
    costs: [],
    pickup: null,
    closedDates: [],
    gone: null,
    owing: [],
    done: null,
    creditCents: 0,
    lesson: null,
    together: [],
    request: null,
    lessonType: null,
    search: null,
    slot: null,
    slotRefusal: null,
    code: null,
    startable: [],
    codeAllowed: false,
    wishes: [],
    hopeless: false,
    offer: null,
    crossed: false,
    mayAsk: false,
    fresh: { lessonId: randomUUID(), reference: makeReference(world.random(16)) },
    schedule: null,
    assign: null,
    off: null,
    late: null,
    studentLate: null,
    waive: null,
    named: null,
    alsoNamed: [],
  };
}

/** The facts on which a text is decided. What it may take in a diary is locked first, so that the guards tell the truth. */
export async function factsForText(
  world: Pick<World, 'keys' | 'random'>,
  reads: Reads,
  speaker: Speaker,
  place: Place,
  understood: Understood,
  words: string,
  now: number,
): Promise<Facts> {
  const facts = { ...plainFacts(world, speaker, place.role, words), closedDates: closedSoon(speaker.school, now) };
  const heard = understood.readings[0];
  const from = isForgotten(place, speaker.school.policy, now) ? atRest(place.role) : place;
  if (place.role === 'student') return studentFacts(world, reads, speaker, facts, from, understood, now);
  const mine = place.role === 'instructor' ? (speaker.instructor?.id ?? null) : null;
  if (isWaiving(place, heard)) return waiveFacts(reads, facts, place, heard);
  if (isAssigning(place, heard)) return assignFacts(reads, speaker, facts, place, heard, now);
  if (isAboutTime(place, heard)) return offFacts(reads, speaker, facts, place, heard, now);
  return instructorFacts(reads, speaker, facts, mine, heard, now);
}

/** The office may be closed on any of these. */
function closedSoon(school: Speaker['school'], now: number): string[] {
  const today = localDateOf(now, school.zone);
  return [...closedDays(school, { from: today, to: addDays(today, 14) })];
}

/** The facts on which a happening is decided; its lesson is locked. After a lesson, whether next week is free as well. */
export async function factsForEvent(
  world: Pick<World, 'keys' | 'random'>,
  reads: Reads,
  speaker: Speaker,
  event: { kind: EventKind; lessonId: string | null; payload: Record<string, unknown> },
  conversation: Pick<Conversation, 'optedOutAt' | 'takenOverAt' | 'place'>,
  now: number,
): Promise<Facts> {
  const facts = { ...plainFacts(world, speaker, 'student'), mayAsk: mayAsk(conversation) };
  if (event.kind === 'waitlist_offer' || event.kind === 'waitlist_lapsed')
    return offerFacts(reads, speaker, facts, String(event.payload.offerId), now);
  const lesson = event.lessonId ? await reads.lessonLocked(event.lessonId) : null;
  if (!lesson) return { ...facts, lesson };
  if (event.kind === 'deposit_landed') return { ...facts, lesson, together: await reads.lessonsPaidWith(lesson.id) };
  if (event.kind === 'hold_ended') return { ...facts, lesson, ...(await heldTogether(reads, lesson)) };
  if (event.kind !== 'lesson_finished' || !facts.mayAsk) return { ...facts, lesson };
  const slot = nextWeek(lesson, speaker);
  const lessons = await reads.lessonsAhead(lesson.studentId);
  const found = await searchDiary(reads, speaker, { ...NOTHING, slot }, lessons, [], now);
  return { ...facts, lesson, slot, ...found };
}

/** Those of a list whose holds end at that same moment, unpaid, are told of in one text; `lessons` are those that are held on. */
async function heldTogether(reads: Reads, lesson: LessonFact): Promise<Pick<Facts, 'together' | 'lessons'>> {
  const all = lesson.reference === null ? [] : await reads.lessonsOfReference(lesson.reference);
  const ended = ({ status, reason }: LessonFact) =>
    status === 'pending' || (status === 'cancelled' && reason === 'hold_expired');
  return {
    together: all.filter((one) => ended(one) && one.holdExpiresAt === lesson.holdExpiresAt),
    lessons: all.filter((one) => one.status === 'pending' && one.holdExpiresAt! > (lesson.holdExpiresAt ?? 0)),
  };
}

/** The same wall-clock time seven days later, also across a clock change. */
function nextWeek(lesson: LessonFact, { school }: Speaker): Offer {
  const { instructorId, instructor, lessonTypeId, learnerId, learner } = lesson;
  const date = addDays(localDateOf(lesson.startsAt, school.zone), 7);
  const startsAt = instantOf(date, localTimeOf(lesson.startsAt, school.zone), school.zone);
  const endsAt = startsAt + lesson.endsAt - lesson.startsAt;
  return {
    ...{ instructorId, instructor, lessonTypeId, startsAt, endsAt },
    ...(learner !== null && { learner: { id: learnerId, name: learner } }),
  };
}
