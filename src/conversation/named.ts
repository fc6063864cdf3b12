import type { Heard } from '../../flows/heard';
import type { LessonType, Person } from '../../flows/vocabulary';

/** By name, else by length, else the first; null when no lesson has that length. */
export function lessonTypeOf(request: Heard | null, types: LessonType[]): LessonType | null {
  const named = request?.lessonType?.toLowerCase();
  const byName = named ? types.find((type) => type.name.toLowerCase().includes(named)) : undefined;
  if (byName) return byName;
  if (request?.durationMinutes === undefined) return types[0] ?? null;
  return types.find((type) => type.durationMinutes === request.durationMinutes) ?? null;
}

export function instructorsOf(request: Heard | null, instructors: Person[]) {
  const idOf = (name: string | undefined) =>
    name ? instructors.find((one) => one.name.split(' ')[0]?.toLowerCase() === name.toLowerCase())?.id : undefined;
  const wanted = idOf(request?.instructor);
  const unwanted = idOf(request?.excludeInstructor);
  return { ...(wanted && { instructorId: wanted }), ...(unwanted && { excludeInstructorId: unwanted }) };
}
