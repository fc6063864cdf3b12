import type { Taken } from '../domain/limits';
import type { Conversation } from './conversations';
import { at, atOrNull, row, rows, type Tx } from './sql';

/** What the phone was answered in the last day. */
export const takenFrom = ({ answers }: Conversation): Taken[] =>
  answers.map(([at, like, answered]) => ({ at, like, answered: answered === 1 }));

export type Noted = {
  channel: Conversation['channel'];
  heardAt: number;
  optChangedAt: number | null;
  taken: Taken[];
};

/** What a text leaves behind at its conversation, whatever else came of it. `heardAt` never goes back. */
export async function noteText(tx: Tx, schoolId: string, id: string, noted: Noted): Promise<void> {
  const answers = noted.taken.map((one) => [one.at, one.like, one.answered ? 1 : 0]);
  await rows(
    tx,
    `update conversations set channel = ?, heard_at = greatest(heard_at, ?), opt_changed_at = coalesce(?, opt_changed_at), answers = ?
     where school_id = ? and id = ?`,
    [noted.channel, at(noted.heardAt), atOrNull(noted.optChangedAt), JSON.stringify(answers), schoolId, id],
  );
}

/** The newest texts that went to a phone, newest first. */
export async function lastBodiesTo(tx: Tx, schoolId: string, phone: string): Promise<string[]> {
  const found = await rows<{ body: string }>(
    tx,
    `select body from sms_logs where school_id = ? and phone = ? and direction = 'out' order by seq desc limit 5`,
    [schoolId, phone],
  );
  return found.map((one) => one.body);
}

/** How many texts the school has sent since then; counted no further than `most`. */
export async function textsSentSince(tx: Tx, schoolId: string, since: number, most: number): Promise<number> {
  const found = await row<{ n: number }>(
    tx,
    `select count(*) as n from (select 1 from sms_logs where school_id = ? and direction = 'out' and sent_at >= ? limit ?) sent`,
    [schoolId, at(since), most],
  );
  return found!.n;
}

/** Whether the office was told of this at this conversation (or, without one, at the school) since then. */
export async function wasFlagged(
  tx: Tx,
  schoolId: string,
  conversationId: string | null,
  kind: string,
  since: number,
): Promise<boolean> {
  const found = await row(
    tx,
    `select 1 from alerts where school_id = ? and conversation_id is not distinct from ? and kind = ? and created_at > ? limit 1`,
    [schoolId, conversationId, kind, at(since)],
  );
  return found !== null;
}
