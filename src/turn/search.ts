import type { LessonFact } from '../../flows/vocabulary';
import type { Attention } from '../conversation/attention';
import { answerOf, type Found, stretchFor } from '../conversation/diary';
import type { Speaker } from '../store/speaker';
import type { Reads } from './reads';

/** What the diary answers to a request and to a chosen slot; one query. */
export async function searchDiary(
  reads: Reads,
  speaker: Speaker,
  attention: Attention,
  lessons: LessonFact[],
  shown: string[],
  now: number,
): Promise<Found> {
  const stretch = stretchFor(speaker, attention, now);
  if ('found' in stretch) return stretch.found;
  const diaries = await reads.diaries(speaker.school.zone, stretch.from, stretch.to, stretch.exceptLessonId);
  return answerOf(speaker, attention, diaries, lessons, shown, now);
}
