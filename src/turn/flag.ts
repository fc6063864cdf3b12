import { DAY } from '../domain/time';
import { wasFlagged } from '../store/conversation-log';
import { insertAlert } from '../store/people';
import { tellOwner, toOffice } from './tell';
import type { Turn } from './turn';

/** Shows the office a conversation that needs an eye, at most once a day for the same reason. */
export async function flag(turn: Turn, kind: string, why: string): Promise<void> {
  await flagOnce(turn, turn.conversation.id, kind, why);
}

/** The same of the school as a whole. */
export async function flagSchool(turn: Turn, kind: string, why: string): Promise<void> {
  await flagOnce(turn, null, kind, why);
}

async function flagOnce(turn: Turn, conversationId: string | null, kind: string, why: string): Promise<void> {
  const { tx, facts, now } = turn;
  if (await wasFlagged(tx, facts.school.id, conversationId, kind, now - DAY)) return;
  await insertAlert(tx, facts.school.id, { conversationId, kind, detail: why }, now);
  await tellOwner(turn, toOffice(turn, why));
}
