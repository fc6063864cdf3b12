import { row, type Tx } from './sql';

/** The most hours of lessons that an instructor gives in a week. */
export async function maxHoursOf(tx: Tx, schoolId: string, instructorId: string): Promise<number> {
  const found = await row<{ max: number }>(
    tx,
    'select max_hours_per_week as max from instructors where school_id = ? and id = ?',
    [schoolId, instructorId],
  );
  return found?.max ?? 0;
}
