import { cleanName, firstName } from '../src/domain/names';
import type { Facts, LessonFact, SlotLearner } from './facts';
import { type Heard, ME } from './heard';

/** Words by which people speak of one another; a learner is known by a name, so these alone ask for it. */
export const RELATIONS = new Set(
  'son daughter brother sister kid child boy girl wife husband partner girlfriend boyfriend mum mom mother dad father niece nephew grandson granddaughter cousin friend mate stepson stepdaughter'.split(
    ' ',
  ),
);

/** For whom a lesson is: the holder of the phone, a learner (`id` null: not yet written down), or to be asked. */
export type ForWhom =
  | { kind: 'holder' }
  | { kind: 'learner'; learner: SlotLearner }
  | { kind: 'which' }
  | { kind: 'name' };

type People = Pick<Facts, 'student' | 'learners' | 'holderLearns'>;

/** Whom one name, relation or silence means among the people of this phone. */
export function whoIs(said: string | undefined, { student, learners, holderLearns }: People): ForWhom {
  if (said === undefined) {
    if (learners.length === 0) return { kind: 'holder' };
    const [only, ...others] = learners;
    // A parent who never learns here, with one child who does.
    return !holderLearns && only && others.length === 0 ? { kind: 'learner', learner: only } : { kind: 'which' };
  }
  if (said === ME) return { kind: 'holder' };
  const known = learners.find((one) => isNamed(one.name, said));
  if (known) return { kind: 'learner', learner: known };
  if (student && isNamed(student.name, said)) return { kind: 'holder' };
  if (RELATIONS.has(said.toLowerCase())) return { kind: 'name' };
  const name = cleanName(said);
  return name ? { kind: 'learner', learner: { id: null, name } } : { kind: 'name' };
}

/** For whom each of the lessons of a request is; one entry when they are all for the same person. */
export function forWhom(request: Heard | null, people: People): ForWhom[] {
  return (request?.learners ?? [request?.learner]).map((said) => whoIs(said, people));
}

/** The names of those for whom a request is, other than the phone's holder; they are written down with the holder's name. */
export function othersNamed(request: Heard | null, holder: string): string[] {
  const said = request?.learners ?? (request?.learner ? [request.learner] : []);
  return said.flatMap((one) => {
    const who = whoIs(one, { student: { id: '', name: holder, phone: '' }, learners: [], holderLearns: true });
    return who.kind === 'learner' ? [who.learner.name] : [];
  });
}

/** The people who may be meant, as what would be said of each; numbered when it is asked, the holder first. */
export function peopleOf({ student, learners }: Pick<Facts, 'student' | 'learners'>): Heard[] {
  const names = [...(student ? [ME] : []), ...learners.map((one) => one.name)];
  return names.map((learner) => ({ intent: 'book', learner }));
}

export const nameOf = (said: string, { student }: Pick<Facts, 'student'>) =>
  said === ME ? (student?.name ?? '') : said;

/** "leos lessons": theirs, when there are any; else all of this phone. */
export function lessonsOf(said: string | undefined, lessons: LessonFact[]): LessonFact[] {
  const theirs = lessons.filter((one) => (said === ME ? one.learner === null : isNamed(one.student, said ?? '')));
  return said !== undefined && theirs.length > 0 ? theirs : lessons;
}

/** The key by which a person's lessons are told from another's on one phone. */
export const personOf = (learner: { id: string | null; name: string } | null | undefined): string =>
  learner ? (learner.id ?? learner.name) : ME;

function isNamed(name: string, said: string): boolean {
  const [full, wanted] = [name.toLowerCase(), said.toLowerCase()];
  return full === wanted || firstName(full) === wanted;
}
