import { randomUUID } from 'node:crypto';
import type { Role, Understood } from '../../flows/heard';
import type { Facts } from '../../flows/vocabulary';
import type { Place } from '../conversation/place';
import { makeReference } from '../domain/references';
import { lessonById } from '../store/lessons';
import type { Speaker } from '../store/speaker';
import type { Tx } from '../store/sql';
import type { World } from '../world';
import { instructorFacts } from './instructor-facts';
import { studentFacts } from './student-facts';

/** Everything known before anything is asked of the diary. */
export function plainFacts(world: World, speaker: Speaker, role: Role, words = ''): Facts {
  return {
    school: speaker.school,
    role,
    words,
    student: speaker.student,
    instructor: speaker.instructor,
    instructors: speaker.instructors,
    lessonTypes: speaker.lessonTypes,
    lessons: [],
    meant: [],
    cost: null,
    creditCents: 0,
    lesson: null,
    request: null,
    lessonType: null,
    search: null,
    slot: null,
    slotRefusal: null,
    code: null,
    startable: null,
    codeAllowed: false,
    fresh: { lessonId: randomUUID(), reference: makeReference(world.random(16)) },
    schedule: null,
    named: null,
  };
}

/** The facts on which a text is decided. What it may take in a diary is locked first, so that the guards tell the truth. */
export async function factsForText(
  world: World,
  tx: Tx,
  speaker: Speaker,
  place: Place,
  understood: Understood,
  words: string,
  now: number,
): Promise<Facts> {
  const facts = plainFacts(world, speaker, place.role, words);
  const heard = understood.readings[0];
  if (place.role === 'student') return studentFacts(world, tx, speaker, facts, place, understood, now);
  const mine = place.role === 'instructor' ? (speaker.instructor?.id ?? null) : null;
  return instructorFacts(tx, speaker, facts, mine, heard, now);
}

/** The facts on which a happening is decided; its lesson is locked. */
export async function factsForEvent(world: World, tx: Tx, speaker: Speaker, lessonId: string | null): Promise<Facts> {
  const facts = plainFacts(world, speaker, 'student');
  const lesson = lessonId ? await lessonById(tx, speaker.school.id, lessonId, true) : null;
  return { ...facts, lesson };
}
