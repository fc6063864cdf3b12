import { whoIs } from '../../flows/people';
import type { Facts } from '../../flows/vocabulary';
import { NOTHING } from '../conversation/attention';
import type { Speaker } from '../store/speaker';
import type { Reads } from './reads';
import { searchDiary } from './search';

/** The offer of which an event speaks, and whether its slot is still there for this student. */
export async function offerFacts(
  reads: Reads,
  speaker: Speaker,
  facts: Facts,
  offerId: string,
  now: number,
): Promise<Facts> {
  const found = await reads.waitlistOffer(offerId);
  const { student } = speaker;
  if (!found || !student) return { ...facts, offer: found };
  const who = whoIs(found.wish.learner, speaker);
  const offer = who.kind === 'learner' ? { ...found, slot: { ...found.slot, learner: who.learner } } : found;
  const lessons = await reads.lessonsAhead(student.id);
  const { search: _, ...answer } = await searchDiary(
    reads,
    speaker,
    { ...NOTHING, slot: offer.slot },
    lessons,
    [],
    now,
  );
  return { ...facts, offer, slot: offer.slot, ...answer };
}
