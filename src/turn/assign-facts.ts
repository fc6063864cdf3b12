import { type Heard, ME } from '../../flows/heard';
import { mergeRequest } from '../../flows/request';
import type { Candidate, Facts, Offer } from '../../flows/vocabulary';
import { NOTHING } from '../conversation/attention';
import { type Place, stateName } from '../conversation/place';
import type { Speaker } from '../store/speaker';
import type { Reads } from './reads';
import { searchDiary } from './search';

const AMENDS = new Set<Heard['intent']>(['book', 'schedule_day', 'schedule_today', 'reschedule']);
const CHOOSES = new Set<Heard['intent']>(['choose_option', 'confirm_yes']);

/** The text books a lesson for a student, or goes on with that. */
export const isAssigning = (place: Place, { intent }: Heard): boolean =>
  stateName(place.value).startsWith('assign.') ? AMENDS.has(intent) || CHOOSES.has(intent) : intent === 'book';

/** For whom, when, and what the diary says to it. What may be taken is locked first: the student's conversation, then the diaries. */
export async function assignFacts(
  reads: Reads,
  speaker: Speaker,
  facts: Facts,
  place: Place,
  heard: Heard,
  now: number,
): Promise<Facts> {
  const { memory } = place;
  const state = stateName(place.value);
  const before = state.startsWith('assign.') ? memory.request : null;
  const request = one(AMENDS.has(heard.intent) ? mergeRequest(before, heard) : (memory.request ?? heard));
  const found = request.learner === undefined ? [] : await reads.studentsNamed(request.learner);
  const candidates = narrowed(found, facts.words, before === request ? null : memory.students, state, heard);
  const name = request.learner === undefined ? null : (candidates[0]?.name ?? request.learner);
  const [only] = candidates;
  if (!only || candidates.length > 1) return { ...facts, request, assign: { name, candidates, optedOut: false } };
  const slot = slotOf(place, heard, only);
  if (CHOOSES.has(heard.intent) && slot) {
    await reads.lockConversation(only.student.phone);
    await reads.lockDiaries([slot.instructorId], only.student.id);
  }
  const about = speaking(speaker, only);
  const own = await reads.lessonsAhead(only.student.id);
  const asked: Heard = { ...request, learner: only.learner?.name ?? ME, ...mine(speaker) };
  const attention = { ...NOTHING, request: asked, search: true, slot };
  const answer = await searchDiary(reads, about, attention, own, memory.shown, now);
  return {
    ...facts,
    ...answer,
    ...{ request, slot, student: only.student, assign: { name, candidates, optedOut: only.optedOut } },
    creditCents: heard.intent === 'confirm_yes' ? await reads.creditOf(only.student.id) : 0,
  };
}

/** One lesson at a time; a day that is named for several is where it is looked for. */
function one(request: Heard): Heard {
  const { recurring: _r, several: _s, occurrences: _o, everyWeeks: _e, until: _u, learners: _l, ...rest } = request;
  return { ...rest, intent: 'book' };
}

/** Those of the name; those whose whole name was written; the one that was chosen by its number. */
function narrowed(
  found: Candidate[],
  words: string,
  asked: { key: string; name: string }[] | null,
  state: string,
  heard: Heard,
): Candidate[] {
  const known = state.startsWith('assign.') ? (asked ?? []) : [];
  if (state === 'assign.which' && heard.intent === 'choose_option')
    return found.filter(({ key }) => key === known[(heard.option ?? 0) - 1]?.key);
  const still = known.length > 0 ? found.filter(({ key }) => known.some((before) => before.key === key)) : found;
  const here = still.length > 0 ? still : found;
  const whole = here.filter(({ name }) => words.toLowerCase().includes(name.toLowerCase()));
  return whole.length === 1 ? whole : here;
}

function slotOf({ value, memory }: Place, heard: Heard, { learner }: Candidate): Offer | null {
  const state = stateName(value);
  const offered = memory.offers[(heard.option ?? 0) - 1] ?? (memory.offers.length === 1 ? memory.offers[0] : undefined);
  const slot =
    state === 'assign.confirm' && heard.intent === 'confirm_yes'
      ? memory.slot
      : state === 'assign.offer' && CHOOSES.has(heard.intent)
        ? (offered ?? null)
        : null;
  return slot && { ...slot, ...(learner && { learner }) };
}

/** The diary is asked as the student would ask it, but without the notice that the school wants of students. */
function speaking(speaker: Speaker, { student, learner }: Candidate): Speaker {
  const policy = { ...speaker.school.policy, minimumNoticeMinutes: 0 };
  return {
    ...speaker,
    school: { ...speaker.school, policy },
    student,
    learners: learner ? [learner] : [],
    holderLearns: true,
    instructors: speaker.instructor ? [speaker.instructor] : speaker.instructors,
  };
}

/** An instructor books into their own diary. */
const mine = ({ instructor }: Speaker) =>
  instructor ? { instructor: (instructor.name.split(' ')[0] ?? '').toLowerCase() } : {};
