import { type Diary, minutesByWeek } from '../domain/slots';
import { type Instant, MINUTE, type Span } from '../domain/time';
import { at, rows, type Tx } from './sql';

type Row = {
  id: string;
  name: string;
  max: number;
  hours: Diary['workingHours'];
  off: Span[];
  lessons: Diary['busy'];
};

/** Longest lesson that is possible (`duration_is_possible`), so that one begun before the span is found. */
const LONGEST = 600 * MINUTE;

/**
 * The diaries of all active instructors over a span (give whole weeks, so that the weekly hours add up): working hours,
 * time off, and what is taken: lapsed holds are left out, and so is the lesson that is about to move. One query.
 */
export async function loadDiaries(
  tx: Tx,
  schoolId: string,
  zone: string,
  from: Instant,
  to: Instant,
  exceptLessonId: string | null,
  now: Instant,
): Promise<Diary[]> {
  const found = await rows<Row>(
    tx,
    `select i.id, i.name, i.max_hours_per_week as max,
       coalesce((select json_agg(json_build_object('weekday', w.weekday, 'from', to_char(w.from_time, 'HH24:MI'),
         'to', to_char(w.to_time, 'HH24:MI')) order by w.weekday, w.from_time)
         from working_hours w where w.school_id = i.school_id and w.instructor_id = i.id), '[]') as hours,
       coalesce((select json_agg(json_build_object('startsAt', extract(epoch from o.starts_at) * 1000,
         'endsAt', extract(epoch from o.ends_at) * 1000))
         from time_off o where o.school_id = i.school_id and o.instructor_id = i.id and o.ends_at > ? and o.starts_at < ?), '[]') as off,
       coalesce((select json_agg(json_build_object('startsAt', extract(epoch from l.start_time) * 1000,
         'endsAt', extract(epoch from l.end_time) * 1000, 'pickup', coalesce(l.pickup, st.pickup), 'suburb', st.suburb))
         from lessons l join students st on st.school_id = l.school_id and st.id = l.student_id where l.school_id = i.school_id and l.instructor_id = i.id and l.start_time > ? and l.start_time < ?
           and l.id is distinct from ?::uuid
           and (l.status in ('confirmed', 'in_progress', 'completed') or (l.status = 'pending' and l.hold_expires_at > ?))), '[]') as lessons
     from instructors i where i.school_id = ? and i.active order by i.created_at, i.name`,
    [at(from), at(to), at(from - LONGEST), at(to), exceptLessonId, at(now), schoolId],
  );
  return found.map((one) => ({
    id: one.id,
    name: one.name,
    workingHours: one.hours,
    busy: one.lessons,
    timeOff: one.off,
    maxMinutesPerWeek: one.max * 60,
    bookedMinutesByWeek: minutesByWeek(one.lessons, zone),
  }));
}
