import type { Candidate, Person } from '../../flows/vocabulary';
import type { Whereabouts } from '../domain/travel';
import { rows, type Tx } from './sql';

type Row = {
  student: Person & Whereabouts;
  learner: { id: string; name: string } | null;
  name: string;
  optedOut: boolean;
};

/** Which of these phones have stopped the school's texts. */
export async function optedOutOf(tx: Tx, schoolId: string, phones: string[]): Promise<string[]> {
  const sql = 'select phone from conversations where school_id = ? and phone = any(?) and opted_out_at is not null';
  return (await rows<{ phone: string }>(tx, sql, [schoolId, phones])).map((one) => one.phone);
}

/** Students of that first or whole name, and learners on a student's phone; by name. */
export async function studentsNamed(tx: Tx, schoolId: string, name: string): Promise<Candidate[]> {
  const called = (column: string) => `(lower(${column}) = lower(?) or lower(split_part(${column}, ' ', 1)) = lower(?))`;
  const found = await rows<Row>(
    tx,
    `select json_build_object('id', st.id, 'name', st.name, 'phone', st.phone, 'pickup', st.pickup, 'suburb', st.suburb) as student,
       case when le.id is null then null else json_build_object('id', le.id, 'name', le.name) end as learner,
       coalesce(le.name, st.name) as name,
       exists (select 1 from conversations c where c.school_id = st.school_id and c.phone = st.phone and c.opted_out_at is not null) as "optedOut"
     from students st
     left join learners le on le.school_id = st.school_id and le.student_id = st.id and ${called('le.name')}
     where st.school_id = ? and (le.id is not null or ${called('st.name')})
     order by 3, st.created_at limit 9`,
    [name, name, schoolId, name, name],
  );
  return found.map((one) => ({ ...one, key: one.learner?.id ?? one.student.id }));
}
