import type { Heard, Understood } from '../../flows/heard';
import { canBeChanged, type Facts } from '../../flows/vocabulary';
import { attentionTo } from '../conversation/attention';
import { goneMeant } from '../conversation/meant';
import type { Place } from '../conversation/place';
import { asksDropPrice } from '../conversation/plain';
import { needsWishes } from '../conversation/waitlist-words';
import type { Speaker } from '../store/speaker';
import type { World } from '../world';
import { checkCode, codeFacts } from './code-facts';
import { studentLateFacts } from './late-facts';
import { costOf } from './price';
import type { Reads } from './reads';
import { searchDiary } from './search';
import { clashOf } from './travel';

/** What a student may be answered with; what they may take is locked first, so that the guards tell the truth. */
export async function studentFacts(
  world: Pick<World, 'keys'>,
  reads: Reads,
  speaker: Speaker,
  facts: Facts,
  place: Place,
  understood: Understood,
  now: number,
): Promise<Facts> {
  const { school, student } = speaker;
  const heard = understood.readings[0];
  const refs = understood.readings.flatMap((one) =>
    one.intent === heard.intent && one.lessonRef ? [one.lessonRef] : [],
  );
  let lessons = student ? await reads.lessonsAhead(student.id) : [];
  let attention = attentionTo(place, understood, lessons, speaker, school.zone, now);
  const { slot } = attention;
  const taken = slot ? [slot] : attention.list;
  const commits = heard.intent === 'confirm_yes' || heard.intent === 'choose_option';
  const moving = attention.pickup && attention.pickup.mode !== 'ask' ? attention.pickup.lessons : [];
  const placed = moving.length > 0 && school.policy.travel.length > 0;
  if ((commits && (taken.length > 0 || attention.meant.length > 0)) || placed) {
    // Something may be taken or given up in this step: the diaries are read under their locks.
    const instructors = [...taken, ...attention.meant, ...moving].map((one) => one.instructorId);
    await reads.lockDiaries([...new Set(instructors)], student?.id ?? null);
    lessons = student ? await reads.lessonsAhead(student.id) : [];
    attention = attentionTo(place, understood, lessons, speaker, school.zone, now);
  }
  const known: Facts = { ...facts, lessons, request: attention.request, slot, meant: attention.meant };
  known.costs = attention.meant.map((lesson) => costOf(lesson, school, now));
  if (attention.meant.length === 1) known.cost = known.costs[0] ?? null;
  if (attention.search || slot)
    Object.assign(known, await searchDiary(reads, named(speaker, heard), attention, lessons, place.memory.shown, now));
  if (heard.intent === 'price' && known.meant.length === 0 && asksDropPrice(facts.words)) {
    known.dropAsked = lessons.find((one) => canBeChanged(one, now)) ?? null;
    known.cost = known.dropAsked && costOf(known.dropAsked, school, now);
  }
  const { pickup } = attention;
  if (pickup) known.pickup = { ...pickup, clash: await clashOf(reads, school, pickup) };
  if (!student) return known;
  if (needsWishes(place, heard, facts.words)) known.wishes = await reads.wishes(student.id);
  if (PAYS.has(heard.intent)) known.owing = await reads.owing(student.id);
  const late = [heard, ...understood.also].find((one) => one.intent === 'running_late');
  if (late) known.studentLate = await studentLateFacts(reads, known, lessons, late, now);
  if (heard.intent === 'hours') known.done = await reads.lessonsDone(student.id);
  if (CHANGES.has(heard.intent) && known.meant.length === 0 && refs.length > 0)
    known.gone = goneMeant(await reads.lessonsGone(student.id), refs, school.zone);
  if (heard.intent === 'confirm_yes') known.creditCents = await reads.creditOf(student.id);
  if (heard.intent === 'give_otp' && heard.otp) known.code = await checkCode(world, reads, speaker, heard.otp, now);
  if (heard.intent === 'resend_code') Object.assign(known, await codeFacts(reads, speaker, lessons, now));
  return known;
}

/** Who gives their name in this text is the student from here on, so that nobody takes them for a learner. */
const named = (speaker: Speaker, heard: Heard): Speaker =>
  speaker.student || heard.intent !== 'give_name' || !heard.name
    ? speaker
    : { ...speaker, student: { id: '', name: heard.name, phone: '' } };

const PAYS = new Set<Heard['intent']>(['how_to_pay', 'paid']);
const CHANGES = new Set<Heard['intent']>(['reschedule', 'cancel']);
