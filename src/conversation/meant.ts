import { type Heard, type LessonRef, ME } from '../../flows/heard';
import { mergeRequest, saysWhen } from '../../flows/request';
import { canBeChanged, type LessonFact } from '../../flows/vocabulary';
import { addDays, type Instant, localDateOf, localTimeOf, MINUTE, weekdayOf } from '../domain/time';

/** The lessons that can still be changed and that the words fit; all of them when nothing was said of which. */
export function lessonsMeant(lessons: LessonFact[], refs: LessonRef[], zone: string, now: Instant): LessonFact[] {
  const open = lessons.filter((one) => canBeChanged(one, now));
  if (refs.length === 0) return open;
  if (refs.some((ref) => ref.which === 'next')) return open.slice(0, 1);
  const fitting = open.filter((one) => refs.some((ref) => fits(one, ref, zone)));
  // "my friday lesson" is theirs on a Friday, be it next week's.
  const meant = fitting.length > 0 ? fitting : open.filter((one) => refs.some((ref) => fitsWeekday(one, ref, zone)));
  return byOrder(meant, refs);
}

/** "the second lesson", "the last one"; all that there are when there is none such. */
function byOrder(lessons: LessonFact[], [ref]: LessonRef[]): LessonFact[] {
  const inOrder = [...lessons].sort((a, b) => a.startsAt - b.startsAt);
  const nth = ref?.nth ?? 0;
  const one = nth === 0 ? undefined : inOrder.at(nth < 0 ? nth : nth - 1);
  return one ? [one] : lessons;
}

/** Of lessons that are gone, the one that the words point at; null when they point at none in particular. */
export function goneMeant(gone: LessonFact[], refs: LessonRef[], zone: string): LessonFact | null {
  return (
    gone.find((one) =>
      refs.some((ref) => Object.keys(ref).length > 0 && !ref.which && !ref.nth && fits(one, ref, zone)),
    ) ?? null
  );
}

/** "the 2pm one", "saturday", "the one with priya", when it was asked which: those of the choices that the words fit. */
export function pickedByWords(
  lessons: LessonFact[],
  choices: { id: string }[],
  readings: Heard[],
  zone: string,
  now: Instant,
): LessonFact[] {
  const refs: LessonRef[] = readings.flatMap((one) => {
    const { learner: student } = one;
    const says = saysTime(one) || saysDay(one) || one.instructor !== undefined || student !== undefined;
    return says ? [{ ...one, ...(student !== undefined && { student }) }] : [];
  });
  const offered = lessons.filter((one) => choices.some(({ id }) => id === one.id));
  return refs.length > 0 ? lessonsMeant(offered, refs, zone, now) : [];
}

function fitsWeekday(lesson: LessonFact, { date, ...rest }: LessonRef, zone: string): boolean {
  if (date === undefined) return false;
  return weekdayOf(localDateOf(lesson.startsAt, zone)) === weekdayOf(date) && fits(lesson, rest, zone);
}

function fits(lesson: LessonFact, ref: LessonRef, zone: string): boolean {
  const date = localDateOf(lesson.startsAt, zone);
  const time = localTimeOf(lesson.startsAt, zone);
  if (ref.date !== undefined && ref.date !== date) return false;
  if (ref.dates !== undefined && !ref.dates.includes(date)) return false;
  if (ref.time !== undefined && ref.time !== time) return false;
  if (ref.weekdays !== undefined && !ref.weekdays.includes(weekdayOf(date))) return false;
  if (ref.student !== undefined && !isOf(lesson, ref.student)) return false;
  if (ref.window !== undefined && !(time >= ref.window.from && time < ref.window.to)) return false;
  return ref.instructor === undefined || firstWord(lesson.instructor) === ref.instructor.toLowerCase();
}

/** "leos lesson", "my own lesson". */
function isOf(lesson: LessonFact, said: string): boolean {
  if (said === ME) return lesson.learner === null;
  const name = lesson.student.toLowerCase();
  return name === said.toLowerCase() || firstWord(name) === said.toLowerCase();
}

/**
 * What is looked for when a lesson moves: what was said, and the lesson's own day, time and instructor for what was not.
 * "to thursday" is Thursday at the same time, "to 5pm" the same day. Null when nothing new was said.
 */
export function moveRequest(lesson: LessonFact, before: Heard | null, heard: Heard, zone: string): Heard | null {
  const date = localDateOf(lesson.startsAt, zone);
  const time = localTimeOf(lesson.startsAt, zone);
  const shifted = shiftedFrom(lesson, heard, zone);
  const said = shifted ?? heard;
  const request = mergeRequest(before, { ...said, shiftMinutes: undefined, shiftDays: undefined } as unknown as Heard);
  const newInstructor = request.instructor !== undefined && request.instructor !== firstWord(lesson.instructor);
  if (!saysWhen(request) && !newInstructor) return null;
  if (!saysDay(request)) request.date = date;
  if (request.date !== undefined && !saysTime(request)) request.time = time;
  request.instructor ??= firstWord(lesson.instructor);
  return request;
}

function shiftedFrom(lesson: LessonFact, heard: Heard, zone: string): Heard | null {
  if (heard.shiftMinutes === undefined && heard.shiftDays === undefined) return null;
  const at = lesson.startsAt + (heard.shiftMinutes ?? 0) * MINUTE;
  return {
    ...heard,
    date: addDays(localDateOf(at, zone), heard.shiftDays ?? 0),
    time: heard.time ?? localTimeOf(at, zone),
  };
}

const saysDay = (request: Heard) =>
  [request.date, request.dates, request.range, request.weekdays, request.alternatives, request.asap].some(
    (one) => one !== undefined,
  );

const saysTime = (request: Heard) =>
  [request.time, request.times, request.window, request.alternatives].some((one) => one !== undefined);

const firstWord = (name: string) => (name.split(' ')[0] ?? '').toLowerCase();
