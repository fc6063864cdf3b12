import { at, row, type Tx } from './sql';

/** The learner of that name on a student's phone, written down when new. */
export async function learnerNamed(
  tx: Tx,
  schoolId: string,
  studentId: string,
  name: string,
  now: number,
): Promise<string> {
  const found = await row<{ id: string }>(
    tx,
    `insert into learners (school_id, student_id, name, created_at) values (?, ?, ?, ?)
     on conflict (school_id, student_id, lower(name)) do update set name = learners.name returning id`,
    [schoolId, studentId, name, at(now)],
  );
  return found!.id;
}
