import type { Understood } from '../../flows/heard';
import { momentInWords } from '../../flows/wording';
import { atRest, type Place, stateName } from '../conversation/place';
import { aboutReminded, answerToReminder } from '../conversation/reminded';
import { renderSaid } from '../conversation/render';
import { firstName } from '../domain/names';
import { lastReminded, markAttending } from '../store/reminders';
import type { Speaker } from '../store/speaker';
import { heardAs } from './hearing';
import { queue } from './tell';
import type { Turn } from './turn';

/** Longer texts are no answer to a reminder; they say themselves what they are about. */
const LONGEST = 80;

/**
 * A text that answers the reminder that was sent last, when nothing has been asked since. Coming is written down and thanked
 * once; whatever changes the lesson is understood as being about that one. Null when the text is about something else.
 */
export async function answeringReminder(
  turn: Turn,
  speaker: Speaker,
  place: Place,
  text: string,
  understood: Understood,
): Promise<{ kind: 'attends'; reply: string } | { kind: 'about_it'; understood: Understood } | null> {
  const { tx, facts, now } = turn;
  if (!facts.student || place.role !== 'student' || text.length > LONGEST) return null;
  const lessons = await lastReminded(tx, facts.school.id, facts.student.id, now);
  const [lesson] = lessons;
  const idle = stateName(place.value) === 'idle';
  if (!lesson || (!idle && lesson.remindedAt <= place.memory.askedAt)) return null;
  const plain = idle ? understood : heardAs(text, speaker, atRest(place.role), now);
  const answer = place.memory.askedAt <= lesson.remindedAt ? answerToReminder(text, plain) : null;
  if (answer === 'coming') {
    if (lesson.attending && !idle) return null;
    return { kind: 'attends', reply: lesson.attending ? '' : await attends(turn, lessons) };
  }
  if (lessons.length > 1 && answer === null) return null;
  return {
    kind: 'about_it',
    understood: aboutReminded(answer ? plain : understood, answer, lesson.startsAt, facts.school.zone),
  };
}

async function attends(turn: Turn, lessons: { id: string; startsAt: number }[]): Promise<string> {
  const { tx, facts, conversation, now } = turn;
  await markAttending(
    tx,
    facts.school.id,
    lessons.map((one) => one.id),
    now,
  );
  const values = { name: firstName(facts.student!.name), slot: momentInWords(lessons[0]!.startsAt, facts) };
  const body = renderSaid({ key: 'see_you', values });
  await queue(turn, { conversationId: conversation.id, phone: conversation.phone, body, messageType: 'reply' });
  return body;
}
