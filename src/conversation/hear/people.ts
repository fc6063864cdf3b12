import { type Heard, ME } from '../../../flows/heard';
import { RELATIONS } from '../../../flows/people';
import { firstName } from '../../domain/names';
import { isKnown } from '../understand/text/spell';

/** Whom a text is about, and its words without them. */
export type Named = { said: string[]; rest: string };

type People = { holder: string | null; learners: string[] };

const RELATION = `(?:${[...RELATIONS].join('|')})`;
const NAME = "(\\p{L}[\\p{L}'\u2019-]+)";
/** "for my brother leo", "book my daughter Ella's", "its for my son". */
const BY_RELATION = new RegExp(
  `(?:\\b(?:it'?s|its|this is|that'?s|thats)\\s+)?(?:\\bfor\\s+)?\\b(?:my|our)\\s+(${RELATION})(?:['\u2019]?s)?(?:,?\\s+(?:(?:is )?called|named|(?:(?:his|her|their) )?names?(?: is|'s)?))?(?:[,:]?\\s+${NAME})?`,
  'iu',
);
/** What makes of "my brother" the one who learns: "can my brother", "my brother needs"; not "if my brother pays". */
const LEADS =
  /\b(?:book|get|is|for|can|could|does|have|put|drop|cancel|move|when'?s|whens|change|and|about|actually|no|yes|hi|hey|hello)\W+(?:in\W+)?$/iu;
const WANTS = /^\W*(?:my|our)(?:\s+[\p{L}'’]+){1,3}\s+(?:wants?|needs?|would|could|can|has|wanna)\b/iu;

/** Words that may follow a relation and are no name. */
const NO_NAME = new Set(
  'a an the on at in to for and or is has have had wants want needs need would could can cant will wont please pls next this that it its lesson lessons one sat sun mon tue tues wed thu thur thurs fri saturday sunday monday tuesday wednesday thursday friday today tomorrow tmrw arvo morning afternoon evening tonight every each weekly with w who too also instead from by again then gets get got was be do does did any anytime asap some so but if as'.split(
    ' ',
  ),
);
/** Names that are also words of dates and of ours: only after "for", or with 's, are they people. */
const ALSO_WORDS = new Set(
  'may june april august summer sunday will mark grace hope faith joy rose dawn sky art'.split(' '),
);

/** The people of a phone, and new ones named by how they are related, in a text; null when it names nobody. `asked`: it was asked who. */
export function peopleIn(text: string, people: People, asked: boolean): Named | null {
  return byRelation(text) ?? byName(text, people, asked);
}

const OWNED = /\b(\p{L}{2,}?)['\u2019]?s\s+(?:lesson|booking)\b/giu;

/** "drop avas lesson" from a phone on which no Ava learns: somebody's, and none of theirs. */
export function strangerIn(text: string, people: People, instructors: readonly string[]): Named | null {
  const here = [...knownOf(people), ...instructors.map((name) => name.toLowerCase())];
  for (const found of text.matchAll(OWNED)) {
    const name = found[1]!.toLowerCase();
    if ([name, `${name}s`].some((word) => here.includes(word) || isKnown(word))) continue;
    return { said: [name], rest: without(text, found.index, found[0].split(/\s/)[0]!, true) };
  }
  return null;
}

/** Words that say no more than that somebody is meant. */
export const saysNothing = (rest: string) =>
  /^(?:\W|\b(?:it'?s|its|for|is|this|that|lesson|the|one|please|pls|and|a|book|my|not|me|actually|sorry|no)\b)*$/iu.test(
    rest,
  );

function byRelation(text: string): Named | null {
  const found = BY_RELATION.exec(text);
  if (!found || !isWhoLearns(text, found)) return null;
  const [whole, relation = '', after = ''] = found;
  const bare = after.replace(/['\u2019]s$/u, '');
  // Will, with a capital, is a son; "my son will" is not.
  const isName = bare === 'Will' || (bare !== '' && !NO_NAME.has(bare.toLowerCase()));
  const kept = isName || after === '' ? whole : whole.slice(0, whole.length - after.length);
  // "my son, Will Parker": a second name is one only with a capital.
  const second = isName ? (/^ \p{Lu}[\p{L}'\u2019-]+/u.exec(text.slice(found.index + whole.length))?.[0] ?? '') : '';
  const said = isName ? bare + (NO_NAME.has(second.trim().toLowerCase()) ? '' : second) : relation.toLowerCase();
  return {
    said: [said],
    rest: without(text, found.index, said.endsWith(second) ? kept + second : kept),
  };
}

function isWhoLearns(text: string, found: RegExpExecArray): boolean {
  if (/^(?:for|it|this|that)|\b(?:called|named?)\b/i.test(found[0])) return true;
  const before = text.slice(0, found.index);
  if (/^\W*$/.test(before)) return WANTS.test(text);
  return LEADS.test(before);
}

function byName(text: string, people: People, asked: boolean): Named | null {
  const known = knownOf(people);
  const me = /\bfor (?:me|myself)\b|\b(?:it'?s|its) (?:me|mine)\b|^\W*(?:me|myself|mine)\W*$/iu.exec(text);
  const pair = pairIn(text, known);
  if (pair) return pair;
  for (const name of known) {
    const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const whose = new RegExp(
      `(?<!\\bwith )(?<!\\bw )(?<!\\bw/)(\\bfor )?\\b${escaped}(['\u2019]?s)?(?![\\p{L}'\u2019])`,
      'iu',
    ).exec(text);
    const isHolder = name === firstName(people.holder ?? '').toLowerCase();
    // Their own name alone is how people sign.
    const sure = whose && (asked || whose[1] || whose[2] || !(isHolder || ALSO_WORDS.has(name)));
    const said = isHolder ? ME : name;
    if (whose && sure) return { said: [said], rest: without(text, whose.index, whose[0], Boolean(whose[2])) };
  }
  return me ? { said: [ME], rest: without(text, me.index, me[0]) } : null;
}

/** "mia and leo", one of whom is known here. */
function pairIn(text: string, known: string[]): Named | null {
  const names = new RegExp(`\\b(?:for )?${NAME} (?:and|&|\\+) ${NAME}(?![\\p{L}'\u2019])`, 'giu');
  for (const found of text.matchAll(names)) {
    const pair = [found[1]!, found[2]!].map((name) => name.toLowerCase());
    const sure = pair.some((name) => known.includes(name)) && pair.every((name) => !NO_NAME.has(name));
    const said = pair.map((name) => (name === 'me' || name === 'myself' ? ME : name));
    if (sure || (said.includes(ME) && pair.every((name) => !NO_NAME.has(name)) && /\bfor /i.test(found[0])))
      return { said, rest: without(text, found.index, found[0]) };
  }
  return null;
}

const knownOf = ({ holder, learners }: People) =>
  [...learners, ...(holder ? [holder] : [])].map((name) => firstName(name).toLowerCase());

/** "drop leos lesson" is read as "drop my lesson". */
const without = (text: string, from: number, words: string, owned = /['\u2019]s$/u.test(words)) =>
  `${text.slice(0, from)}${owned ? 'my' : ''}${text.slice(from + words.length)}`.replace(/\s+/g, ' ').trim();

/** What was heard, said of those people. */
export function aboutPeople(heard: Heard, { said }: Named): Heard {
  const [first] = said;
  if (heard.intent === 'cancel' || heard.intent === 'reschedule')
    return said.length === 1 ? { ...heard, lessonRef: { ...heard.lessonRef, student: first! } } : heard;
  if (!['book', 'availability', 'choose_option', 'list_lessons', 'waitlist'].includes(heard.intent)) return heard;
  const { learner: _, learners: __, ...rest } = heard;
  return said.length > 1 ? { ...rest, learners: said } : { ...rest, learner: first! };
}
