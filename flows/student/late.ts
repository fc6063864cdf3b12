import { type Args, command, remember, say } from '../vocabulary';
import { clockInWords } from '../wording';

const late = ({ event }: Args) => event.facts.studentLate!;
const understood = remember(() => ({ unclear: 0 }));
const clock = (args: Args, at: number) => clockInWords(at, args.event.facts);

const values = (args: Args) => {
  const { lesson, minutes, roomUntil } = late(args);
  return {
    student: lesson.student,
    instructor: lesson.instructor,
    late: minutes === null ? '{day.late}' : `{day.late_by:minutes=${minutes}}`,
    clock: clock(args, lesson.startsAt),
    end: clock(args, roomUntil ?? lesson.endsAt),
  };
};

const tellInstructor = (key: 'told_student_late' | 'told_student_late_room') =>
  command((args) => ({
    kind: 'tell',
    phone: late(args).lesson.instructorPhone,
    said: { key, values: values(args) },
    lessonId: late(args).lesson.id,
    messageType: 'instructor_notice',
  }));

/** The instructor hears of it; the lesson ends when it was to end, unless there is room after it. */
export const studentLate = [
  {
    guard: 'roomAfter',
    actions: [tellInstructor('told_student_late_room'), say('late_noted_room', values), understood],
  },
  { guard: 'lateForLesson', actions: [tellInstructor('told_student_late'), say('late_noted', values), understood] },
] as const;
