import { at, rows, type Tx } from './sql';

/** A text of a conversation: `>` from the person, `<` from us. */
export type Line = { mark: '>' | '<'; body: string };

/** The last texts of a conversation that have gone or are going, oldest first. */
export async function lastLines(
  tx: Tx,
  schoolId: string,
  conversationId: string,
  limit: number,
  now: number,
): Promise<Line[]> {
  const found = await rows<Line>(
    tx,
    `select case direction when 'in' then '>' else '<' end as mark, body from sms_logs
     where school_id = ? and conversation_id = ? and due_at <= ? and status not in ('failed', 'skipped')
     order by due_at desc, seq desc limit ?`,
    [schoolId, conversationId, at(now), limit],
  );
  return found.reverse();
}
