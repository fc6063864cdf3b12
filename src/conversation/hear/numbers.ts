/** "constructor" is no number, so nothing is inherited. */
const numbered = (words: string): Record<string, number> =>
  Object.assign(Object.create(null), Object.fromEntries(words.split(' ').map((word, at) => [word, at + 1])));
const WORDS = numbered('one two three four five six seven eight nine ten eleven twelve');
const ORDINALS = numbered('first second third fourth fifth sixth');

/** Words beside numbers that add nothing to which are meant. */
const FILLERS = new Set(
  'yes yep yeah ok okay just only please pls plz thanks thx the book do want drop cancel delete remove number numbers no nos nr lesson lessons ones those these of them option options to i ill take and & + for'.split(
    ' ',
  ),
);

/**
 * Which of what was numbered 1 to `count` a text names, when it names several or all ("both", "all of them", "1 and 3", "the
 * first two", "all but 2", "1-3") and says nothing else; null otherwise.
 */
export function numbersIn(text: string, count: number): number[] | null {
  const all = Array.from({ length: count }, (_, at) => at + 1);
  const words = text
    .toLowerCase()
    .replace(/(\d)\s*(?:-|to)\s*(\d)/g, (_, from: string, to: string) => rangeOf(Number(from), Number(to)))
    .replace(/[^\p{L}\p{N}&+]+/gu, ' ')
    .trim()
    .split(' ');
  const but = words.findIndex((word) => ['but', 'except', 'without'].includes(word));
  const [wanted, unwanted] = but < 0 ? [words, []] : [words.slice(0, but), words.slice(but + 1)];
  const named = groupIn(wanted, count) ?? listIn(wanted);
  if (!named || named.length === 0) return null;
  const left = listIn(unwanted);
  if (unwanted.length > 0 && (!left || left.length === 0)) return null;
  const chosen = named.filter((n) => !left?.includes(n));
  return chosen.length > 0 && chosen.every((n) => all.includes(n)) ? chosen : null;
}

/** "5", "five weeks", "about 6 times": how many, and nothing else; null otherwise. */
export function countIn(text: string): number | null {
  const plain = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const found =
    /^(?:for |about |maybe |say |the |next |just |like )*(\d{1,2}|[a-z]+)(?: (?:weeks?|wks?|lessons?|times|of them|please|pls|thanks))*$/.exec(
      plain,
    );
  const said = found?.[1] ?? '';
  const count = /^\d+$/.test(said) ? Number(said) : WORDS[said];
  return count !== undefined && count > 0 ? count : null;
}

/** "both", "all", "everything", "the first two", "the last 3". */
function groupIn(words: string[], count: number): number[] | null {
  const all = Array.from({ length: count }, (_, at) => at + 1);
  const rest = words.filter((word) => !FILLERS.has(word));
  if (rest.length === 1 && rest[0] === 'both') return count === 2 ? all : null;
  if (rest.length === 1 && ['all', 'everything', 'every', 'possible'].includes(rest[0]!)) return all;
  if (rest.length === 2 && (rest[0] === 'first' || rest[0] === 'last')) {
    const many = Number(rest[1]) || WORDS[rest[1]!];
    if (many && many <= count) return rest[0] === 'first' ? all.slice(0, many) : all.slice(-many);
  }
  return null;
}

function listIn(words: string[]): number[] | null {
  const numbers: number[] = [];
  for (const word of words) {
    if (FILLERS.has(word) || word === '') continue;
    const n = /^\d{1,2}$/.test(word)
      ? Number(word)
      : (WORDS[word] ?? ORDINALS[word.replace(/^(\d)(st|nd|rd|th)$/, '$1')]);
    if (n === undefined) return null;
    if (!numbers.includes(n)) numbers.push(n);
  }
  return numbers;
}

const rangeOf = (from: number, to: number) =>
  from < to ? Array.from({ length: to - from + 1 }, (_, at) => from + at).join(' ') : `${from} ${to}`;
