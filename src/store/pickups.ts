import { rows, type Tx } from './sql';

/** Where a student is picked up from now on; lessons with a place of their own keep it. */
export async function setPickup(tx: Tx, schoolId: string, studentId: string, place: string): Promise<void> {
  await rows(tx, 'update students set pickup = ? where school_id = ? and id = ?', [place, schoolId, studentId]);
}

/** Where the student is picked up for these lessons only. */
export async function setLessonPickup(tx: Tx, schoolId: string, lessonIds: string[], place: string): Promise<void> {
  await rows(
    tx,
    `update lessons set pickup = ? where school_id = ? and id = any(?) and status in ('pending', 'confirmed', 'in_progress')`,
    [place, schoolId, lessonIds],
  );
}
