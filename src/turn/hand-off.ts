import type { Facts, Said } from '../../flows/vocabulary';
import { segmentsOf, toGsm7 } from '../domain/texts';
import { markConversation } from '../store/conversations';
import { type Line, lastLines } from '../store/last-lines';
import { insertAlert } from '../store/people';
import { tellOwner, who } from './tell';
import type { Turn } from './turn';

/** The last texts that the office is shown with it, this one included. */
const LINES = 3;
/** Two texts to the office, with room for who and why. */
const ROOM = 306;

/** A person answers from now on: the line falls silent on that phone, and the office is told with the last texts. */
export async function handOff(turn: Turn, why: string): Promise<void> {
  const { tx, facts, conversation, now } = turn;
  const schoolId = facts.school.id;
  await markConversation(tx, schoolId, conversation.id, 'taken_over_at', now);
  await insertAlert(tx, schoolId, { conversationId: conversation.id, kind: 'hand_off', detail: why }, now);
  await tellOwner(turn, toAnswer(turn, why, await lastLines(tx, schoolId, conversation.id, LINES, now)));
}

/** Who, why, and the last texts, each as long as the room allows. */
export function toAnswer(
  turn: { facts: Facts; conversation: { phone: string } },
  why: string,
  lines: readonly Line[],
): Said {
  const head = `${who(turn)} ${why}:`;
  const shown = fitted(lines, ROOM - segmentsOf(toGsm7(head)).units);
  return { key: 'office_handed_off', values: { who: who(turn), why, lines: shown.join('\n') } };
}

/** Each in one line; what short ones leave over of the room, long ones have. */
function fitted(lines: readonly Line[], room: number): string[] {
  const plain = lines.map(({ mark, body }) => `${mark} ${toGsm7(body.replace(/\s+/g, ' ')).trim()}`);
  const units = (text: string) => segmentsOf(text).units;
  let left = room - plain.length;
  const bySize = [...plain.keys()].sort((a, b) => units(plain[a]!) - units(plain[b]!));
  for (const [taken, at] of bySize.entries()) {
    plain[at] = cut(plain[at]!, Math.floor(left / (bySize.length - taken)));
    left -= units(plain[at]);
  }
  return plain;
}

/** At most that many septets. */
function cut(text: string, units: number): string {
  if (segmentsOf(text).units <= units) return text;
  let kept = text;
  while (kept && segmentsOf(`${kept}...`).units > units) kept = kept.slice(0, -1);
  return `${kept.trimEnd()}...`;
}
