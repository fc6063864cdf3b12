import type { LessonType, Person } from '../../flows/vocabulary';
import { type Policy, parsePolicy } from '../domain/policy';
import type { Whereabouts } from '../domain/travel';
import { row, type Tx } from './sql';

export type School = {
  id: string;
  name: string;
  zone: string;
  state: string;
  phone: string;
  ownerPhone: string;
  payid: string;
  policy: Policy;
};

/** The school of this transaction, its people by name, and who a phone belongs to. */
export type Speaker = {
  school: School;
  student: (Person & Whereabouts) | null;
  /** Others who learn on this phone, as they came; and whether its holder has ever had a lesson. */
  learners: { id: string; name: string }[];
  holderLearns: boolean;
  instructor: Person | null;
  isOwner: boolean;
  instructors: Person[];
  lessonTypes: LessonType[];
  /** A start code is open for a lesson of this phone. */
  codeOpen: boolean;
  /** One is open for any lesson of the school: six digits from whatever phone may be it. */
  anyCodeOpen: boolean;
};

type Row = {
  id: string;
  name: string;
  timezone: string;
  state: string;
  phone: string;
  owner_phone: string;
  payid: string;
  policy: unknown;
  student: (Person & Whereabouts) | null;
  learners: { id: string; name: string }[] | null;
  holder_learns: boolean;
  instructors: (Person & { active: boolean })[] | null;
  lesson_types: LessonType[] | null;
  code_open: boolean;
  any_code_open: boolean;
};

/** One query; throws when the school of the transaction does not exist. */
export async function loadSpeaker(tx: Tx, schoolId: string, phone: string): Promise<Speaker> {
  const found = await row<Row>(
    tx,
    `select s.id, s.name, s.timezone, s.state, s.phone, s.owner_phone, s.payid, s.policy,
       (select json_build_object('id', st.id, 'name', st.name, 'phone', st.phone, 'pickup', st.pickup, 'suburb', st.suburb) from students st
         where st.school_id = s.id and st.phone = ?) as student,
       (select json_agg(json_build_object('id', le.id, 'name', le.name) order by le.created_at, le.name)
         from students st join learners le on le.school_id = st.school_id and le.student_id = st.id
         where st.school_id = s.id and st.phone = ?) as learners,
       exists (select 1 from students st join lessons l on l.school_id = st.school_id and l.student_id = st.id
         where st.school_id = s.id and st.phone = ? and l.learner_id is null) as holder_learns,
       (select json_agg(json_build_object('id', i.id, 'name', i.name, 'phone', i.phone, 'active', i.active)
         order by i.created_at, i.name) from instructors i where i.school_id = s.id) as instructors,
       (select json_agg(json_build_object('id', t.id, 'name', t.name, 'durationMinutes', t.duration_minutes,
         'priceCents', t.price_cents, 'depositCents', t.deposit_cents) order by t.position, t.name)
         from lesson_types t where t.school_id = s.id and t.active) as lesson_types,
       exists (select 1 from students st join lessons l on l.school_id = st.school_id and l.student_id = st.id
           and l.status = 'confirmed' join otp_events o on o.school_id = l.school_id and o.lesson_id = l.id
         where st.school_id = s.id and st.phone = ? and o.ended_at is null and not o.verified) as code_open,
       exists (select 1 from otp_events o where o.school_id = s.id and o.ended_at is null and not o.verified) as any_code_open
     from schools s where s.id = ?`,
    [phone, phone, phone, phone, schoolId],
  );
  if (!found) throw new Error(`school ${schoolId} is not there; see \`dss school list\``);
  const instructors = found.instructors ?? [];
  return {
    school: {
      id: found.id,
      name: found.name,
      zone: found.timezone,
      state: found.state,
      phone: found.phone,
      ownerPhone: found.owner_phone,
      payid: found.payid,
      policy: parsePolicy(found.policy),
    },
    student: found.student,
    learners: found.learners ?? [],
    holderLearns: found.holder_learns,
    instructor: instructors.find((one) => one.active && one.phone === phone) ?? null,
    isOwner: found.owner_phone === phone,
    instructors: instructors.filter((one) => one.active).map(({ id, name, phone }) => ({ id, name, phone })),
    lessonTypes: found.lesson_types ?? [],
    codeOpen: found.code_open,
    anyCodeOpen: found.any_code_open,
  };
}
