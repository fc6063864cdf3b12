import type { Facts } from '../../flows/vocabulary';
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
  const offer = await reads.waitlistOffer(offerId);
  const { student } = speaker;
  if (!offer || !student) return { ...facts, offer };
  const attention = { request: null, search: false, more: false, slot: offer.slot, wish: false, meant: [] };
  const lessons = await reads.lessonsAhead(student.id);
  const { search: _, ...found } = await searchDiary(reads, speaker, attention, lessons, [], now);
  return { ...facts, offer, slot: offer.slot, ...found };
}
