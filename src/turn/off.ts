import type { Command } from '../../flows/vocabulary';
import { endTimeOff } from '../store/time-off';
import { slotFreed } from './freed';
import type { Turn } from './turn';

/** Worked after all: who waits for a lesson then is asked. */
export async function endOff(turn: Turn, { instructorId, spans }: Command & { kind: 'end_off' }): Promise<void> {
  const { tx, facts, now } = turn;
  for (const freed of await endTimeOff(tx, facts.school.id, instructorId, spans, now)) {
    const startsAt = Math.max(freed.startsAt, now);
    await slotFreed(turn, facts.school.id, { ...freed, startsAt, instructorId }, `off:${instructorId}:${startsAt}`);
  }
}
