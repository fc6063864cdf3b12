import { localDateOf, localTimeOf, weekdayOf } from '../src/domain/time';
import type { LessonFact } from './facts';
import type { Heard } from './heard';
import { lessonsOf } from './people';

/** Those of the lessons that a question is about, by the day, time or instructor that was said; all when nothing was. */
export function lessonsAsked(lessons: readonly LessonFact[], heard: Heard, zone: string): LessonFact[] {
  const theirs = lessonsOf(heard.learner, [...lessons]);
  if (heard.lessonRef?.which === 'next') return theirs.slice(0, 1);
  return theirs.filter((lesson) => {
    const date = localDateOf(lesson.startsAt, zone);
    const time = localTimeOf(lesson.startsAt, zone);
    if (heard.date !== undefined && heard.date !== date) return false;
    if (heard.dates !== undefined && !heard.dates.includes(date)) return false;
    if (heard.range !== undefined && (date < heard.range.from || date > heard.range.to)) return false;
    if (heard.weekdays !== undefined && !heard.weekdays.includes(weekdayOf(date))) return false;
    if (heard.time !== undefined && heard.time !== time) return false;
    if (heard.window !== undefined && (time < heard.window.from || time >= heard.window.to)) return false;
    if (heard.unknownInstructor !== undefined) return false;
    return heard.instructor === undefined || firstWord(lesson.instructor) === heard.instructor.toLowerCase();
  });
}

const firstWord = (name: string) => (name.split(' ')[0] ?? '').toLowerCase();
