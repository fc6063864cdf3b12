import { momentLabel } from '../src/domain/labels';
import { initialName } from '../src/domain/names';
import type { Instant } from '../src/domain/time';
import type { Facts, LessonFact } from './facts';

/** A change that was not told at once: the start as the instructor last knew it (null: they did not), and the lesson as it is now. */
export type Gathered = { instructorId: string; before: Instant | null; lesson: LessonFact };

/** What is new to an instructor at the end of the day, a line each; what came and went meanwhile is none. */
export function gatheredInWords(all: readonly Gathered[], facts: Facts): string {
  const { zone } = facts.school;
  const lines = all.flatMap(({ instructorId, before, lesson }) => {
    const stands = ['pending', 'confirmed', 'in_progress', 'completed'].includes(lesson.status);
    const after = stands && lesson.instructorId === instructorId ? lesson.startsAt : null;
    if (before === after) return [];
    const name = initialName(lesson.student);
    const where = lesson.pickup ?? lesson.suburb;
    const at = (instant: Instant) => momentLabel(instant, zone);
    if (before === null)
      return [{ at: after!, words: `{day.new:slot=${at(after!)};name=${name}}${where ? `, ${where}` : ''}` }];
    if (after === null) return [{ at: before, words: `{day.dropped:slot=${at(before)};name=${name}}` }];
    return [{ at: after, words: `{day.moved:from=${at(before)};slot=${at(after)};name=${name}}` }];
  });
  return lines
    .sort((a, b) => a.at - b.at)
    .map((line) => line.words)
    .join('\n');
}
