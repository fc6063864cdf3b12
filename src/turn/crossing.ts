import type { Place } from '../conversation/place';
import type { Reads } from './reads';

/**
 * The text came before the question which stands went out: a YES was meant for the one that stood before, and gives up
 * nothing that it was not asked about. Where none stood before, a quick YES to a booking can be meant for that only.
 */
export async function hasCrossed(
  reads: Pick<Reads, 'questionOut'>,
  { memory }: Place,
  phone: string,
  cameAt: number,
): Promise<boolean> {
  if (!memory.replaced) return false;
  const out = await reads.questionOut(phone);
  return out === null || out > cameAt;
}
