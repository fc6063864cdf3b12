import type { EventRow } from './events';
import { at, rows, type Tx } from './sql';

/** Changes that wait for the evening: of one lesson, or those of one conversation that are due by then. */
export function openNotices(
  tx: Tx,
  schoolId: string,
  of: { lessonId: string } | { conversationId: string; until: number },
): Promise<Pick<EventRow, 'id' | 'lessonId' | 'payload'>[]> {
  const columns = 'select id, lesson_id as "lessonId", payload from events';
  const open = `school_id = ? and kind = 'lesson_notice' and done_at is null`;
  return 'lessonId' in of
    ? rows(tx, `${columns} where ${open} and lesson_id = ?`, [schoolId, of.lessonId])
    : rows(tx, `${columns} where ${open} and conversation_id = ? and due_at <= ? order by created_at, key`, [
        schoolId,
        of.conversationId,
        at(of.until),
      ]);
}
